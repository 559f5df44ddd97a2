using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using OrderService.Domain.Amounts;
using OrderService.Domain.Events;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Engine.Persistence;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Engine;

/// <summary>Two nodes of the engine against a brute-force model of what is due: no missed, no early, no double trigger.</summary>
[Trait(TestScale.Trait, "property")]
public sealed class SweepModelTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    private static readonly int Ticks = TestScale.Full ? 20_000 : 1_000;

    /// <summary>What the model knows of a slice: its box, and where it believes it stands.</summary>
    private sealed class Belief
    {
        public required Order Order { get; init; }

        public required TokenId Watched { get; init; }

        public required PriceRange Range { get; init; }

        public SliceStatus Status { get; set; } = SliceStatus.Waiting;

        public bool Paused { get; set; }

        public DateTimeOffset? BackOffUntil { get; set; }

        public int Triggers { get; set; }

        public bool WasBackedOff { get; set; }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Two_nodes_claim_exactly_what_a_brute_force_model_says_is_due(int seed)
    {
        var random = new Random(seed);
        await using var one = await EngineWorld.StartAsync(database.ConnectionString, settings: [("Execution:SweepBatchMax", "7")]);
        await using var two =
            await EngineWorld.StartAsync(database.ConnectionString, time: one.Time, settings: [("Execution:SweepBatchMax", "7")]);
        await one.ScalarAsync("WITH a AS (DELETE FROM slices), b AS (DELETE FROM order_events) SELECT 0");
        var tokens = one.Get<OrderService.Engine.Pricing.TokenRegistry>().All.Where(t => t.Type != TokenType.Subnet).Take(3)
            .Select(t => t.Id).ToArray();
        var usd = tokens.ToDictionary(t => t, _ => 50);
        var beliefs = new List<Belief>();
        for (var tick = 0; tick < Ticks / 2; tick++)
        {
            one.Time.Advance(TimeSpan.FromSeconds(random.Next(0, 20)));
            foreach (var token in tokens) usd[token] = Math.Clamp(usd[token] + random.Next(-4, 5), 1, 100);
            Publish(usd, one, two);
            for (var i = random.Next(0, 3); i > 0 && beliefs.Count < 120; i--) beliefs.Add(await AddAsync(one, random, tokens));
            var cancelling = beliefs.Where(b => b.Status is SliceStatus.Waiting or SliceStatus.Executing && random.Next(60) == 0).ToArray();
            var now = one.Time.GetUtcNow();
            // Cancels run beside the sweeps: whichever row comes first, a cancelled slice stays cancelled.
            await Task.WhenAll(
                [one.SweepAsync(), two.SweepAsync(), .. cancelling.Select(c => ChangeAsync(one, c.Order, o => o.Cancel(now)))]);
            // A window whose order a cancel or the other node held is closed by the next look.
            await one.SweepAsync();
            foreach (var belief in beliefs) Expect(belief, usd, now);
            foreach (var belief in cancelling.Where(c => !c.Status.IsTerminal() || c.Status == SliceStatus.Cancelled))
                belief.Status = SliceStatus.Cancelled;
            await CompareAsync(one, beliefs, tick, cancelling);
            await DisturbAsync(one, random, beliefs, now);
            beliefs.RemoveAll(b => b.Status.IsTerminal());
        }
        beliefs.ShouldNotBeEmpty();
    }

    private static void Expect(Belief belief, Dictionary<TokenId, int> usd, DateTimeOffset now)
    {
        if (belief.Status != SliceStatus.Waiting) return;
        var terms = belief.Order.Terms;
        if (terms.ValidTo is { } end && now > end)
        {
            belief.Status = SliceStatus.Expired;
            return;
        }
        if (belief.Paused || (terms.ValidFrom is { } start && now < start) || (belief.BackOffUntil is { } until && now < until)) return;
        PriceRatio.TryCreate(PriceOf(usd[belief.Watched]), Price.One, out var ratio).ShouldBeTrue();
        if (terms.Trigger == SliceTrigger.Price && !belief.Range.Contains(ratio)) return;
        belief.Status = SliceStatus.Executing;
        if (!belief.WasBackedOff) belief.Triggers++; // told once for each change of reason
    }

    private static async Task CompareAsync(EngineWorld world, List<Belief> beliefs, int tick, Belief[] raced)
    {
        var stored = new Dictionary<Guid, (SliceStatus Status, int Triggers)>();
        await using var command = world.Get<NpgsqlDataSource>().CreateCommand(
            "SELECT order_id, status, (SELECT count(*) FROM order_events e WHERE e.order_id = s.order_id AND kind = 'triggered') FROM slices s WHERE order_id = ANY($1)");
        command.Add(beliefs.Select(b => b.Order.Id).ToArray());
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                stored[reader.GetGuid(0)] = (Words.Parse<SliceStatus>(reader.GetString(1)), (int)reader.GetInt64(2));
        }
        foreach (var belief in beliefs)
        {
            var story = string.Create(CultureInfo.InvariantCulture,
                $"tick {tick}, order {belief.Order.Id}, range {belief.Range.Min}..{belief.Range.Max}");
            // A window that closes while a cancel runs may end either way; both are ends.
            if (raced.Contains(belief) && stored[belief.Order.Id].Status == SliceStatus.Expired) belief.Status = SliceStatus.Expired;
            stored[belief.Order.Id].Status.ShouldBe(belief.Status, story);
            if (!raced.Contains(belief)) stored[belief.Order.Id].Triggers.ShouldBe(belief.Triggers, story);
        }
    }

    // Pauses, resumes and back-offs, after which no price moves for the order's sake.
    private static async Task DisturbAsync(EngineWorld world, Random random, List<Belief> beliefs, DateTimeOffset now)
    {
        foreach (var belief in beliefs.Where(b => !b.Status.IsTerminal()).ToArray())
        {
            if (belief.Status == SliceStatus.Executing && random.Next(2) == 0)
            {
                belief.BackOffUntil = now.AddSeconds(random.Next(0, 40));
                (belief.Status, belief.WasBackedOff) = (SliceStatus.Waiting, true);
                await ChangeAsync(world, belief.Order,
                    o => o.BackOff(1, new OrderFact.BackedOff("test"), belief.BackOffUntil.Value, BackOffKind.Passing, now));
            }
            else if (belief.Status == SliceStatus.Executing)
            {
                belief.Status = SliceStatus.Cancelled;
                await ChangeAsync(world, belief.Order, o => o.Cancel(now));
            }
            else if (random.Next(25) == 0 && !(belief.Order.Terms.ValidTo < now))
            {
                belief.Paused = !belief.Paused;
                belief.BackOffUntil = null; // a resumed slice waits for its box, not for an old moment
                await ChangeAsync(world, belief.Order, o => _ = belief.Paused ? o.Pause(now) : o.Resume(now));
            }
        }
    }

    private static async Task<Belief> AddAsync(EngineWorld world, Random random, TokenId[] tokens)
    {
        var watched = tokens[random.Next(tokens.Length)];
        var now = world.Time.GetUtcNow();
        var target = random.Next(1, 101);
        var trigger = random.Next(8) == 0 ? SliceTrigger.Time : SliceTrigger.Price;
        var terms = world.Terms(trigger) with
        {
            ConditionToken = trigger == SliceTrigger.Price ? watched : null,
            BaseAsset = trigger == SliceTrigger.Price ? TokenId.Usd : null,
            Direction = trigger == SliceTrigger.Price ? (TriggerDirection)random.Next(2) : null,
            TargetPrice = trigger == SliceTrigger.Price ? PriceOf(target) : null,
            ValidFrom = random.Next(3) == 0 ? now.AddSeconds(random.Next(0, 60)) : null,
            ValidTo = random.Next(3) == 0 ? now.AddSeconds(random.Next(61, 600)) : null,
        };
        var order = await world.CreateAsync(terms);
        var range = terms.Range;
        if (trigger == SliceTrigger.Price && random.Next(3) == 0)
        {
            // Two-sided, as the parts of a schedule are: both bounds on the row, waiting for the lower one.
            range = new PriceRange(PriceOf(target), PriceOf(Math.Min(100, target + random.Next(0, 15))));
            await using var command = world.Get<NpgsqlDataSource>().CreateCommand(
                """
                UPDATE slices SET price_min = $2, price_max = $3,
                    wait_side = CASE WHEN wake_at IS NULL THEN 'rise' END, wait_price = CASE WHEN wake_at IS NULL THEN $2 END
                WHERE order_id = $1
                """);
            command.Add(order.Id);
            command.Add(Sql.Number(range.Min!.Value));
            command.Add(Sql.Number(range.Max!.Value));
            await command.ExecuteNonQueryAsync();
        }
        return new Belief { Order = order, Watched = watched, Range = range };
    }

    private static async Task ChangeAsync(EngineWorld world, Order order, Action<Order> change)
    {
        await using var db = await world.Get<IDbContextFactory<OrdersDb>>().CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        change((await db.LockOrdersAsync([order.Id], default))[order.Id]);
        await db.SaveWithNewsAsync(world.Time.GetUtcNow(), default);
        await transaction.CommitAsync();
    }

    private static Price PriceOf(int usd) => new((UInt128)usd * Price.Scale);

    private static void Publish(Dictionary<TokenId, int> usd, params EngineWorld[] worlds)
    {
        foreach (var world in worlds) foreach (var (token, price) in usd) world.SetPrice(token, PriceOf(price));
    }
}
