using Npgsql;
using NpgsqlTypes;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Execution;

/// <summary>Which sides of a pair's book are crossed.</summary>
internal readonly record struct Crossing(int PairId, bool Rising, bool Falling);

/// <summary>
/// What a sweep has to move, as one look at the book shows it: something whose moment has come, something past its window or lease, crossed
/// pairs; the pairs that were added since, and those that are in use no more; and what of the orders that trail the price asks for.
/// </summary>
internal sealed record BookLook(bool IsDue, bool IsOverdue, List<Crossing> Crossings, List<PricePair> NewPairs, List<int> GonePairs)
{
    /// <summary>The first moment that a slice waits for, none where none waits for one.</summary>
    public required DateTimeOffset? NextWake { get; init; }

    /// <summary>What the prices make of what trails them.</summary>
    public required List<TrailLook> Trails { get; init; }

    private const string MomentsStatement =
        """
        SELECT (SELECT min(wake_at) FROM slices),
               EXISTS (SELECT 1 FROM slices WHERE closes_at < $1)
            OR EXISTS (SELECT 1 FROM slices WHERE lease_until < $2)
        """;

    // LIMIT 1 keeps each probe a walk to the front of one index: nothing crossed costs the same at any number of orders.
    private const string ProbeStatement =
        """
        SELECT t.pair_id, r.hit IS NOT NULL, f.hit IS NOT NULL
        FROM unnest($1, $2, $3) AS t(pair_id, floor, ceiling)
        LEFT JOIN LATERAL (SELECT true AS hit FROM slices WHERE wait_side = 'rise' AND pair_id = t.pair_id AND wait_price <= t.floor LIMIT 1) r ON true
        LEFT JOIN LATERAL (SELECT true AS hit FROM slices WHERE wait_side = 'fall' AND pair_id = t.pair_id AND wait_price >= t.ceiling LIMIT 1) f ON true
        WHERE r.hit IS NOT NULL OR f.hit IS NOT NULL
        """;

    /// <summary>Looks, in one round trip: most sweeps find nothing, and cost no more than this.</summary>
    public static async Task<BookLook> ReadAsync(
        NpgsqlConnection connection, IReadOnlyList<PairTick> ticks, int[] pairsKnown, DateTimeOffset now, DateTimeOffset realNow,
        CancellationToken token)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { Moments(now, realNow), Probe(ticks), PairDirectory.NewCommand(pairsKnown), TrailBook.LookCommand(ticks) },
        };
        await using var reader = await batch.ExecuteReaderAsync(token);
        await reader.ReadAsync(token);
        var (next, isOverdue) = (reader.MomentOrNull(0), reader.GetBoolean(1));
        await reader.NextResultAsync(token);
        var crossings = new List<Crossing>();
        while (await reader.ReadAsync(token)) crossings.Add(new Crossing(reader.GetInt32(0), reader.GetBoolean(1), reader.GetBoolean(2)));
        await reader.NextResultAsync(token);
        var (added, gone) = await PairDirectory.ReadAsync(reader, token);
        await reader.NextResultAsync(token);
        return new BookLook(next <= now, isOverdue, crossings, added, gone)
        {
            NextWake = next, Trails = await TrailBook.ReadAsync(reader, token),
        };
    }

    private static NpgsqlBatchCommand Moments(DateTimeOffset now, DateTimeOffset realNow)
    {
        var command = new NpgsqlBatchCommand(MomentsStatement);
        command.Add(now.UtcDateTime);
        command.Add(realNow.UtcDateTime);
        return command;
    }

    private static NpgsqlBatchCommand Probe(IReadOnlyList<PairTick> ticks)
    {
        var command = new NpgsqlBatchCommand(ProbeStatement);
        AddTicks(command, ticks);
        return command;
    }

    /// <summary>Adds the prices of now as three columns: pair, floor, ceiling.</summary>
    public static void AddTicks(NpgsqlBatchCommand command, IReadOnlyList<PairTick> ticks)
    {
        command.AddColumn(NpgsqlDbType.Integer, ticks, t => t.PairId);
        command.AddColumn(NpgsqlDbType.Numeric, ticks, t => Sql.Number(t.Ratio.Floor));
        command.AddColumn(NpgsqlDbType.Numeric, ticks, t => Sql.Number(t.Ratio.Ceiling));
    }
}
