using System.Numerics;
using Npgsql;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;

namespace OrderService.Tests.Engine;

/// <summary>What an order that trails the price does by itself, and what the rows of the watermarks say of it.</summary>
internal sealed class TrailModel(Order order)
{
    public Order Order => order;

    /// <summary>The best price since it was armed.</summary>
    public Price? Best { get; private set; }

    /// <summary>The tick at which it fired.</summary>
    public int? FiredAt { get; private set; }

    /// <summary>Terms that trail, some one way, some the other, by either unit.</summary>
    public static OrderTerms Draw(Random random, OrderTerms terms)
    {
        terms = terms with { Direction = (TriggerDirection)random.Next(2) };
        return random.Next(2) == 0 ? terms with { TrailingBps = random.Next(1, 1_500) } : terms with
        {
            TrailingAmount = new Price((UInt128)random.Next(1, 9_000) * Price.Scale / 1_000),
        };
    }

    /// <summary>Sees the price of a tick, unless it has fired.</summary>
    public void See(Price price, int tick)
    {
        if (FiredAt is not null) return;
        Best = Best is { } best ? Trailing.Better(order.Terms, best, price) : price;
        if (Fires(Best.Value, price)) FiredAt = tick;
    }

    /// <summary>
    /// Replays the ticks from one on by nothing but the rows: where each order was armed, which watermarks were taken in by which, and at
    /// which prices. The last tick is now, the others a pause apart.
    /// </summary>
    public static async Task ReplayAsync(
        EngineWorld world, IReadOnlyList<TrailModel> models, List<Price> prices, TimeSpan pause, int from = 0)
    {
        var (roots, bests, homes) = (new Dictionary<long, long>(), new Dictionary<long, Price>(), new Dictionary<Guid, long>());
        await using (var slices = world.Get<NpgsqlDataSource>()
            .CreateCommand("SELECT order_id, watermark_id FROM slices WHERE watermark_id IS NOT NULL"))
        await using (var reader = await slices.ExecuteReaderAsync())
            while (await reader.ReadAsync()) homes[reader.GetGuid(0)] = reader.GetInt64(1);
        var moves = new List<(long Id, long Root, Price Price, DateTimeOffset At)>();
        await using (var rows = world.Get<NpgsqlDataSource>()
            .CreateCommand("SELECT watermark_id, root, price, at FROM watermark_moves ORDER BY id"))
        await using (var reader = await rows.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                moves.Add((reader.GetInt64(0), reader.GetInt64(1), new Price((UInt128)reader.GetFieldValue<BigInteger>(2)),
                    reader.GetFieldValue<DateTimeOffset>(3)));
            }
        }
        var (start, next) = (world.Time.GetUtcNow() - (prices.Count - 1) * pause, 0);
        for (var tick = from; tick < prices.Count; tick++)
        {
            for (; next < moves.Count && moves[next].At <= start + tick * pause; next++)
                (roots[moves[next].Id], bests[moves[next].Root]) = (moves[next].Root, moves[next].Price);
            foreach (var model in models.Where(m => m.FiredAt is null || m.FiredAt >= tick))
            {
                if (!homes.TryGetValue(model.Order.Id, out var home) || !roots.TryGetValue(home, out var root)
                    || model.Order.CreatedAt >= start + tick * pause)
                {
                    continue;
                }
                model.Fires(bests[root], prices[tick]).ShouldBe(model.FiredAt == tick, $"{model.Order.Id} at tick {tick}");
            }
        }
        models.ShouldAllBe(
            m => m.FiredAt == null || m.FiredAt < from || (homes.ContainsKey(m.Order.Id) && roots.ContainsKey(homes[m.Order.Id])));
    }

    private bool Fires(Price best, Price price)
    {
        PriceRatio.TryCreate(price, Price.One, out var ratio).ShouldBeTrue();
        return Trailing.FiresAt(order.Terms, best) is { } at
            && (order.Terms.Direction == TriggerDirection.Lt ? ratio.Ceiling <= at : ratio.Floor >= at);
    }
}
