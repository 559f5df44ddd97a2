using Microsoft.EntityFrameworkCore;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Auth;
using OrderService.Engine.Execution;
using OrderService.Engine.Orders;
using OrderService.Engine.Persistence;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Engine;

/// <summary>Fees have hourly budgets, per owner and per installation; here each transaction costs 3,000.</summary>
public sealed class FeeBudgetTests
{
    private static readonly TimeSpan ToNextHour = TimeSpan.FromMinutes(54); // the clock begins at 05:06:07

    [Fact]
    public async Task S2_An_owner_whose_fees_of_the_hour_are_spent_waits_and_nobody_else_does()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var world = await StartAsync(database, ("Orders:FeesPerOwner", "6000"));
        var (many, other) = (await FundedAsync(world, 1), await FundedAsync(world, 2));
        for (var i = 0; i < 4; i++) await many.CreateAsync(1_000_000);
        var his = await other.CreateAsync(1_000_000);
        await world.BeatAsync();
        (await CompletedAsync(world)).ShouldBe(3);
        (await world.ReadAsync(his)).Order.Status.ShouldBe(OrderStatus.Completed);
        (await world.ScalarAsync("SELECT count(*) FROM slices WHERE status = 'waiting' AND reason = 'fee_budget' AND attempts_used = 0 AND wake_at = '2026-03-04 06:00:00Z'")).ShouldBe(2);
        var called = await many.CreateAsync(1_000_000, SliceTrigger.Manual);
        (await world.Get<ExecuteOrder>()
            .HandleAsync(called.Terms.Uuid, new Caller(many.Address, null, null),
                default)).Error.ShouldBeOfType<OrderError.Unavailable>().Code.ShouldBe("fee_budget");
        world.Time.Advance(ToNextHour);
        await world.BeatAsync();
        (await CompletedAsync(world)).ShouldBe(5);
    }

    [Fact]
    public async Task S2_What_the_installation_may_spend_holds_all_and_a_share_of_it_is_kept_for_owners_with_a_key()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var world = await StartAsync(database, ("Orders:FeesPerInstallation", "12000"), ("Orders:FeesForKeysPercent", "50"));
        (await WarningsAsync(world)).ShouldBeEmpty();
        for (var i = 1; i <= 3; i++) await (await FundedAsync(world, i)).CreateAsync(1_000_000);
        await world.BeatAsync();
        (await CompletedAsync(world)).ShouldBe(2);
        (await WarningsAsync(world)).Single().ShouldContain("without an API key");
        var holder = await FundedAsync(world, 4);
        await GiveKeyAsync(world, holder);
        for (var i = 0; i < 3; i++) await holder.CreateAsync(1_000_000);
        await world.BeatAsync();
        (await CompletedAsync(world)).ShouldBe(4);
        (await WarningsAsync(world)).Single().ShouldContain("swaps, all,");
        (await world.ScalarAsync("SELECT count(*) FROM slices WHERE status = 'waiting' AND reason = 'fee_budget'")).ShouldBe(2);
        world.Time.Advance(ToNextHour);
        (await WarningsAsync(world)).ShouldBeEmpty();
        await world.BeatAsync();
        (await CompletedAsync(world)).ShouldBe(6);
    }

    [Fact]
    public async Task S2_The_accounts_that_pay_share_the_budget_and_pass_it_by_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var world = await StartAsync(database, ("Orders:FeesPerInstallation", "12000"), ("Orders:FeesForKeysPercent", "0"),
            ("Simulator:SolversCount", "2"));
        var wallet = await FundedAsync(world, 1);
        for (var i = 0; i < 6; i++) await wallet.CreateAsync(1_000_000);
        await world.BeatAsync();
        (await CompletedAsync(world)).ShouldBe(4);
        (await world.ScalarAsync("SELECT count(*) FROM solvers WHERE fees = 6000 AND fees_keyless = 6000")).ShouldBe(2);
        (await world.ScalarAsync("SELECT count(*) FROM slices WHERE reason = 'fee_budget'")).ShouldBe(2);
    }

    [Theory]
    [InlineData("Orders:FeesPerOwner")]
    [InlineData("Orders:FeesPerInstallation")]
    public async Task S2_A_restart_does_not_forget_what_was_spent(string budget)
    {
        await using var database = await TestDatabase.CreateAsync();
        (string, string)[] settings = [(budget, "3000"), ("Orders:FeesForKeysPercent", "0")];
        await using (var before = await StartAsync(database, settings))
        {
            await (await FundedAsync(before, 1)).CreateAsync(1_000_000);
            await before.BeatAsync();
            (await CompletedAsync(before)).ShouldBe(1);
        }
        await using var after = await StartAsync(database, settings);
        var order = await new OwnWallet(after, 1).CreateAsync(1_000_000);
        await after.BeatAsync();
        var slice = (await after.ReadAsync(order)).Order.Slices[0];
        (slice.Status, slice.Reason, slice.AttemptsUsed).ShouldBe((SliceStatus.Waiting, "fee_budget", 0));
        after.Time.Advance(ToNextHour);
        await after.BeatAsync();
        (await after.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Completed);
    }

    [Fact]
    public async Task S2_Two_nodes_that_send_at_once_spend_an_owners_budget_once()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var one =
            await StartAsync(database, ("Orders:FeesPerOwner", "30000"), ("Simulator:SolversCount", "4"), ("Execution:BatchMax", "3"));
        await using var two =
            await StartAsync(database, ("Orders:FeesPerOwner", "30000"), ("Simulator:SolversCount", "4"), ("Execution:BatchMax", "3"));
        var wallet = await FundedAsync(one, 1);
        for (var i = 0; i < 40; i++) await wallet.CreateAsync(1_000_000);
        await one.SweepAsync();
        await Task.WhenAll(one.ExecuteAsync(), two.ExecuteAsync());
        (await one.ScalarAsync("SELECT count(*) FROM attempts")).ShouldBe(10);
        (await one.ScalarAsync("SELECT fees FROM owner_fees")).ShouldBe(30_000);
        (await one.ScalarAsync("SELECT count(*) FROM slices WHERE reason = 'fee_budget'")).ShouldBe(30);
    }

    private static Task<EngineWorld> StartAsync(TestDatabase database, params (string, string)[] settings) =>
        EngineWorld.StartAsync(database.ConnectionString, settings: settings);

    private static async Task<OwnWallet> FundedAsync(EngineWorld world, int number)
    {
        var wallet = new OwnWallet(world, number);
        await wallet.FundAsync(100_000_000);
        return wallet;
    }

    private static Task<long> CompletedAsync(EngineWorld world) =>
        world.ScalarAsync("SELECT count(*) FROM orders WHERE status = 'completed'");

    private static async Task<IReadOnlyList<string>> WarningsAsync(EngineWorld world) =>
        (await world.Get<PayerWatch>().Check.Check(CancellationToken.None)).Warnings;

    private static async Task GiveKeyAsync(EngineWorld world, OwnWallet wallet)
    {
        await using var db = await world.Get<IDbContextFactory<OrdersDb>>().CreateDbContextAsync();
        db.Add(ApiKey.Create(wallet.Address, "mine", new HashSet<ApiKeyPermission> { ApiKeyPermission.Create }, ApiKeySecret.New(), 100,
            new KeyLimits(), null, world.Time.GetUtcNow()));
        await db.SaveChangesAsync();
    }
}
