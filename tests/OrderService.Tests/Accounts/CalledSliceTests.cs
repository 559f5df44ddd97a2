using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Domain.Scheduling;
using OrderService.Domain.Transactions;
using OrderService.Engine.Accounts;
using OrderService.Engine.Auth;
using OrderService.Engine.Execution;
using OrderService.Engine.Orders;
using OrderService.Engine.Orders.Explain;
using OrderService.Stacks.Addresses;
using OrderService.Tests.Engine;
using OrderService.Tests.Ground;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Accounts;

/// <summary>
/// What no intent moves: an account sells it by calls of its own, each of which the chain takes once by the account's nonce.
/// </summary>
public sealed class CalledSliceTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task The_parts_of_an_order_that_sells_STX_pay_its_owner_and_the_account_no_fee()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var account = await OpenAsync(world, 1_000_000);
        var order = (await TrySellAsync(world, account, 900_001, parts: 3)).Value;
        (order.Funding, order.Slices[0].OriginNonce).ShouldBe((FundingKind.Called, null));
        (await world.Get<ExplainOrder>()
            .HandleAsync(await world.ReadAsync(order),
                default)).Gates.Single(gate => gate.Name == OrderGate.Quote).Figures["isProtected"].ShouldBe("true");
        (await StxAsync(world, account)).ShouldBe(new AccountFunds(new(1_000_000), new(900_001), TokenAmount.Zero));
        var owned = await OwnedAsync(world);
        for (var i = 0; i < 3; i++) await world.BeatAsync();
        var view = await world.ReadAsync(order);
        view.Order.Status.ShouldBe(OrderStatus.Completed, view.Order.Slices[0].Reason);
        view.Attempts.Select(a => (a.Origin, a.OriginNonce))
            .ShouldBe([((StacksAddress?)account.Address, (long?)0), ((StacksAddress?)account.Address, (long?)1),
                ((StacksAddress?)account.Address, (long?)2)]);
        foreach (var (slice, attempt) in view.Order.Slices.Zip(view.Attempts))
            slice.AmountOut!.Value.ShouldBeGreaterThanOrEqualTo(attempt.MinAmountOut!.Value);
        (await OwnedAsync(world) - owned).ShouldBe(
            view.Order.Slices.Aggregate(TokenAmount.Zero, (sum, slice) => sum + slice.AmountOut!.Value));
        (await StxAsync(world, account)).ShouldBe(new AccountFunds(new(99_999), TokenAmount.Zero, TokenAmount.Zero));
        (await world.EntriesAsync(account)).Select(e => e.Kind)
            .ShouldBe(["reserved", "started", "spent", "started", "spent", "started", "spent"]);
        await world.CheckLedgerAsync();
    }

    [Fact]
    public async Task Below_its_minimum_the_chain_aborts_and_the_next_try_takes_the_next_nonce()
    {
        await using var own = await TestDatabase.CreateAsync();
        await using var world = await EngineWorld.StartAsync(own.ConnectionString);
        var account = await OpenAsync(world, 1_000_000);
        var order = (await TrySellAsync(world, account, 1_000_000,
            buy: world.Get<SimulatedWorld>().TokenList.Single(t => t.Symbol == "CHA").Id, more: t => t with { SlippageBps = 100 })).Value;
        await world.SweepAsync();
        await world.ExecuteAsync();
        await Pools.MoveAsync(world, 1, by: 2); // the token that is bought becomes dear
        await world.MineAsync();
        var aborted = await world.ReadAsync(order);
        aborted.Attempts.ShouldHaveSingleItem().Reason.ShouldBe(AbortReasons.MinAmountOut);
        (aborted.Order.Slices[0].Status, aborted.Order.Slices[0].OriginNonce).ShouldBe((SliceStatus.Waiting, null));
        (await StxAsync(world, account)).ShouldBe(new AccountFunds(new(1_000_000), new(1_000_000), TokenAmount.Zero));
        world.Time.Advance(TimeSpan.FromSeconds(6));
        await world.BeatAsync();
        var ended = await world.ReadAsync(order);
        (ended.Order.Status, ended.Attempts[^1].OriginNonce).ShouldBe((OrderStatus.Completed, 1));
        (await world.ScalarAsync("SELECT count(*) FROM simulator.swaps")).ShouldBe(1);
        await world.CheckLedgerAsync();
    }

    [Fact]
    public async Task What_a_node_refused_is_tried_again_with_the_same_nonce_and_another_order_of_the_account_takes_it_too()
    {
        await using var own = await TestDatabase.CreateAsync();
        await using var world = await EngineWorld.StartAsync(own.ConnectionString, settings: ("Simulator:SolversCount", "3"));
        var account = await OpenAsync(world, 2_000_000);
        var order = (await TrySellAsync(world, account, 1_000_000)).Value;
        await RefuseOnceAsync(world, order);
        var other = (await TrySellAsync(world, account, 1_000_000)).Value;
        await world.BeatAsync();
        var first = (await world.ReadAsync(other)).Attempts.ShouldHaveSingleItem();
        (first.Status, first.OriginNonce).ShouldBe((OutgoingStatus.Confirmed, 0)); // nothing of the first can be mined any more
        world.Time.Advance(TimeSpan.FromMinutes(2));
        await world.BeatAsync();
        var view = await world.ReadAsync(order);
        view.Attempts.Select(a => (a.Status, a.OriginNonce)).ShouldBe([(OutgoingStatus.Rejected, 0L), (OutgoingStatus.Confirmed, 1L)]);
        view.Order.Status.ShouldBe(OrderStatus.Completed);
        (await world.ScalarAsync("SELECT count(*) FROM simulator.swaps")).ShouldBe(2);
        await world.CheckLedgerAsync();
    }

    [Fact]
    public async Task A_cancel_of_what_was_sent_ends_with_a_call_on_its_nonce_that_does_nothing()
    {
        await using var own = await TestDatabase.CreateAsync();
        await using var world = await EngineWorld.StartAsync(own.ConnectionString, settings: ("Simulator:SolversCount", "3"));
        var account = await OpenAsync(world, 1_000_000);
        var order = (await TrySellAsync(world, account, 1_000_000)).Value;
        await RefuseOnceAsync(world, order);
        (await CancelAsync(world, order)).Value.Status.ShouldBe(OrderStatus.Cancelling);
        world.Time.Advance(TimeSpan.FromMinutes(2));
        await world.BeatAsync();
        var view = await world.ReadAsync(order);
        view.Order.Status.ShouldBe(OrderStatus.Cancelled);
        view.Attempts.Select(a => (a.Kind, a.Status, a.OriginNonce))
            .ShouldBe([(AttemptKind.Swap, OutgoingStatus.Rejected, 0L), (AttemptKind.Spend, OutgoingStatus.Confirmed, 0L)]);
        (await StxAsync(world, account)).ShouldBe(new AccountFunds(new(1_000_000), TokenAmount.Zero, TokenAmount.Zero));
        var next = (await TrySellAsync(world, account, 1_000_000)).Value;
        await world.BeatAsync();
        (await world.ReadAsync(next)).Attempts.ShouldHaveSingleItem().OriginNonce.ShouldBe(1);
        await world.CheckLedgerAsync();
    }

    [Fact]
    public async Task After_an_abort_nothing_is_left_to_guard_and_a_cancel_sends_nothing()
    {
        await using var own = await TestDatabase.CreateAsync();
        await using var world = await EngineWorld.StartAsync(own.ConnectionString);
        var account = await OpenAsync(world, 1_000_000);
        var order = (await TrySellAsync(world, account, 1_000_000)).Value;
        await world.SweepAsync();
        await world.ExecuteAsync();
        await SetStxAsync(world, account, 999_999);
        await world.MineAsync();
        (await world.ReadAsync(order)).Attempts.ShouldHaveSingleItem().Reason.ShouldBe(AbortReasons.InsufficientBalance);
        await CancelAsync(world, order);
        await world.BeatAsync();
        var view = await world.ReadAsync(order);
        (view.Order.Status, view.Attempts.Count).ShouldBe((OrderStatus.Cancelled, 1));
        await world.CheckLedgerAsync();
    }

    [Fact]
    public async Task M3_A_call_that_waits_for_a_block_past_its_window_is_outbid_on_both_nonces()
    {
        await using var own = await TestDatabase.CreateAsync();
        await using var world = await EngineWorld.StartAsync(own.ConnectionString);
        var account = await OpenAsync(world, 1_000_000);
        var order =
            (await TrySellAsync(world, account, 1_000_000, more: t => t with { ValidTo = world.Time.GetUtcNow().AddSeconds(5) })).Value;
        await world.SweepAsync();
        await world.ExecuteAsync();
        world.Time.Advance(TimeSpan.FromSeconds(6));
        await world.Get<SettleTransactions>().TickAsync(default);
        await world.MineAsync();
        var view = await world.ReadAsync(order);
        (view.Order.Status, view.Order.Slices[0].AmountOut).ShouldBe((OrderStatus.Expired, null));
        var attempt = view.Attempts.ShouldHaveSingleItem();
        (attempt.Kind, attempt.Status, attempt.OriginNonce,
            view.Outbid[attempt.Id].Count()).ShouldBe((AttemptKind.Spend, OutgoingStatus.Confirmed, 0, 1));
        (await world.ScalarAsync($"SELECT next_nonce FROM simulator.nonces WHERE address = '{account.Address}'")).ShouldBe(1);
        await world.CheckLedgerAsync();
    }

    [Fact]
    public async Task Orders_of_one_account_take_their_turns_on_two_nodes_and_each_swaps_once()
    {
        await using var own = await TestDatabase.CreateAsync();
        await using var one = await EngineWorld.StartAsync(own.ConnectionString, settings: ThreeAtOnce);
        await using var two = await EngineWorld.StartAsync(own.ConnectionString, time: one.Time, settings: ThreeAtOnce);
        var account = await OpenAsync(one, 8_000_000);
        var orders = new List<Order>();
        for (var i = 0; i < 8; i++) orders.Add((await TrySellAsync(one, account, 1_000_000)).Value);
        var most = 0L;
        for (var beat = 0; beat < 12; beat++)
        {
            await Task.WhenAll(one.SweepAsync(), two.SweepAsync());
            await Task.WhenAll(one.ExecuteAsync(), two.ExecuteAsync());
            var waiting = await one.ScalarAsync("SELECT count(*) FROM attempts WHERE status IN ('prepared', 'sent')");
            waiting.ShouldBeLessThanOrEqualTo(3);
            most = Math.Max(most, waiting);
            await Task.WhenAll(one.MineAsync(), two.MineAsync());
            one.Time.Advance(TimeSpan.FromSeconds(2));
        }
        foreach (var order in orders) (await one.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Completed);
        most.ShouldBe(3);
        (await one.ScalarAsync("SELECT count(*) FROM simulator.swaps")).ShouldBe(8);
        (await one.ScalarAsync("SELECT count(DISTINCT origin_nonce) FROM attempts WHERE status = 'confirmed'")).ShouldBe(8);
        (await one.ScalarAsync("SELECT max(origin_nonce) FROM attempts")).ShouldBe(7);
        (await one.ScalarAsync("SELECT count(*) FROM attempts")).ShouldBe(8);
        await one.CheckLedgerAsync();
    }

    [Fact]
    public async Task A_nonce_that_somebody_else_used_ends_what_was_sent_with_it_and_nothing_is_swapped_twice()
    {
        await using var own = await TestDatabase.CreateAsync();
        await using var world = await EngineWorld.StartAsync(own.ConnectionString, settings: ("Simulator:SolversCount", "3"));
        var account = await OpenAsync(world, 1_000_000);
        var order = (await TrySellAsync(world, account, 500_000)).Value;
        await RefuseOnceAsync(world, order);
        await world.ScalarAsync($"WITH i AS (INSERT INTO simulator.nonces (address, next_nonce) VALUES ('{account.Address}', 1) RETURNING 1) SELECT count(*) FROM i");
        world.Time.Advance(TimeSpan.FromMinutes(2));
        await world.BeatAsync();
        var view = await world.ReadAsync(order);
        (view.Order.Status, view.Order.Slices[0].Reason, view.Attempts.Count).ShouldBe((OrderStatus.Failed, "nonce_used_elsewhere", 1));
        var next = (await TrySellAsync(world, account, 500_000)).Value;
        await world.BeatAsync();
        var after = await world.ReadAsync(next);
        (after.Order.Status, after.Attempts[0].OriginNonce).ShouldBe((OrderStatus.Completed, 1));
    }

    [Fact]
    public async Task Bytes_that_were_lost_are_sent_again_and_those_whose_payer_was_overtaken_give_the_nonce_back()
    {
        await using var own = await TestDatabase.CreateAsync();
        await using var world = await EngineWorld.StartAsync(own.ConnectionString);
        var account = await OpenAsync(world, 1_000_000);
        var order = (await TrySellAsync(world, account, 1_000_000)).Value;
        await world.SweepAsync();
        await world.ExecuteAsync();
        await world.ScalarAsync("WITH gone AS (DELETE FROM simulator.mempool RETURNING 1) SELECT count(*) FROM gone");
        await world.ScalarAsync("WITH u AS (UPDATE simulator.nonces SET next_nonce = next_nonce + 1 WHERE address = (SELECT solver FROM attempts) RETURNING 1) SELECT count(*) FROM u");
        world.Time.Advance(TimeSpan.FromSeconds(11));
        await world.MineAsync(); // sends again, and the chain says that the payer's nonce is gone
        await world.MineAsync();
        (await world.ReadAsync(order)).Order.Slices[0].ShouldSatisfyAllConditions(s => s.Status.ShouldBe(SliceStatus.Waiting),
            s => s.OriginNonce.ShouldBe(0));
        world.Time.Advance(TimeSpan.FromSeconds(6));
        await world.Get<NonceWorker>().TickAsync(default);
        await world.BeatAsync();
        var view = await world.ReadAsync(order);
        view.Attempts.Select(a => (a.Status, a.OriginNonce)).ShouldBe([(OutgoingStatus.Replaced, 0L), (OutgoingStatus.Confirmed, 0L)]);
        view.Order.Slices[0].AttemptsUsed.ShouldBe(1);
    }

    [Fact]
    public async Task Swaps_and_withdrawals_of_STX_share_the_accounts_nonces_and_both_happen_once()
    {
        await using var own = await TestDatabase.CreateAsync();
        await using var one = await EngineWorld.StartAsync(own.ConnectionString);
        await using var two = await EngineWorld.StartAsync(own.ConnectionString, time: one.Time);
        var account = await OpenAsync(one, 3_000_000);
        var order = (await TrySellAsync(one, account, 1_000_000)).Value;
        var paid = await BalanceAsync(one, one.Owner, TokenId.Stx);
        (await WithdrawAsync(one, account, 2_000_001)).Error.ShouldBe(new OrderError.InsufficientBalance(new(2_000_000), new(2_000_001)));
        var withdrawal = (await WithdrawAsync(one, account, 1_999_999)).Value;
        await one.SweepAsync();
        await Task.WhenAll(one.ExecuteAsync(), one.Get<SendWithdrawals>().TickAsync(default),
            two.Get<SendWithdrawals>().TickAsync(default));
        for (var i = 0; i < 4; i++)
        {
            await one.BeatAsync();
            await Task.WhenAll(one.Get<SettleTransactions>().TickAsync(default), two.Get<SettleTransactions>().TickAsync(default));
            one.Time.Advance(TimeSpan.FromSeconds(2));
            await Task.WhenAll(one.Get<SendWithdrawals>().TickAsync(default), two.Get<SendWithdrawals>().TickAsync(default));
        }
        (await one.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Completed);
        (await one.ScalarAsync(
            $"SELECT count(*) FROM withdrawals WHERE id = '{withdrawal.Id}' AND status = 'confirmed' AND is_final")).ShouldBe(1);
        (await BalanceAsync(one, one.Owner, TokenId.Stx) - paid).ShouldBe(new TokenAmount(1_999_999));
        (await StxAsync(one, account)).ShouldBe(new AccountFunds(new(1), TokenAmount.Zero, TokenAmount.Zero));
        (await one.ScalarAsync("SELECT count(*) FROM simulator.transactions WHERE origin IS NOT NULL AND status = 'succeeded'")).ShouldBe(
            2);
        (await one.ScalarAsync("SELECT max(origin_nonce) FROM simulator.transactions")).ShouldBe(1);
        await one.CheckLedgerAsync();
    }

    [Fact]
    public async Task A_withdrawal_that_aborts_takes_the_next_nonce_and_pays_once()
    {
        await using var own = await TestDatabase.CreateAsync();
        await using var world = await EngineWorld.StartAsync(own.ConnectionString);
        var account = await OpenAsync(world, 1_000);
        var withdrawal = (await WithdrawAsync(world, account, 400)).Value;
        await SetStxAsync(world, account, 399);
        await PayAsync(world);
        (await world.ScalarAsync($"SELECT count(*) FROM withdrawals WHERE id = '{withdrawal.Id}' AND status = 'waiting' AND reason = 'insufficient_balance' AND origin_nonce IS NULL")).ShouldBe(1);
        await SetStxAsync(world, account, 1_000);
        world.Time.Advance(TimeSpan.FromSeconds(11));
        await PayAsync(world);
        (await world.ScalarAsync($"SELECT origin_nonce FROM withdrawals WHERE id = '{withdrawal.Id}' AND status = 'confirmed'")).ShouldBe(
            1);
        (await StxAsync(world, account)).Balance.ShouldBe(new TokenAmount(600));
    }

    [Fact]
    public async Task A_wallets_signature_still_sells_subnet_tokens_only()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var plain = world.Get<SimulatedWorld>().TokenList.Single(t => t.Symbol == "CHA").Id;
        (await world.TryCreateAsync(world.Terms() with { SellToken = plain })).Error!.Code.ShouldBe("not_a_subnet_token");
    }

    private static readonly (string, string)[] ThreeAtOnce = [("Execution:CallsInFlightMax", "3")];

    // The payers' money is gone for a moment, so that the node refuses the first send for good.
    private static async Task RefuseOnceAsync(EngineWorld world, Order order)
    {
        var payers = string.Join(", ", world.Router.Solvers.Select(solver => $"'{solver}'"));
        await world.ScalarAsync($"WITH u AS (UPDATE simulator.accounts SET balance = balance / 1000000000000000000 WHERE token = '.stx' AND address IN ({payers}) RETURNING 1) SELECT count(*) FROM u");
        await world.SweepAsync();
        await world.ExecuteAsync();
        (await world.ReadAsync(order)).Attempts.ShouldHaveSingleItem().Status.ShouldBe(OutgoingStatus.Rejected);
        await world.ScalarAsync($"WITH u AS (UPDATE simulator.accounts SET balance = 1000000000000000000 WHERE token = '.stx' AND address IN ({payers}) RETURNING 1) SELECT count(*) FROM u");
    }

    internal static async Task<ManagedAccount> OpenAsync(EngineWorld world, UInt128 stx)
    {
        var account = await world.OpenAccountAsync();
        await world.Get<SimulatedLedger>().FundAsync(Principal.From(account.Address), TokenId.Stx, new TokenAmount(stx), default);
        return account;
    }

    internal static Task<Result<Order>> TrySellAsync(
        EngineWorld world, ManagedAccount account, UInt128 amount, int parts = 1, TokenId? buy = null,
        Func<OrderTerms, OrderTerms>? more = null) =>
            world.TryCreateManagedAsync(account, amount, parts,
                terms => (more ?? (t => t))(terms with { SellToken = TokenId.Stx, BuyToken = buy ?? world.Sell }));

    private static Task<Result<Withdrawal>> WithdrawAsync(EngineWorld world, ManagedAccount account, ulong amount) =>
        world.Get<Withdraw>()
            .HandleAsync(new NewWithdrawal(Guid.NewGuid(), account, TokenId.Stx, new TokenAmount(amount), null, account.Owner.ToString()),
                default);

    private static Task<Result<Order>> CancelAsync(EngineWorld world, Order order) =>
        world.Get<CancelOrder>().HandleAsync(order.Terms.Uuid, new Caller(world.Owner, null, null), default);

    private static async Task PayAsync(EngineWorld world)
    {
        await world.Get<WithdrawalWorker>().TickAsync(default);
        await world.Get<SimulatedMiner>().MineAsync(default);
        await world.Get<SettleTransactions>().TickAsync(default);
    }

    private static async Task<AccountFunds> StxAsync(EngineWorld world, ManagedAccount account) =>
        (await world.Get<ReadAccounts>().OneAsync(account, default)).Value.Funds.Single(f => f.Token.Id == TokenId.Stx).Funds;

    private static Task<TokenAmount> OwnedAsync(EngineWorld world) => BalanceAsync(world, world.Owner, world.Sell);

    private static async Task<TokenAmount> BalanceAsync(EngineWorld world, StacksAddress holder, TokenId of) =>
        (await world.Router.BalancesAsync(holder, [of], default))[of];

    private static Task<long> SetStxAsync(EngineWorld world, ManagedAccount account, long balance) =>
        world.ScalarAsync($"WITH u AS (UPDATE simulator.accounts SET balance = {balance} WHERE address = '{account.Address}' AND token = '.stx' RETURNING 1) SELECT count(*) FROM u");
}
