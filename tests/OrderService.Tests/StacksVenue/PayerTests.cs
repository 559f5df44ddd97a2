using System.Globalization;
using System.Text.Json.Nodes;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Domain.Transactions;
using OrderService.Engine.Execution;
using OrderService.Engine.Orders;
using OrderService.Stacks.Addresses;

namespace OrderService.Tests.StacksVenue;

/// <summary>Trouble of the accounts that pay is the operator's: it uses up none of the owner's tries, and readiness names it.</summary>
[Collection(HandMinedDevnet.Name)]
public sealed class PayerTests(DevnetFixture fixture)
{
    [Theory]
    [InlineData("NotEnoughFunds")]
    [InlineData("FeeTooLow")]
    public async Task M4_Sends_refused_for_the_payers_sake_use_none_of_the_owners_tries(string reason)
    {
        await using var world = await StacksWorld.StartAsync(fixture);
        await world.Devnet.FaultsAsync(new JsonObject { ["match"] = "broadcast", ["kind"] = "reject", ["reason"] = reason, ["count"] = 4 });
        var order = await world.CreateAsync();
        await world.SendAsync();
        (await world.SliceAsync(order)).AttemptsUsed.ShouldBe(0);
        (await WarningsAsync(world)).Single().ShouldContain(reason);
        await world.BeatUntilEndedAsync(order);
        var view = await world.ReadAsync(order);
        (view.Order.Status, view.Order.Slices[0].AttemptsUsed).ShouldBe((OrderStatus.Completed, 1));
        view.Attempts.Select(a => a.Status).ShouldBe([.. Enumerable.Repeat(OutgoingStatus.Rejected, 4), OutgoingStatus.Confirmed]);
        (await world.SwapsAsync(order)).Count.ShouldBe(1);
        (await WarningsAsync(world)).ShouldBeEmpty();
    }

    [Fact]
    public async Task M4_Another_account_pays_while_the_one_that_was_refused_rests()
    {
        await using var world = await StacksWorld.StartAsync(fixture, solvers: 2);
        await world.Devnet.FaultsAsync(
            new JsonObject { ["match"] = "broadcast", ["kind"] = "reject", ["reason"] = "NotEnoughFunds", ["count"] = 1 });
        var order = await world.CreateAsync(world.Terms(SliceTrigger.Manual));
        (await world.ExecuteByCallAsync(order)).Error.ShouldBeOfType<OrderError.Unavailable>().Code.ShouldBe("solvers_busy");
        var refused = await world.AttemptAsync(order);
        world.Time.Advance(TimeSpan.FromSeconds(5));
        await world.SendAsync();
        var second = await world.AttemptAsync(order);
        second.Id.ShouldNotBe(refused.Id);
        second.Solver.ShouldNotBe(refused.Solver);
    }

    [Fact]
    public async Task M4_A_nonce_that_another_took_uses_none_of_the_owners_tries()
    {
        await using var world = await StacksWorld.StartAsync(fixture, settings: [("Orders__AttemptsMax", "1")]);
        var order = await world.CreateAsync();
        await world.SendAsync();
        await world.Devnet.SendAsync(world.Operator((ulong)(await world.AttemptAsync(order)).Nonce, 400_000).Raw.ToArray());
        await world.BeatUntilEndedAsync(order);
        var view = await world.ReadAsync(order);
        (view.Order.Status, view.Order.Slices[0].AttemptsUsed).ShouldBe((OrderStatus.Completed, 1));
        view.Attempts.Select(a => a.Status).ShouldBe([OutgoingStatus.Replaced, OutgoingStatus.Confirmed]);
    }

    [Fact]
    public async Task M5_What_is_in_flight_is_taken_off_the_payers_balance_and_readiness_names_an_empty_one()
    {
        await using var world = await StacksWorld.StartAsync(fixture, solvers: 2);
        await LeaveAsync(world, 0, 10_000);
        var orders = new List<Order>();
        for (var i = 0; i < 12; i++) orders.Add(await world.CreateAsync());
        await world.SendAsync();
        var poor = world.Router.Solvers[0].ToString();
        var attempts = await Task.WhenAll(orders.Select(world.AttemptAsync));
        // The least fee is 3,000 µSTX: the account pays for three of them and no more, and the other for the rest.
        attempts.Count(a => a.Solver.ToString() == poor).ShouldBe(3);
        attempts.ShouldAllBe(a => a.Status == OutgoingStatus.Sent);
        var warning = (await WarningsAsync(world)).Single();
        warning.ShouldStartWith(poor);
        await world.MineAsync();
        foreach (var order in orders) (await world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Completed);
        await world.KeepNoncesAsync();
        (await WarningsAsync(world)).Single().ShouldStartWith(poor);
        await world.Devnet.FaucetAsync(poor, 10_000_000);
        await world.KeepNoncesAsync();
        (await WarningsAsync(world)).ShouldBeEmpty();
    }

    // The sum is of one moment: what was mined after the balance was read is not in it, though it is in flight no more.
    [Fact]
    public async Task M5_What_was_mined_since_the_balance_was_read_is_still_taken_off()
    {
        await using var world = await StacksWorld.StartAsync(fixture);
        await LeaveAsync(world, 0, 10_000);
        var orders = new List<Order>();
        for (var i = 0; i < 3; i++) orders.Add(await world.CreateAsync());
        await world.SendAsync();
        await world.MineAsync(); // settled, and nobody has looked at the account since
        var last = await world.CreateAsync();
        await world.SendAsync();
        (await world.ReadAsync(last)).Attempts.ShouldBeEmpty();
        (await world.SliceAsync(last)).Status.ShouldBe(SliceStatus.Executing);
    }

    private static async Task<IReadOnlyList<string>> WarningsAsync(StacksWorld world) =>
        (await world.Get<PayerWatch>().Check.Check(CancellationToken.None)).Warnings;

    private static async Task LeaveAsync(StacksWorld world, int solver, ulong rest)
    {
        var address = world.Router.Solvers[solver];
        var held = ulong.Parse((string)(await world.Devnet.BalancesAsync(address.ToString()))["stx"]!, CultureInfo.InvariantCulture);
        await world.Devnet.SendAsync(world.Operator(await world.Router.NextNonceAsync(address, CancellationToken.None), 4_000, solver,
            held - 4_000 - rest).Raw.ToArray());
        await world.Devnet.MineAsync();
        await world.KeepNoncesAsync();
    }
}
