using Microsoft.Extensions.Options;
using Npgsql;
using OrderService.Engine.Persistence;
using OrderService.Engine.Pricing;

namespace OrderService.Engine.Execution;

/// <summary>
/// Forgets of the watermarks what no trigger follows from any more: moves that a later one had replaced before the history of prices
/// begins, and watermarks whose last order ended before that. What is left replays every trigger since. Works in bounded statements, beside
/// other nodes and their sweeps.
/// </summary>
internal sealed class WatermarkThinning(SweepSource source, IOptions<PricingOptions> options)
{
    private const int RowsMax = 1_000; // that one statement looks at
    private const int StatementsMax = 1_000; // of one round; the next goes on

    // A watermark is where its last move before a moment says. $1 the move looked at last, $2 the moment, $3 rows.
    private const string MovesStatement =
        """
        WITH scan AS MATERIALIZED (SELECT id, watermark_id, at FROM watermark_moves WHERE id > $1 ORDER BY id LIMIT $3),
        gone AS (
            DELETE FROM watermark_moves m USING scan s WHERE m.id = s.id AND s.at < $2
                AND EXISTS (SELECT 1 FROM watermark_moves l WHERE l.watermark_id = s.watermark_id AND l.id > s.id AND l.at < $2) RETURNING 1)
        SELECT (SELECT max(id) FROM scan WHERE at < $2), (SELECT count(*) FROM gone)
        """;

    // Of a watermark w: none of its orders is open or ended since $2, and no other was taken in by it that is still told of.
    private const string IsOver =
        """
        w.created_at < $2
            AND NOT EXISTS (SELECT 1 FROM slices s WHERE s.watermark_id = w.id AND coalesce(s.ended_at >= $2, true))
            AND NOT EXISTS (SELECT 1 FROM watermarks o WHERE o.root = w.id AND o.id <> w.id)
            AND NOT EXISTS (SELECT 1 FROM watermark_moves m WHERE m.root = w.id AND m.watermark_id <> w.id)
        """;

    private const string LookStatement =
        $"""
        WITH scan AS MATERIALIZED (SELECT * FROM watermarks WHERE id > $1 ORDER BY id LIMIT $3)
        SELECT w.id, w.pair_id, {IsOver} FROM scan w ORDER BY w.id
        """;

    // Asked again under the lock of the pair: an order is armed, and a watermark moved, by who has it.
    private const string ForgetStatement =
        $"""
        WITH gone AS (DELETE FROM watermarks w WHERE w.id = ANY($1) AND {IsOver} RETURNING w.id, w.root),
        told AS (DELETE FROM watermark_moves m USING gone g WHERE m.watermark_id = g.id),
        left_by AS (SELECT root, count(*)::integer AS count FROM gone WHERE root <> id GROUP BY root),
        shrunk AS (UPDATE watermarks r SET size = r.size - l.count FROM left_by l WHERE r.id = l.root)
        SELECT count(*) FROM gone
        """;

    /// <summary>One round. Answers how many rows were removed, the moves of removed watermarks not counted.</summary>
    public async Task<long> ThinAsync(DateTimeOffset now, CancellationToken token)
    {
        var before = now - options.Value.HistoryRetention;
        return await ThinMovesAsync(before, token) + await ForgetAsync(before, token);
    }

    private async Task<long> ThinMovesAsync(DateTimeOffset before, CancellationToken token)
    {
        var (total, last) = (0L, (long?)0);
        for (var i = 0; i < StatementsMax && last is { } after; i++)
        {
            await using var connection = await source.OpenAsync(token);
            await using var command = new NpgsqlCommand(MovesStatement, connection);
            command.Add(after);
            command.Add(before.UtcDateTime);
            command.Add(RowsMax);
            await using var reader = await command.ExecuteReaderAsync(token);
            await reader.ReadAsync(token);
            total += reader.GetInt64(1);
            last = reader.IsDBNull(0) ? null : reader.GetInt64(0);
        }
        return total;
    }

    private async Task<long> ForgetAsync(DateTimeOffset before, CancellationToken token)
    {
        var (total, last) = (0L, 0L);
        for (var i = 0; i < StatementsMax; i++)
        {
            var (seen, over) = (0, new List<(long Id, int Pair)>());
            await using var connection = await source.OpenAsync(token);
            await using (var command = new NpgsqlCommand(LookStatement, connection))
            {
                command.Add(last);
                command.Add(before.UtcDateTime);
                command.Add(RowsMax);
                await using var reader = await command.ExecuteReaderAsync(token);
                for (; await reader.ReadAsync(token); seen++)
                {
                    last = reader.GetInt64(0);
                    if (reader.GetBoolean(2)) over.Add((last, reader.GetInt32(1)));
                }
            }
            foreach (var ofPair in over.GroupBy(one => one.Pair))
                total += await ForgetAsync(connection, ofPair.Key, [.. ofPair.Select(one => one.Id)], before, token);
            if (seen < RowsMax) break;
        }
        return total;
    }

    private static async Task<long> ForgetAsync(
        NpgsqlConnection connection, int pair, long[] ids, DateTimeOffset before, CancellationToken token)
    {
        await using var batch = new NpgsqlBatch(connection);
        TrailBook.Lock(batch, pair);
        var forget = new NpgsqlBatchCommand(ForgetStatement);
        forget.Add(ids);
        forget.Add(before.UtcDateTime);
        batch.BatchCommands.Add(forget);
        await using var reader = await batch.ExecuteReaderAsync(token);
        await reader.NextResultAsync(token);
        await reader.ReadAsync(token);
        return reader.GetInt64(0);
    }
}
