using OrderService.Domain.Orders;
using OrderService.Engine.Execution;
using OrderService.Tests.CommandLine;

namespace OrderService.Tests.StacksVenue;

/// <summary>
/// A node that says of an account what cannot be: it costs nothing, is told, and heals by itself or by the operator's word.
/// </summary>
[Collection(HandMinedDevnet.Name)]
public sealed class NonceLieTests(DevnetFixture fixture)
{
    [Theory]
    [InlineData(2_000)]
    [InlineData(1_000_000)]
    [InlineData(1)]
    public async Task S1_A_nonce_that_no_transaction_explains_costs_nothing_and_heals_with_the_truth(long added)
    {
        await using var node = await LyingNode.StartAsync(fixture.Devnet);
        await using var world = await StacksWorld.StartAsync(fixture, settings: [("Stacks__NodeUrl", node.Url)]);
        var (sent, solver) = (await world.CreateAsync(), world.Router.Solvers[0]);
        await world.SendAsync();
        var first = await world.AttemptAsync(sent);
        node.AddToNonces(added + 1); // one is in flight, which the truth will have passed
        for (var beat = 0; beat < 5; beat++)
        {
            world.Time.Advance(TimeSpan.FromSeconds(1));
            await world.KeepNoncesAsync();
        }
        var waiting = await world.CreateAsync();
        await world.SendAsync();
        (await world.ReadAsync(waiting)).Attempts.ShouldBeEmpty();
        (await world.ScalarAsync("SELECT count(*) FROM outgoing_transactions WHERE purpose = 'fill'")).ShouldBe(0);
        (await world.ScalarAsync("SELECT count(*) FROM free_nonces")).ShouldBe(0);
        (await world.ScalarAsync("SELECT next_nonce FROM solvers")).ShouldBe(first.Nonce + 1);
        (await WarningsAsync(world)).ShouldHaveSingleItem().ShouldContain(solver.ToString());

        node.Lie = null;
        await world.BeatUntilEndedAsync([sent, waiting]);
        (await WarningsAsync(world)).ShouldBeEmpty();
        (await world.ScalarAsync("SELECT count(*) FROM outgoing_transactions WHERE purpose = 'fill'")).ShouldBe(0);
        foreach (var order in (Order[])[sent, waiting]) (await world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Completed);
        (await world.AttemptAsync(waiting)).Nonce.ShouldBe(first.Nonce + 1);
    }

    [Fact]
    public async Task S1_What_an_operator_signed_with_the_accounts_key_is_shown_and_believed()
    {
        await using var world = await StacksWorld.StartAsync(fixture);
        for (var nonce = 0ul; nonce < 3; nonce++) await world.Devnet.SendAsync(world.Operator(nonce, 4_000).Raw.ToArray());
        await world.Devnet.MineAsync();
        await world.KeepNoncesAsync();
        (await world.ScalarAsync("SELECT next_nonce FROM solvers")).ShouldBe(3);
        (await WarningsAsync(world)).ShouldBeEmpty();
    }

    [Fact]
    public async Task S1_The_lower_of_two_nodes_nonces_holds()
    {
        await using var node = await LyingNode.StartAsync(fixture.Devnet);
        await using var world = await StacksWorld.StartAsync(fixture,
            settings: [("Stacks__NodeUrl", node.Url), ("Stacks__OtherNodes__0", fixture.Devnet.Http.BaseAddress!.ToString())]);
        node.AddToNonces(2_000);
        var order = await world.CreateAsync();
        await world.BeatUntilEndedAsync(order);
        (await WarningsAsync(world)).ShouldBeEmpty();
        (await world.AttemptAsync(order)).Nonce.ShouldBe(0);
    }

    // As a ledger that once followed a lie has it.
    [Fact]
    public async Task S1_A_ledger_far_above_the_chain_fills_no_more_at_once_than_may_be_in_flight_and_the_operator_repairs_it()
    {
        await using var world = await StacksWorld.StartAsync(fixture, settings: [("Stacks__InFlightMax", "4")]);
        await world.ScalarAsync("UPDATE solvers SET next_nonce = 2000 RETURNING 0");
        await world.ScalarAsync("INSERT INTO outgoing_transactions (purpose, status, solver, nonce, tx_id, raw, fee, prepared_at, sends_count, last_sent_at, is_final) SELECT 'fill', 'sent', address, 1999, 'x', '', 1, now(), 1, now(), false FROM solvers RETURNING 0");
        for (var beat = 0; beat < 3; beat++)
        {
            world.Time.Advance(TimeSpan.FromSeconds(10));
            await world.KeepNoncesAsync();
        }
        (await world.ScalarAsync("SELECT count(*) FROM outgoing_transactions WHERE purpose = 'fill'")).ShouldBe(4);

        var solver = world.Router.Solvers[0].ToString();
        var repaired = await CommandRun.OfAsync("nonces", "--repair", solver, "--connection", world.Place.ConnectionString);
        (repaired.ExitCode, repaired.Out.Trim()).ShouldBe((0, $"{solver}  next 0  signed to none  in flight 0  free 0"), repaired.Error);
        var order = await world.CreateAsync();
        await world.SendAsync();
        (await world.AttemptAsync(order)).Nonce.ShouldBe(0);
        // it is signed, and may be mined
        var refused = await CommandRun.OfAsync("nonces", "--repair", solver, "--next", "0", "--connection", world.Place.ConnectionString);
        (refused.ExitCode,
            refused.Error).ShouldBe((1, $"{solver} has signed nonces up to 0: the next one cannot be 0.{Environment.NewLine}"));
        (await CommandRun.OfAsync("nonces", "--connection", world.Place.ConnectionString)).Out.Trim()
            .ShouldBe($"{solver}  next 1  signed to 0  in flight 1  free 0");
    }

    private static async Task<IReadOnlyList<string>> WarningsAsync(StacksWorld world) =>
        [.. (await world.Get<PayerWatch>().Check.Check(CancellationToken.None)).Warnings.Where(
            warning => warning.Contains("nonces", StringComparison.Ordinal))];
}
