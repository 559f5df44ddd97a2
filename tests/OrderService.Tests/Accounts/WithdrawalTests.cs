using Microsoft.EntityFrameworkCore;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Events;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Engine.Accounts;
using OrderService.Engine.Events;
using OrderService.Engine.Execution;
using OrderService.Engine.Persistence;
using OrderService.Engine.Telemetry;
using OrderService.Tests.Engine;
using OrderService.Tests.Ground;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Accounts;

/// <summary>Withdrawals on the simulated chain: to the owner only, once, whatever is lost on the way.</summary>
public sealed class WithdrawalTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task A_withdrawal_pays_the_owners_wallet_once_and_the_ledger_tells_it()
    {
        await using var own = await TestDatabase.CreateAsync();
        await using var world = await EngineWorld.StartAsync(own.ConnectionString);
        var metrics = world.Get<MetricsRegistry>();
        var account = await world.OpenAccountAsync(1_000);
        var wallet = await WalletAsync(world);
        var withdrawal = (await AskAsync(world, account, 400)).Value;
        (await world.FundsAsync(account)).ShouldBe(new AccountFunds(new(1_000), TokenAmount.Zero, new(400)));
        await LookAsync(world, mine: true);
        var ended = await ReadAsync(world, withdrawal);
        (ended.Status, ended.IsFinal, ended.Tries, ended.Recipient).ShouldBe((WithdrawalStatus.Confirmed, true, 1, world.Owner));
        (await world.FundsAsync(account)).ShouldBe(new AccountFunds(new(600), TokenAmount.Zero, TokenAmount.Zero));
        (await WalletAsync(world) - wallet).ShouldBe(new TokenAmount(400));
        for (var i = 0; i < 3; i++) await LookAsync(world, mine: true);
        (await WalletAsync(world) - wallet).ShouldBe(new TokenAmount(400));
        (await world.EntriesAsync(account)).Select(e => e.Kind).ShouldBe(["withdrawing", "withdrawn"]);
        await world.Get<EventRelay>().TickAsync(default);
        var story = (await world.Get<EventReader>()
            .ReadAsync(world.Owner, 0, 1_000,
                default)).Events.Select(e => EventText.TryRead(e.Kind, e.Facts ?? "", out var happened) ? happened : null)
                .OfType<OwnerEvent>().ToList();
        var of = story.Where(e => e is AccountOpened opened ? opened.Account == account.Id : e is not NonceFilled).ToList();
        of[0].ShouldBe(new AccountOpened(account.Id, account.Address, account.Name));
        of[1].ShouldBe(new WithdrawalRequested(account.Id, withdrawal.Id, world.SellContract(), new(400)));
        of[2].ShouldBeOfType<WithdrawalSent>().TxId.ShouldBe(ended.TxId);
        of[3].ShouldBe(new WithdrawalConfirmed(account.Id, withdrawal.Id, ended.TxId!, ended.BlockHeight!.Value));
        of.Count.ShouldBe(4, "what is seen again is not told again");
        metrics.Expose().ShouldContain("orderservice_attempts_settled_total{kind=\"transfer\",status=\"confirmed\"} 1\n");
    }

    [Fact]
    public async Task What_orders_have_set_aside_is_not_withdrawn_nor_the_other_way_round()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var account = await world.OpenAccountAsync(1_000);
        (await world.TryCreateManagedAsync(account, 700)).Error.ShouldBeNull();
        (await AskAsync(world, account, 301)).Error.ShouldBe(new OrderError.InsufficientBalance(new(300), new(301)));
        (await AskAsync(world, account, 200)).Error.ShouldBeNull();
        (await world.TryCreateManagedAsync(account, 101)).Error.ShouldBe(new OrderError.InsufficientBalance(new(100), new(101)));
        var answers = await Task.WhenAll(Enumerable.Range(0, 6)
            .Select<int, Task<OrderError?>>(async i => i % 2 == 0
                ? (await AskAsync(world, account, 60)).Error : (await world.TryCreateManagedAsync(account, 60)).Error));
        answers.Count(a => a is null).ShouldBe(1);
    }

    [Fact]
    public async Task Only_tokens_that_are_listed_are_withdrawn()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var account = await world.OpenAccountAsync(1_000);
        (await AskAsync(world, account, 1, TokenId.Stx)).Error.ShouldBe(new OrderError.InsufficientBalance(TokenAmount.Zero, new(1)));
        (await AskAsync(world, account, 1, TokenId.Parse($"{account.Address}.nothing"))).Error.ShouldBeOfType<OrderError.UnknownToken>();
        (await AskAsync(world, account, 0)).Error.ShouldBeOfType<OrderError.Field>().Name.ShouldBe("amount");
    }

    [Fact]
    public async Task The_same_id_again_is_the_same_withdrawal()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var account = await world.OpenAccountAsync(1_000);
        var id = Guid.NewGuid();
        (await AskAsync(world, account, 900, id: id)).Error.ShouldBeNull();
        (await AskAsync(world, account, 900, id: id)).Value.Id.ShouldBe(id);
        (await world.FundsAsync(account)).Withdrawing.ShouldBe(new TokenAmount(900));
    }

    [Fact]
    public async Task Bytes_that_were_lost_are_sent_again_the_same_ones()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var account = await world.OpenAccountAsync(1_000);
        var withdrawal = (await AskAsync(world, account, 400)).Value;
        await LookAsync(world, mine: false);
        var sent = (await ReadAsync(world, withdrawal)).TxId;
        await world.ScalarAsync("WITH gone AS (DELETE FROM simulator.mempool RETURNING 1) SELECT count(*) FROM gone");
        await LookAsync(world, mine: true);
        (await ReadAsync(world, withdrawal)).Status.ShouldBe(WithdrawalStatus.Sent);
        world.Time.Advance(TimeSpan.FromSeconds(11));
        await LookAsync(world, mine: true);
        await LookAsync(world, mine: false);
        var ended = await ReadAsync(world, withdrawal);
        (ended.Status, ended.TxId, ended.Tries).ShouldBe((WithdrawalStatus.Confirmed, sent, 1));
        (await world.ScalarAsync($"SELECT sends_count FROM outgoing_transactions WHERE withdrawal_id = '{withdrawal.Id}'")).ShouldBe(2);
    }

    [Fact]
    public async Task A_nonce_that_something_else_used_costs_a_try_and_the_next_has_the_same_uuid()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var account = await world.OpenAccountAsync(1_000);
        var wallet = await WalletAsync(world);
        var withdrawal = (await AskAsync(world, account, 400)).Value;
        await LookAsync(world, mine: false);
        await world.ScalarAsync("WITH gone AS (DELETE FROM simulator.mempool RETURNING 1) SELECT count(*) FROM gone");
        await world.ScalarAsync($"WITH u AS (UPDATE simulator.nonces SET next_nonce = next_nonce + 1 WHERE address = (SELECT solver FROM outgoing_transactions WHERE withdrawal_id = '{withdrawal.Id}') RETURNING 1) SELECT count(*) FROM u");
        world.Time.Advance(TimeSpan.FromSeconds(11));
        await LookAsync(world, mine: true); // sends again, and the chain says that the nonce is gone
        await LookAsync(world, mine: false);
        ((await ReadAsync(world, withdrawal)).Status,
            (await ReadAsync(world, withdrawal)).Reason).ShouldBe((WithdrawalStatus.Waiting, "replaced"));
        world.Time.Advance(TimeSpan.FromSeconds(11));
        await LookAsync(world, mine: true);
        (await ReadAsync(world, withdrawal)).ShouldSatisfyAllConditions(w => w.Status.ShouldBe(WithdrawalStatus.Confirmed),
            w => w.Tries.ShouldBe(2));
        (await WalletAsync(world) - wallet).ShouldBe(new TokenAmount(400));
    }

    [Fact]
    public async Task An_abort_gives_its_reason_and_is_tried_again_until_the_funds_are_there()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var account = await world.OpenAccountAsync(1_000);
        var withdrawal = (await AskAsync(world, account, 400)).Value;
        await SetBalanceAsync(world, account, 399);
        await LookAsync(world, mine: true);
        (await ReadAsync(world, withdrawal)).ShouldSatisfyAllConditions(w => w.Status.ShouldBe(WithdrawalStatus.Waiting),
            w => w.Reason.ShouldBe("insufficient_balance"));
        await SetBalanceAsync(world, account, 1_000);
        world.Time.Advance(TimeSpan.FromSeconds(11));
        await LookAsync(world, mine: true);
        (await ReadAsync(world, withdrawal)).Status.ShouldBe(WithdrawalStatus.Confirmed);
        (await world.FundsAsync(account)).Balance.ShouldBe(new TokenAmount(600));
    }

    [Fact]
    public async Task A_uuid_that_somebody_else_has_burnt_ends_it_and_returns_the_amount()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var account = await world.OpenAccountAsync(1_000);
        var withdrawal = (await AskAsync(world, account, 400)).Value;
        await world.ScalarAsync($"WITH i AS (INSERT INTO simulator.used_uuids (uuid, tx_id) VALUES ('{withdrawal.IntentUuid}', 'x') RETURNING 1) SELECT count(*) FROM i");
        await LookAsync(world, mine: true);
        (await ReadAsync(world, withdrawal)).ShouldSatisfyAllConditions(w => w.Status.ShouldBe(WithdrawalStatus.Failed),
            w => w.Reason.ShouldBe("intent_already_used"));
        (await world.FundsAsync(account)).ShouldBe(new AccountFunds(new(1_000), TokenAmount.Zero, TokenAmount.Zero));
        (await world.EntriesAsync(account)).Select(e => e.Kind).ShouldBe(["withdrawing", "withdrawal_returned"]);
    }

    [Fact]
    public async Task Two_nodes_send_one_withdrawal_once_and_swaps_and_withdrawals_share_the_nonces()
    {
        await using var one = await EngineWorld.StartAsync(database.ConnectionString);
        await using var two = await EngineWorld.StartAsync(database.ConnectionString);
        var account = await one.OpenAccountAsync(10_000_000);
        var withdrawals = new List<Withdrawal>();
        for (var i = 0; i < 5; i++) withdrawals.Add((await AskAsync(one, account, 100)).Value);
        var order = (await one.TryCreateManagedAsync(account, 1_000_000, parts: 2)).Value;
        await one.SweepAsync();
        await Task.WhenAll(one.Get<SendWithdrawals>().TickAsync(default), two.Get<SendWithdrawals>().TickAsync(default),
            one.ExecuteAsync());
        (await one.ScalarAsync($"SELECT count(*) FROM outgoing_transactions t JOIN withdrawals w ON w.id = t.withdrawal_id WHERE w.account_id = '{account.Id}'")).ShouldBe(5);
        await one.Get<OrderService.Engine.Execution.NonceWorker>().TickAsync(default); // finds no nonce free that a withdrawal stands on
        for (var i = 0; i < 4; i++)
        {
            await one.BeatAsync();
            await two.Get<SettleTransactions>().TickAsync(default);
        }
        foreach (var withdrawal in withdrawals) (await ReadAsync(one, withdrawal)).Status.ShouldBe(WithdrawalStatus.Confirmed);
        (await one.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Completed);
        (await one.FundsAsync(account)).ShouldBe(new AccountFunds(new(8_999_500), TokenAmount.Zero, TokenAmount.Zero));
        await one.CheckLedgerAsync();
    }

    private static Task<Result<Withdrawal>> AskAsync(
        EngineWorld world, ManagedAccount account, ulong amount, TokenId? token = null, Guid? id = null) =>
            world.Get<Withdraw>()
                .HandleAsync(new NewWithdrawal(id ?? Guid.NewGuid(), account, token ?? world.Sell, new TokenAmount(amount), null,
                    account.Owner.ToString()), default);

    private static async Task LookAsync(EngineWorld world, bool mine)
    {
        await world.Get<SettleTransactions>().TickAsync(default);
        await world.Get<WithdrawalWorker>().TickAsync(default);
        if (!mine) return;
        await world.Get<SimulatedMiner>().MineAsync(default);
        await world.Get<SettleTransactions>().TickAsync(default);
    }

    private static async Task<Withdrawal> ReadAsync(EngineWorld world, Withdrawal withdrawal)
    {
        await using var db = await world.Get<IDbContextFactory<OrdersDb>>().CreateDbContextAsync();
        return await db.Withdrawals.AsNoTracking().SingleAsync(w => w.Id == withdrawal.Id);
    }

    private static async Task<TokenAmount> WalletAsync(EngineWorld world) =>
        (await world.Router.BalancesAsync(world.Owner, [world.SellContract()], default))[world.SellContract()];

    private static Task<long> SetBalanceAsync(EngineWorld world, ManagedAccount account, long balance) =>
        world.ScalarAsync($"WITH u AS (UPDATE simulator.accounts SET balance = {balance} WHERE address = '{account.Address}' RETURNING 1) SELECT count(*) FROM u");
}
