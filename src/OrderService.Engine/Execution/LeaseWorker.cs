using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using OrderService.Engine.Clock;
using OrderService.Engine.Persistence;
using OrderService.Engine.Telemetry;
using OrderService.Engine.Workers;

namespace OrderService.Engine.Execution;

/// <summary>
/// Says that this node lives: what it executes keeps its lease, and what it sends is not sent beside it. The leases are short, so that the
/// work of a node that died is another's within seconds, however long a quote or a send of a living one takes. One that stood still longer
/// finds its claims gone, and commits nothing.
/// </summary>
internal sealed class LeaseWorker(WorkInHand hand, SweepSource source, IOptions<ExecutionOptions> options, WorkerContext context)
    : PeriodicWorker(WorkerNames.Leases, context)
{
    // A claim whose row is locked is being decided, and needs no lease any more.
    private const string Renew =
        """
        WITH mine AS (
            SELECT s.order_id, s.number FROM unnest($1, $2, $3) AS c (order_id, number, claim_id) JOIN slices s ON s.order_id = c.order_id AND s.number = c.number
            WHERE s.claim_id = c.claim_id AND s.status = 'executing' AND s.lease_until IS NOT NULL FOR NO KEY UPDATE OF s SKIP LOCKED)
        UPDATE slices s SET lease_until = $4 FROM mine m WHERE s.order_id = m.order_id AND s.number = m.number
        """;

    private const string Sending =
        "UPDATE outgoing_transactions SET last_sent_at = $2 WHERE id = ANY($1) AND status = 'prepared' AND sends_count = 1";

    protected override TimeSpan Pause => options.Value.Lease / 3;

    protected override bool KeepsTime => true;

    protected override async Task WorkAsync(CancellationToken token)
    {
        var (claims, sends) = (hand.Claims, hand.Sends);
        if (claims.Count == 0 && sends.Count == 0) return;
        await using var connection = await source.OpenAsync(token);
        if (claims.Count > 0) await RenewAsync(connection, [.. claims], token);
        if (sends.Count == 0) return;
        await using var command = new NpgsqlCommand(Sending, connection);
        command.Add(sends.ToArray());
        command.Add(Time.GetUtcNow().UtcDateTime);
        await command.ExecuteNonQueryAsync(token);
    }

    private async Task RenewAsync(NpgsqlConnection connection, IReadOnlyList<ClaimedSlice> claims, CancellationToken token)
    {
        await using var command = new NpgsqlCommand(Renew, connection);
        command.AddColumn(NpgsqlDbType.Uuid, claims, claim => claim.OrderId);
        command.AddColumn(NpgsqlDbType.Integer, claims, claim => claim.Number);
        command.AddColumn(NpgsqlDbType.Uuid, claims, claim => claim.ClaimId);
        command.Add((Time.RealNow() + options.Value.Lease).UtcDateTime);
        await command.ExecuteNonQueryAsync(token);
    }
}
