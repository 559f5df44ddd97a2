using Npgsql;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Scheduling;
using OrderService.Engine.Accounts;
using OrderService.Engine.Orders;
using OrderService.Engine.Orders.Curves;
using OrderService.Stacks.Addresses;
using OrderService.Tests.Engine;
using OrderService.Tests.Ground;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Reliability;

/// <summary>
/// An order that is planned slice by slice, and a kill -9 before and after each step of an execution while it runs: it goes on by itself,
/// no slice is swapped twice, and no unit is lost.
/// </summary>
[Collection(Processes.Name)]
[Trait(TestScale.Trait, "tread")]
public sealed class CurveCrashTests
{
    private const int Slices = 20;
    private const int Seconds = 120;
    private const int SideBySide = 4;
    private static readonly TokenAmount Whole = new(12_000_005);

    private static readonly (string, string)[] Settings = [("Accounts__MasterKey", new string('5', 64))];

    private static KillPoint[] Shuffled(Random random, IEnumerable<KillPoint> all)
    {
        var points = all.ToArray();
        random.Shuffle(points);
        return points;
    }

    // Each edge of each step.
    private static KillPoint[] Edges(Random random) =>
        Shuffled(random,
            KillPoint.Steps.SelectMany(step => KillPoint.Edges, (step, edge) => new KillPoint(step, edge, 1 + random.Next(2))));

    /// <summary>Each step once, at one of its edges.</summary>
    internal static KillPoint[] Steps(Random random) =>
        Shuffled(random, KillPoint.Steps.Select(step => new KillPoint(step, KillPoint.Edges[random.Next(2)], 1 + random.Next(2))));

    // One slice after the other: no clock is part of it, so this is the same on a busy machine.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Twenty_slices_in_turn_survive_a_kill_at_each_step(bool isCalled)
    {
        var asked = Asked(86_400) with { Pace = CurvePace.Uneven };
        var random = new Random(20_261_128);
        var points = isCalled && !TestScale.Full ? Steps(random) : Edges(random); // the other edges are those of the swaps by intents
        var (swaps, kills) = await RunAsync(asked, points, isCalled);
        (swaps, kills).ShouldBe((Slices, points.Length));
        Tally.Add("curve", $"20 slices in turn{(isCalled ? ", by calls" : "")}", 1, $"{kills} kills");
    }

    // Its seconds are real ones, so seeds run side by side. What a busy machine does not manage within the duration is given back, and is
    // no fault.
    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_twap_of_twenty_slices_survives_a_kill_at_each_step(int first)
    {
        if (!TestScale.Full) return; // the same without its seconds is above
        await Task.WhenAll(Enumerable.Range(first, SideBySide).Select(async seed =>
        {
            var (swaps, kills) = await RunAsync(Asked(Seconds), Steps(new Random(seed)));
            kills.ShouldBeGreaterThan(0); // on a busy machine the order may end before all of them
            Tally.Add("curve", "a TWAP of 20 slices", 1, $"seed {seed}: {kills} kills, {swaps} swaps");
        }));
    }

    public static TheoryData<int> Seeds() => [.. TestScale.Shared(Enumerable.Range(0, 20 / SideBySide).Select(i => 1 + (i * SideBySide)))];

    /// <summary>A TWAP of so many slices over the seconds, of what a test's account has.</summary>
    internal static CurveTerms Asked(int seconds) => new()
    {
        Side = TradeSide.Sell, Target = Whole, Pace = CurvePace.Curve, Duration = seconds * 1_000L, Discretion = Share.Of(60_000_000),
        Patience = Share.Of(20_000_000), SlicesMin = Slices,
    };

    private static async Task<(int Swaps, int Kills)> RunAsync(CurveTerms asked, KillPoint[] points, bool isCalled = false)
    {
        await using var database = await TestDatabase.CreateAsync();
        var order = await PlaceAsync(database.ConnectionString, asked, isCalled);
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        var kills = 0;
        foreach (var point in points)
        {
            await using var service = await ServiceProcess.StartAsync(database.ConnectionString, point, Settings);
            service.Arm();
            await Until.Async(async () => service.WasKilled || await EndedAsync(source) ? 1 : 0, done => done == 1, Until.Limit);
            if (service.WasKilled) kills++;
        }
        await using var last = await ServiceProcess.StartAsync(database.ConnectionString, null, Settings);
        await Until.Async(() => EndedAsync(source), ended => ended, TimeSpan.FromMinutes(6));
        await Until.Async(() => Verdict.CountAsync(source, "SELECT count(*) FROM attempts WHERE NOT is_final"), left => left == 0);
        var swaps = await Verdict.CountAsync(source, "SELECT count(*) FROM simulator.swaps");
        (await Verdict.CountAsync(source, "SELECT count(DISTINCT uuid) FROM simulator.swaps")).ShouldBe(swaps, "a slice was swapped twice");
        await JudgeAsync(source, order, asked, swaps,
            await Verdict.CountAsync(source, "SELECT coalesce(sum(amount_in), 0)::bigint FROM simulator.swaps"));
        return ((int)swaps, kills);
    }

    internal static async Task<bool> EndedAsync(NpgsqlDataSource source) =>
        await Verdict.CountAsync(source, "SELECT count(*) FROM orders WHERE ended_at IS NULL") == 0;

    private static async Task<Order> PlaceAsync(string connectionString, CurveTerms asked, bool isCalled)
    {
        await using var engine = await EngineWorld.StartAsync(connectionString, time: new ManualTime(DateTimeOffset.UtcNow));
        var account =
            (await engine.Get<CreateAccount>().HandleAsync(new NewAccount(Guid.NewGuid(), engine.Owner, "main", null), default)).Value;
        var terms = engine.Terms() with { AmountIn = asked.Target };
        if (isCalled) terms = terms with { SellToken = terms.BuyToken, BuyToken = terms.SellToken }; // STX, which no intent moves
        await engine.Get<SimulatedLedger>()
            .FundAsync(Principal.From(account.Address), terms.SellToken, new TokenAmount(50_000_000), default);
        return (await engine.Get<PlaceOrder>()
            .HandleAsync(new NewOrder(terms, new OrderFunding.FromAccount(account), new OrderPlan.Curve(asked, []), "tread", null),
                default)).Value;
    }

    /// <summary>What must be true of the order when it has ended, with so many swaps on the chain that sold so much.</summary>
    internal static async Task JudgeAsync(NpgsqlDataSource source, Order order, CurveTerms asked, long swaps, long spent)
    {
        (await Verdict.CountAsync(source, "SELECT count(*) FROM slices WHERE status = 'confirmed'")).ShouldBe(swaps);
        (await Verdict.CountAsync(source,
            $"SELECT count(*) FROM reservations WHERE initial = {asked.Target} AND spent = {spent} AND reserved = 0 AND in_flight = 0 AND returned = initial - spent")).ShouldBe(1);
        // No kill moved its end: only pauses do, and there was none.
        (await Verdict.CountAsync(source,
            $"SELECT count(*) FROM curves WHERE order_id = '{order.Id}' AND paused_for = 0 AND duration_ms = {asked.Duration} AND abs(extract(epoch FROM activated_at - '{order.Curve!.ActivatedAt:O}')) < 0.001")).ShouldBe(1);
        if (asked.Pace == CurvePace.Uneven) spent.ShouldBe((long)(ulong)asked.Target.Units);
        else await JudgeBandAsync(source, order, asked);
    }

    /// <summary>
    /// The most that may be swapped by a moment: the curve and the discretion above it, and from the last moment that is planned for all of
    /// it.
    /// </summary>
    internal static TokenAmount MostAt(CurvePlan plan, long moment) =>
        moment >= plan.LastMoment ? plan.Target : plan.TargetAt(moment) + plan.Band;

    // Whatever was late, nothing was early: with what was swapped before it no slice went above the curve by more than the discretion, and
    // none started when all was over.
    private static async Task JudgeBandAsync(NpgsqlDataSource source, Order order, CurveTerms asked)
    {
        var plan = asked.PlanOf(order.Curve!.Curve);
        var done = TokenAmount.Zero;
        foreach (var row in await Verdict.ReadAsync(source,
            "SELECT s.amount_in || ' ' || s.status || ' ' || ceil(1000 * extract(epoch FROM s.claimed_at - c.activated_at))::bigint FROM slices s JOIN curves c USING (order_id) WHERE s.was_sent ORDER BY s.number"))
        {
            if (row.Split(' ') is not [var amount, var status, var at]) throw new FormatException(row);
            var (size, moment) = (TokenAmount.Parse(amount), long.Parse(at, System.Globalization.CultureInfo.InvariantCulture));
            moment.ShouldBeLessThanOrEqualTo(asked.Duration + 1, row);
            (done + size).ShouldBeLessThanOrEqualTo(MostAt(plan, moment), row);
            if (status == "confirmed") done += size;
        }
    }
}
