using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using OrderService.Engine.Persistence;
using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Auth;

/// <summary>A request of a key that was answered.</summary>
internal sealed record ApiKeyUse(Guid KeyId, DateTimeOffset At, string Method, string Path, int Status, string Action)
{
    /// <summary>The sentence of its refusal.</summary>
    public string? Error { get; init; }

    /// <summary>From its arrival to the end of its answer; null where that was not measured.</summary>
    public TimeSpan? Took { get; init; }
}

/// <summary>
/// Statistics of keys, written behind their requests in batches. They inform and decide nothing, so a crash or a full queue may lose some:
/// the oldest are dropped first.
/// </summary>
internal sealed class ApiKeyUsage(NpgsqlDataSource source, IOptions<AuthOptions> options, EngineTelemetry telemetry) : BackgroundService
{
    private const int BatchMax = 500;
    private const int PathMax = 200;
    private const int ErrorMax = 300;

    // Keys are locked in one order, and only the rows of keys in this batch are trimmed.
    private const string Write = """
        WITH batch AS (SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::int[], $6::text[], $7::text[], $8::int[]) AS u (key_id, at, method, path, status, action, error, took_ms)),
        added AS (INSERT INTO api_key_usage (key_id, at, method, path, status, error, took_ms) SELECT key_id, at, method, path, status, error, took_ms FROM batch ORDER BY at),
        totals AS (
            SELECT key_id, max(at) AS last_at, count(*) AS requests, count(*) FILTER (WHERE status >= 400) AS failures,
                count(*) FILTER (WHERE status < 400 AND action IN ('create_order', 'replace_order')) AS creations, count(*) FILTER (WHERE status < 400 AND action IN ('execute_order', 'execute_orders')) AS executions,
                count(*) FILTER (WHERE status < 400 AND action IN ('cancel_order', 'cancel_orders', 'cancel_all')) AS cancellations
            FROM batch GROUP BY key_id),
        locked AS (SELECT id FROM api_keys WHERE id IN (SELECT key_id FROM totals) ORDER BY id FOR NO KEY UPDATE)
        UPDATE api_keys k SET last_used_at = greatest(k.last_used_at, t.last_at), requests = k.requests + t.requests, failures = k.failures + t.failures,
            creations = k.creations + t.creations, executions = k.executions + t.executions, cancellations = k.cancellations + t.cancellations
        FROM totals t JOIN locked l ON l.id = t.key_id WHERE k.id = t.key_id
        """;

    private const string Trim = """
        DELETE FROM api_key_usage u USING (
            SELECT k.id, (SELECT e.id FROM api_key_usage e WHERE e.key_id = k.id ORDER BY e.id DESC OFFSET $2 LIMIT 1) AS last_out FROM unnest($1::uuid[]) AS k (id)) cut
        WHERE u.key_id = cut.id AND u.id <= cut.last_out
        """;

    private readonly Channel<ApiKeyUse> _queue = Channel.CreateBounded<ApiKeyUse>(
        new BoundedChannelOptions(options.Value.UsageQueueMax) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = false });

    /// <summary>Queues one use; never waits.</summary>
    public void Add(ApiKeyUse use) =>
        _queue.Writer.TryWrite(use with { Path = Cut(use.Path, PathMax), Error = use.Error is { } error ? Cut(error, ErrorMax) : null });

    /// <summary>Writes what is queued now, in batches.</summary>
    public async Task TickAsync(CancellationToken token)
    {
        while (true)
        {
            var batch = new List<ApiKeyUse>();
            while (batch.Count < BatchMax && _queue.Reader.TryRead(out var use)) batch.Add(use);
            if (batch.Count == 0) return;
            await WriteAsync(batch, token);
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _queue.Reader.WaitToReadAsync(stoppingToken)) await TryAsync(stoppingToken);
    }

    private async Task TryAsync(CancellationToken token)
    {
        try
        {
            await TickAsync(token);
        }
        catch (Exception failure) when (!token.IsCancellationRequested)
        {
            telemetry.WorkerFailed(WorkerNames.ApiKeyUsage, failure);
        }
    }

    private async Task WriteAsync(List<ApiKeyUse> batch, CancellationToken token)
    {
        await using var connection = await source.OpenConnectionAsync(token);
        await using (var write = new NpgsqlCommand(Write, connection))
        {
            write.AddColumn(NpgsqlDbType.Uuid, batch, u => u.KeyId);
            write.AddColumn(NpgsqlDbType.TimestampTz, batch, u => u.At.UtcDateTime);
            write.AddColumn(NpgsqlDbType.Text, batch, u => u.Method);
            write.AddColumn(NpgsqlDbType.Text, batch, u => u.Path);
            write.AddColumn(NpgsqlDbType.Integer, batch, u => u.Status);
            write.AddColumn(NpgsqlDbType.Text, batch, u => u.Action);
            write.AddColumn(NpgsqlDbType.Text, batch, u => u.Error);
            write.AddColumn(NpgsqlDbType.Integer, batch, u => Milliseconds(u.Took));
            await write.ExecuteNonQueryAsync(token);
        }
        await using var trim = new NpgsqlCommand(Trim, connection);
        trim.AddColumn(NpgsqlDbType.Uuid, batch.ConvertAll(u => u.KeyId).Distinct().ToList(), id => id);
        trim.Add(options.Value.UsageRowsMax);
        await trim.ExecuteNonQueryAsync(token);
    }

    // Not between the halves of one character, and without what the store cannot hold.
    private static string Cut(string text, int length)
    {
        var whole = text.Replace("\0", "", StringComparison.Ordinal);
        return whole.Length <= length ? whole : whole[..(char.IsHighSurrogate(whole[length - 1]) ? length - 1 : length)];
    }

    // Begun ones count as whole: no answer takes no time.
    private static int? Milliseconds(TimeSpan? took) =>
        took is { } time
            ? (int)Math.Clamp((time.Ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond, 0, int.MaxValue) : null;
}
