using Npgsql;
using NpgsqlTypes;
using OrderService.Engine.Events;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Webhooks;

/// <summary>An endpoint that this process holds for a while, with the secrets of its messages as the store has them.</summary>
internal sealed record LeasedEndpoint(
    Guid Id, string Owner, Uri Url, byte[] Secret, byte[]? SecretBefore, DateTimeOffset? BeforeUntil, Guid LeaseId,
    DateTimeOffset LeaseUntil, int Failures);

/// <summary>A message that is due, and how often it was tried.</summary>
internal sealed record DueDelivery(string LogId, LoggedEvent Happened, Guid? OrderId, int Attempts);

/// <summary>
/// What is on its way to whom. Events are queued for the endpoints of their owners by one statement, in the order of the log; of one order
/// nothing is due while what was before it waits. An endpoint is served by whoever holds its lease, so that its messages are sent one after
/// the other, and those of others beside them.
/// </summary>
internal sealed class WebhookQueue(NpgsqlDataSource source)
{
    private const int EndpointsMax = 100;
    private const int EventsMax = 500;

    private const string QueueStatement =
        """
        WITH due AS (
            SELECT w.id, w.owner, w.kinds, w.position FROM webhook_endpoints w
            WHERE w.status = 'active' AND EXISTS (SELECT 1 FROM event_positions p WHERE p.owner = w.owner AND p.position > w.position)
            ORDER BY w.id LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED),
        fresh AS MATERIALIZED (
            SELECT d.id, d.kinds, p.position, p.event_id FROM due d
            CROSS JOIN LATERAL (SELECT position, event_id FROM event_positions p WHERE p.owner = d.owner AND p.position > d.position ORDER BY p.position LIMIT $3) AS p),
        queued AS (
            INSERT INTO webhook_deliveries (endpoint_id, position, order_id, kind, next_at, created_at)
            SELECT f.id, f.position, e.order_id, e.kind, $1, $1 FROM fresh f JOIN order_events e ON e.id = f.event_id WHERE f.kinds IS NULL OR e.kind = ANY(f.kinds)
            ON CONFLICT (endpoint_id, position) DO NOTHING)
        UPDATE webhook_endpoints w SET position = m.upto FROM (SELECT id, max(position) AS upto FROM fresh GROUP BY id) AS m WHERE w.id = m.id
        """;

    // Those that wait longest come first. What failed last may not take the room of what works.
    private const string LeaseStatement =
        """
        WITH ready AS (
            SELECT w.id, gen_random_uuid() AS lease FROM webhook_endpoints w
            WHERE w.status = 'active' AND (w.failing_since IS NOT NULL) = $3 AND coalesce(w.lease_until <= $1, true) AND coalesce(w.rests_until <= $1, true)
                AND EXISTS (SELECT 1 FROM webhook_deliveries d WHERE d.endpoint_id = w.id AND d.status = 'pending' AND d.next_at <= $1)
            ORDER BY w.tried_at NULLS FIRST, w.id LIMIT $4 FOR NO KEY UPDATE SKIP LOCKED)
        UPDATE webhook_endpoints w SET lease_id = r.lease, lease_until = $2, tried_at = $1 FROM ready r WHERE w.id = r.id
        RETURNING w.id, w.owner, w.url, w.secret, w.secret_before, w.before_until, w.lease_id, w.failures
        """;

    private static readonly string DueStatement =
        $"""
        SELECT l.log_id, d.order_id, {EventReader.Columns}, d.attempts
        FROM webhook_deliveries d CROSS JOIN event_log l JOIN event_positions p ON p.position = d.position JOIN order_events e ON e.id = p.event_id {EndedOrders.OrderOfEvent}
        WHERE d.endpoint_id = $1 AND d.status = 'pending' AND d.next_at <= $2
            AND NOT EXISTS (
                SELECT 1 FROM webhook_deliveries b WHERE b.endpoint_id = $1 AND b.order_id = d.order_id AND b.status = 'pending' AND b.position < d.position AND b.next_at > $2)
        ORDER BY d.position LIMIT $3
        """;

    private const string RecordStatement =
        """
        WITH held AS (SELECT id FROM webhook_endpoints WHERE id = $1 AND lease_id = $2 FOR NO KEY UPDATE),
        told AS (
            UPDATE webhook_deliveries d SET status = $4, attempts = attempts + 1, next_at = $5, tried_at = $6, took_ms = $7, answer_status = $8, answer = $9, error = $10
            FROM held WHERE d.endpoint_id = held.id AND d.position = $3)
        UPDATE webhook_endpoints w SET failures = CASE WHEN $4 = 'delivered' THEN 0 ELSE w.failures + 1 END,
            failing_since = CASE WHEN $4 = 'delivered' THEN NULL ELSE coalesce(w.failing_since, $6) END, rests_until = $11
        FROM held WHERE w.id = held.id RETURNING w.failing_since
        """;

    /// <summary>
    /// Queues what happened since the last time; returns how many endpoints were reached, of which those that have more are reached by the
    /// next call.
    /// </summary>
    public async Task<int> QueueAsync(DateTimeOffset now, CancellationToken token)
    {
        await using var command = source.CreateCommand(QueueStatement);
        command.Add(now.UtcDateTime);
        command.Add(EndpointsMax);
        command.Add(EventsMax);
        return await command.ExecuteNonQueryAsync(token);
    }

    /// <summary>True where somebody wants to be told.</summary>
    public async Task<bool> IsWantedAsync(CancellationToken token)
    {
        await using var command = source.CreateCommand("SELECT EXISTS (SELECT 1 FROM webhook_endpoints WHERE status = 'active')");
        return (bool)(await command.ExecuteScalarAsync(token))!;
    }

    /// <summary>Takes endpoints that have something due, of those that fail or of those that do not.</summary>
    public async Task<List<LeasedEndpoint>> LeaseAsync(
        DateTimeOffset now, DateTimeOffset until, bool thatFail, int most, CancellationToken token)
    {
        await using var command = source.CreateCommand(LeaseStatement);
        command.Add(now.UtcDateTime);
        command.Add(until.UtcDateTime);
        command.Add(thatFail);
        command.Add(most);
        await using var reader = await command.ExecuteReaderAsync(token);
        var leased = new List<LeasedEndpoint>();
        while (await reader.ReadAsync(token))
        {
            leased.Add(new LeasedEndpoint(
                reader.GetGuid(0), reader.GetString(1), new Uri(reader.GetString(2)), reader.GetFieldValue<byte[]>(3),
                reader.IsDBNull(4) ? null : reader.GetFieldValue<byte[]>(4),
                reader.IsDBNull(5) ? null : reader.GetFieldValue<DateTimeOffset>(5), reader.GetGuid(6), until, reader.GetInt32(7)));
        }
        return leased;
    }

    /// <summary>What is due there, in the order of the log.</summary>
    public async Task<List<DueDelivery>> DueAsync(Guid endpoint, DateTimeOffset now, int most, CancellationToken token)
    {
        await using var command = source.CreateCommand(DueStatement);
        command.Add(endpoint);
        command.Add(now.UtcDateTime);
        command.Add(most);
        await using var reader = await command.ExecuteReaderAsync(token);
        var due = new List<DueDelivery>();
        while (await reader.ReadAsync(token))
        {
            due.Add(new DueDelivery(reader.GetString(0), EventReader.Read(reader), reader.IsDBNull(1) ? null : reader.GetGuid(1),
                reader.GetInt32(reader.FieldCount - 1)));
        }
        return due;
    }

    /// <summary>
    /// Writes down what became of a send, if the endpoint is still held; returns since when it fails, where it does. A null moment ends the
    /// tries.
    /// </summary>
    public async Task<DateTimeOffset?> RecordAsync(
        LeasedEndpoint endpoint, long position, WebhookOutcome outcome, DateTimeOffset? nextAt, DateTimeOffset? restsUntil,
        DateTimeOffset now, CancellationToken token)
    {
        await using var command = source.CreateCommand(RecordStatement);
        command.Add(endpoint.Id);
        command.Add(endpoint.LeaseId);
        command.Add(position);
        command.Add(outcome.IsDelivered ? "delivered" : nextAt is null ? "failed" : "pending");
        command.AddNullable(NpgsqlDbType.TimestampTz, Sql.Moment(nextAt));
        command.Add(now.UtcDateTime);
        command.Add((int)Math.Clamp(outcome.Took.TotalMilliseconds, 0, int.MaxValue));
        command.AddNullable(NpgsqlDbType.Integer, outcome.Status);
        command.Add(outcome.Answer);
        command.Add(outcome.Error);
        command.AddNullable(NpgsqlDbType.TimestampTz, Sql.Moment(restsUntil));
        return await command.ExecuteScalarAsync(token) is DateTime since ? new DateTimeOffset(since, TimeSpan.Zero) : null;
    }

    /// <summary>Gives an endpoint back.</summary>
    public async Task ReleaseAsync(LeasedEndpoint endpoint, CancellationToken token)
    {
        await using var command =
            source.CreateCommand("UPDATE webhook_endpoints SET lease_id = NULL, lease_until = NULL WHERE id = $1 AND lease_id = $2");
        command.Add(endpoint.Id);
        command.Add(endpoint.LeaseId);
        await command.ExecuteNonQueryAsync(token);
    }

    /// <summary>Forgets what ended before a moment, so many at most.</summary>
    public async Task<int> ForgetAsync(DateTimeOffset before, int rowsMax, CancellationToken token)
    {
        await using var command = source.CreateCommand("""
            DELETE FROM webhook_deliveries WHERE (endpoint_id, position) IN (
                SELECT endpoint_id, position FROM webhook_deliveries WHERE status <> 'pending' AND tried_at < $1 ORDER BY tried_at LIMIT $2 FOR UPDATE SKIP LOCKED)
            """);
        command.Add(before.UtcDateTime);
        command.Add(rowsMax);
        return await command.ExecuteNonQueryAsync(token);
    }
}
