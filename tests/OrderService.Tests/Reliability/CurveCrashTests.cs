using Npgsql;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Scheduling;
using OrderService.Engine.Accounts;
using OrderService.Engine.Orders.Curves;
using OrderService.Stacks.Addresses;
using OrderService.Tests.Engine;
using OrderService.Tests.Ground;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Reliability;

/// <summary>An order that is planned slice by slice, and a kill -9 before and after each step of an execution while it runs: it goes on by itself, no slice is swapped twice, and no unit is lost.</summary>
[Collection(Processes.Name)]
public sealed class CurveCrashTests
{
    private const int Slices = 20;
    private static readonly TokenAmount Whole = new(12_000_005);
    private static readonly TimeSpan KillLimit = TimeSpan.FromSeconds(60);

    private static readonly (string, string)[] Settings = [("Accounts__MasterKey", new string('5', 64))];

    private static KillPoint[] Points(Random random)
    {
        var points = KillPoint.Steps.SelectMany(step => KillPoint.Edges, (step, edge) => new KillPoint(step, edge, 1 + random.Next(2))).ToArray();
        random.Shuffle(points);
        return points;
    }

    // One slice after the other: no clock is part of it, so this is the same on a busy machine.
    [Fact]
    public async Task Twenty_slices_in_turn_survive_a_kill_at_each_step()
    {
        var asked = Asked(86_400) with { Pace = CurvePace.Uneven };
        var (swaps, kills) = await RunAsync(asked, new Random(20_261_128));
        (swaps, kills).ShouldBe((Slices, KillPoint.Steps.Length * KillPoint.Edges.Length));
        Tally.Add("curve", "20 slices in turn", 1, $"{kills} kills");
    }

    // Its seconds are real ones. What a busy machine does not manage within the duration is given back, and is no fault.
    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_twap_of_twenty_slices_survives_a_kill_at_each_step(int seed)
    {
        if (!TestScale.Full) return; // the same without its seconds is above
        var (swaps, kills) = await RunAsync(Asked(300), new Random(seed));
        swaps.ShouldBeGreaterThan(0);
        Tally.Add("curve", "a TWAP of 20 slices", 1, $"seed {seed}: {kills} kills, {swaps} swaps");
    }

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 20)];

    private static CurveTerms Asked(int seconds) => new()
    {
        Side = TradeSide.Sell, Target = Whole, Pace = CurvePace.Curve, Duration = seconds * 1_000L, Discretion = Share.Of(60_000_000), Patience = Share.Of(20_000_000), SlicesMin = Slices,
    };

    private static async Task<(int Swaps, int Kills)> RunAsync(CurveTerms asked, Random random)
    {
        await using var database = await TestDatabase.CreateAsync();
        var order = await PlaceAsync(database.ConnectionString, asked);
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        var kills = 0;
        foreach (var point in Points(random))
        {
            await using var service = await ServiceProcess.StartAsync(database.ConnectionString, point, Settings);
            service.Arm();
            await Until.Async(async () => service.WasKilled || await EndedAsync(source) ? 1 : 0, done => done == 1, KillLimit);
            if (service.WasKilled) kills++;
        }
        await using var last = await ServiceProcess.StartAsync(database.ConnectionString, null, Settings);
        await Until.Async(() => EndedAsync(source), ended => ended, TimeSpan.FromMinutes(6));
        await Until.Async(() => Verdict.CountAsync(source, "SELECT count(*) FROM attempts WHERE NOT is_final"), left => left == 0);
        return (await JudgeAsync(source, order, asked), kills);
    }

    private static async Task<bool> EndedAsync(NpgsqlDataSource source) => await Verdict.CountAsync(source, "SELECT count(*) FROM orders WHERE ended_at IS NULL") == 0;

    private static async Task<Order> PlaceAsync(string connectionString, CurveTerms asked)
    {
        await using var engine = await EngineWorld.StartAsync(connectionString, time: new ManualTime(DateTimeOffset.UtcNow));
        var account = (await engine.Get<CreateAccount>().HandleAsync(new NewAccount(Guid.NewGuid(), engine.Owner, "main", null), default)).Value;
        await engine.Get<SimulatedLedger>().FundAsync(Principal.From(account.Address), engine.Sell, new TokenAmount(50_000_000), default);
        var terms = engine.Terms() with { AmountIn = asked.Target };
        return (await engine.Get<PlaceCurveOrder>().HandleAsync(new NewCurveOrder(account, terms, asked, "tread", null), default)).Value;
    }

    private static async Task<int> JudgeAsync(NpgsqlDataSource source, Order order, CurveTerms asked)
    {
        var swaps = await Verdict.CountAsync(source, "SELECT count(*) FROM simulator.swaps");
        (await Verdict.CountAsync(source, "SELECT count(DISTINCT uuid) FROM simulator.swaps")).ShouldBe(swaps, "a slice was swapped twice");
        (await Verdict.CountAsync(source, "SELECT count(*) FROM slices WHERE status = 'confirmed'")).ShouldBe(swaps);
        var spent = await Verdict.CountAsync(source, "SELECT coalesce(sum(amount_in), 0)::bigint FROM simulator.swaps");
        (await Verdict.CountAsync(source, $"SELECT count(*) FROM reservations WHERE initial = {Whole} AND spent = {spent} AND reserved = 0 AND in_flight = 0 AND returned = initial - spent")).ShouldBe(1);
        // No kill moved its end: only pauses do, and there was none.
        (await Verdict.CountAsync(source, $"SELECT count(*) FROM curves WHERE order_id = '{order.Id}' AND paused_for = 0 AND duration_ms = {asked.Duration} AND abs(extract(epoch FROM activated_at - '{order.Curve!.ActivatedAt:O}')) < 0.001")).ShouldBe(1);
        if (asked.Pace == CurvePace.Uneven) spent.ShouldBe((long)(ulong)Whole.Units);
        return (int)swaps;
    }
}
