using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Npgsql;
using OrderService.Benchmarks.Ground;
using OrderService.Domain.Events;
using OrderService.Domain.Orders;
using OrderService.Engine.Persistence;
using OrderService.Venues.Simulated;

namespace OrderService.Benchmarks.Load;

/// <summary>
/// Events of an order of each of some owners, so many a second of each, every one in a transaction of its own and named by its actor.
/// </summary>
internal sealed class EventLoad(NpgsqlDataSource source, IReadOnlyList<Guid> orders, int perSecond)
{
    private const int Writers = 10;

    /// <summary>When each was committed.</summary>
    public ConcurrentDictionary<string, long> Committed { get; } = new();

    /// <summary>How long the commits took.</summary>
    public Samples Commits { get; } = new();

    /// <summary>Gives each owner an order that waits for nothing.</summary>
    public static async Task<List<Guid>> PlaceAsync(NpgsqlDataSource source, SimulatedWorld world, IEnumerable<string> owners)
    {
        await using var command = source.CreateCommand(string.Create(CultureInfo.InvariantCulture,
            $"""
            INSERT INTO orders (id, uuid, dialect, owner, recipient, sell_token, buy_token, amount_in, router, chain_id, trigger, signature, created_at, status)
            SELECT id, id::text, 'charisma', owner, owner, '{world.TokenList.First(token => token.Type == OrderService.Domain.Pricing.TokenType.Subnet).Id}', '.stx', 1000000, '{world.Router}', {world.Network.ChainId}, 'manual',
                decode(repeat('ab', 101), 'hex'), now(), 'open' FROM (SELECT gen_random_uuid() AS id, owner FROM unnest($1) AS owner) AS rows RETURNING id
            """));
        command.Parameters.Add(new NpgsqlParameter { Value = owners.ToArray() });
        await using var reader = await command.ExecuteReaderAsync();
        var ids = new List<Guid>();
        while (await reader.ReadAsync()) ids.Add(reader.GetGuid(0));
        return ids;
    }

    /// <summary>Writes until it is told to stop.</summary>
    public Task RunAsync(CancellationToken token) =>
        Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(writer, token), CancellationToken.None)));

    private async Task WriteAsync(int writer, CancellationToken token)
    {
        var (started, pause) = (Stopwatch.GetTimestamp(), (double)Writers / (perSecond * orders.Count));
        for (var number = 0L; !token.IsCancellationRequested; number++)
        {
            var early = started + (long)(pause * number * Stopwatch.Frequency) - Stopwatch.GetTimestamp();
            if (early > 0) await Task.Delay(TimeSpan.FromSeconds((double)early / Stopwatch.Frequency), CancellationToken.None);
            var name = Guid.NewGuid().ToString();
            await using var connection = await source.OpenConnectionAsync(CancellationToken.None);
            await using var batch = new NpgsqlBatch(connection);
            batch.BatchCommands.Add(EventRows.Append([new OrderEvent(orders[(int)((number * Writers + writer) % orders.Count)], null,
                new OrderFact.Created(), DateTimeOffset.UtcNow, name)]));
            var before = Stopwatch.GetTimestamp();
            await batch.ExecuteNonQueryAsync(CancellationToken.None);
            Committed[name] = Stopwatch.GetTimestamp();
            lock (Commits) Commits.Add(Stopwatch.GetElapsedTime(before));
        }
    }
}
