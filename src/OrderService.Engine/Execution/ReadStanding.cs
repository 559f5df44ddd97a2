using System.Globalization;
using Npgsql;
using OrderService.Domain.Ports;
using OrderService.Engine.Persistence;
using OrderService.Engine.Pricing;
using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Execution;

/// <summary>How things stand, for the operator. Amounts are texts, as everywhere on the wire.</summary>
internal sealed record Standing(
    DateTimeOffset At, string Venue, PausedSends? Paused, IReadOnlyList<StandingCount> Orders, StandingDue Due,
    IReadOnlyList<StandingPayer> Payers, StandingFees? Fees, object Prices,
    IReadOnlyList<StandingWorker> Workers, IReadOnlyList<StandingFailure> Failures, IReadOnlyList<LastFault> Faults);

/// <summary>How many there are of something.</summary>
internal sealed record StandingCount(string Name, long Count);

/// <summary>
/// What is due: how long the oldest has waited, how many have a turn, how many are with an executor, how many transactions are in flight,
/// and what keeps others waiting, by reason.
/// </summary>
internal sealed record StandingDue(long OldestMs, long Queued, long Held, long InFlight, IReadOnlyList<StandingCount> Reasons);

/// <summary>An account that pays, by its ledger and by what the venue says of it. Null is not known.</summary>
internal sealed record StandingPayer(
    string Address, string? Balance, string? TransactionsLeft, long? Next, long? Signed, long InFlight, long Free, long? Doubted,
    string? RestsFor, DateTimeOffset? RestsUntil);

/// <summary>The fee budget of this hour: null where nothing is limited.</summary>
internal sealed record StandingFees(string Spent, string? Left, string? LeftWithoutKey);

/// <summary>A worker of this node.</summary>
internal sealed record StandingWorker(string Name, long MsSinceBeat, bool IsLate);

/// <summary>What went wrong with an order.</summary>
internal sealed record StandingFailure(DateTimeOffset At, string? Order, string Kind, string? Reason, string? Txid);

/// <summary>Reads how things stand. Every question is bounded: by an index over what is open, or by the newest rows alone.</summary>
internal sealed class ReadStanding(
    NpgsqlDataSource source, ISwapRouter router, PauseSends pause, PayerWatch payers, AblePayers able, FeeWatch fees, PriceBoard board,
    PriceLead lead, WorkerBeats beats, LastFaults faults, TimeProvider time)
{
    private const int TimeoutSeconds = 5;

    private const string OrdersStatement =
        """
        SELECT status, count(*) FROM orders WHERE status IN ('open', 'paused', 'cancelling') GROUP BY status
        UNION ALL
        SELECT status, count(*) FROM (SELECT status FROM all_orders ORDER BY created_at DESC, id DESC LIMIT 10000) AS newest WHERE status NOT IN ('open', 'paused', 'cancelling') GROUP BY status
        """;

    private const string DueStatement =
        """
        SELECT least((SELECT min(claimed_at) FROM slices WHERE queue_place IS NOT NULL AND lease_until IS NULL), (SELECT min(wake_at) FROM slices WHERE wake_at <= $1)),
            (SELECT count(*) FROM slices WHERE queue_place IS NOT NULL AND lease_until IS NULL), (SELECT count(*) FROM slices WHERE lease_until IS NOT NULL),
            (SELECT count(*) FROM outgoing_transactions WHERE NOT is_final AND status IN ('prepared', 'sent'))
        """;

    private const string ReasonsStatement =
        """
        SELECT reason, count(*) FROM (SELECT reason FROM slices WHERE wake_at IS NOT NULL ORDER BY wake_at, created_at LIMIT 10000) AS first WHERE reason IS NOT NULL GROUP BY reason ORDER BY count(*) DESC, reason
        """;

    private const string FailuresStatement =
        """
        SELECT e.at, coalesce(o.uuid, k.uuid), e.kind, e.detail ->> 'reason', e.detail ->> 'txid'
        FROM (SELECT * FROM order_events ORDER BY id DESC LIMIT 5000) AS e LEFT JOIN orders o ON o.id = e.order_id LEFT JOIN order_ids k ON k.id = e.order_id
        WHERE e.kind IN ('failed', 'reverted', 'rejected', 'replaced', 'amount_unexpected') ORDER BY e.id DESC LIMIT 20
        """;

    /// <summary>All of it, as of now.</summary>
    public async Task<Standing> HandleAsync(CancellationToken token)
    {
        var now = time.GetUtcNow();
        return new Standing(
            now, router.Terms.Venue, await pause.ReadAsync(token), await CountsAsync(OrdersStatement, token), await DueAsync(now, token),
            await PayersAsync(now, token), await fees.ReadAsync(token),
            PriceHealthJson.Of(board.Health(now), lead),
            [.. beats.All().Select(beat => new StandingWorker(beat.Name, Milliseconds(beat.Age), beat.IsLate))], await FailuresAsync(token),
            faults.All());
    }

    private static long Milliseconds(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMillisecond;

    private NpgsqlCommand Bounded(string statement)
    {
        var command = source.CreateCommand(statement);
        command.CommandTimeout = TimeoutSeconds;
        return command;
    }

    private async Task<List<StandingCount>> CountsAsync(string statement, CancellationToken token)
    {
        await using var command = Bounded(statement);
        await using var reader = await command.ExecuteReaderAsync(token);
        var counts = new List<StandingCount>();
        while (await reader.ReadAsync(token)) counts.Add(new StandingCount(reader.GetString(0), reader.GetInt64(1)));
        return counts;
    }

    private async Task<StandingDue> DueAsync(DateTimeOffset now, CancellationToken token)
    {
        var reasons = await CountsAsync(ReasonsStatement, token);
        await using var command = Bounded(DueStatement);
        command.Add(now.UtcDateTime);
        await using var reader = await command.ExecuteReaderAsync(token);
        await reader.ReadAsync(token);
        var waited = reader.IsDBNull(0) ? TimeSpan.Zero : now - reader.GetFieldValue<DateTimeOffset>(0);
        return new StandingDue(Math.Max(0, Milliseconds(waited)), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reasons);
    }

    private async Task<List<StandingPayer>> PayersAsync(DateTimeOffset now, CancellationToken token)
    {
        var rows = (await NonceRepair.ReadAsync(source, token)).ToDictionary(row => row.Address, StringComparer.Ordinal);
        var left = (await payers.LookAsync(token)).ToDictionary(one => one.Payer.Address, one => one.Left);
        return [.. router.Payers.Select(Of)];

        StandingPayer Of(Payer payer)
        {
            var row = rows.GetValueOrDefault(payer.Address.ToString());
            var rest = able.Rests.GetValueOrDefault(payer.Address) is { } found && found.Until > now ? found : null;
            return new StandingPayer(
                payer.Address.ToString(), payer.Balance?.ToString(),
                left.TryGetValue(payer.Address, out var more) ? more.ToString(CultureInfo.InvariantCulture) : null, row?.Next, row?.Signed,
                row?.InFlight ?? 0, row?.Free ?? 0, row?.Doubted, rest?.Reason, rest?.Until);
        }
    }

    private async Task<List<StandingFailure>> FailuresAsync(CancellationToken token)
    {
        await using var command = Bounded(FailuresStatement);
        await using var reader = await command.ExecuteReaderAsync(token);
        var failures = new List<StandingFailure>();
        while (await reader.ReadAsync(token))
        {
            failures.Add(new StandingFailure(reader.GetFieldValue<DateTimeOffset>(0), reader.TextOrNull(1), reader.GetString(2),
                reader.TextOrNull(3), reader.TextOrNull(4)));
        }
        return failures;
    }
}
