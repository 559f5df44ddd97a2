using System.Collections.Concurrent;
using Npgsql;
using OrderService.Domain.Pricing;

namespace OrderService.Engine.Persistence;

/// <summary>The pairs that orders watch, each with its small number. Rows are only ever added, so what was read once stays true.</summary>
internal sealed class PairDirectory(NpgsqlDataSource source)
{
    private readonly ConcurrentDictionary<(TokenId Watched, TokenId Base), int> _ids = new();

    /// <summary>The number of a pair; made where it is new and fewer than <paramref name="pairsMax"/> are in use. Null where the limit is reached.</summary>
    public async ValueTask<int?> IdOfAsync(TokenId watched, TokenId baseAsset, int pairsMax, CancellationToken token)
    {
        if (_ids.TryGetValue((watched, baseAsset), out var known)) return known;
        await using var command = source.CreateCommand(
            """
            WITH added AS (
                INSERT INTO price_pairs (watched, base)
                SELECT $1, $2 WHERE (SELECT count(*) FROM price_pairs) < $3
                ON CONFLICT DO NOTHING RETURNING id)
            SELECT id FROM added UNION ALL SELECT id FROM price_pairs WHERE watched = $1 AND base = $2 LIMIT 1
            """);
        command.Add(watched.ToString());
        command.Add(baseAsset.ToString());
        command.Add(pairsMax);
        // Two nodes that add the same pair at once: the loser sees neither its own row nor the other's in this statement, so it asks again.
        for (var tries = 0; tries < 3; tries++)
        {
            if (await command.ExecuteScalarAsync(token) is int id) return _ids[(watched, baseAsset)] = id;
        }
        return null;
    }

    /// <summary>Asks for the pairs that are not known yet, as a sweep does every tick. Numbers are given before their rows are committed, so a lower one may appear after a higher.</summary>
    public static NpgsqlBatchCommand NewCommand(int[] known)
    {
        var command = new NpgsqlBatchCommand("SELECT id, watched, base FROM price_pairs WHERE id <> ALL($1) ORDER BY id");
        command.Add(known);
        return command;
    }

    /// <summary>Reads the answer to it.</summary>
    public static async Task<List<PricePair>> ReadAsync(NpgsqlDataReader reader, CancellationToken token)
    {
        var pairs = new List<PricePair>();
        while (await reader.ReadAsync(token)) pairs.Add(new PricePair(reader.GetInt32(0), TokenId.Parse(reader.GetString(1)), TokenId.Parse(reader.GetString(2))));
        return pairs;
    }
}

/// <summary>A watched token and what its price is measured in.</summary>
internal sealed record PricePair(int Id, TokenId Watched, TokenId Base);
