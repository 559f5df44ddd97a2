using System.Globalization;
using System.Text.Json.Nodes;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Domain.Scheduling;
using OrderService.Domain.Transactions;
using OrderService.Engine.Accounts;
using OrderService.Engine.Auth;
using OrderService.Engine.Execution;
using OrderService.Engine.Orders;
using OrderService.Stacks.Addresses;
using OrderService.Tests.Ground;
using OrderService.Tests.Reliability;

namespace OrderService.Tests.StacksVenue;

/// <summary>On the real Clarity VM: what no intent moves, sold by sponsored calls of the account's own through the order router.</summary>
[Collection(HandMinedDevnet.Name)]
[Trait(TestScale.Trait, "stacks")]
public sealed class DevnetCalledTests(DevnetFixture fixture)
{
    internal const string Cha = "charisma-token";
    private const string Usdc = "susdc-token";

    [Fact]
    public async Task A_dca_of_STX_into_USDC_pays_its_owner_and_the_account_no_fee()
    {
        await using var world = await StartAsync();
        var account = await OpenAsync(world, stx: 5_000_000);
        var before = await HeldAsync(world, world.Owner);
        var plan = new SchedulePlan
        {
            Schedule = new Schedule.FixedInterval(3, Interval.Of(1, IntervalUnit.Minute)), Attempts = new AttemptsBudget(3),
        };
        var order = (await TryPlaceAsync(world, account, TokenId.Stx, Token(world, Usdc), 4_500_000, plan)).Value;
        await world.BeatUntilEndedAsync(order);
        var view = await world.ReadAsync(order);
        view.Order.Status.ShouldBe(OrderStatus.Completed, view.Order.Slices[0].Reason);
        var calls = await CallsAsync(world, account);
        calls.Select(call => ((string)call["fn"]!, (long)call["nonce"]!, (string)call["status"]!))
            .ShouldBe([("swap-2", 0, "success"), ("swap-2", 1, "success"), ("swap-2", 2, "success")]);
        calls.ShouldAllBe(call => (string)call["recipient"]! == world.Owner.ToString() && (string)call["amountIn"]! == "1500000"
            && (string)call["payer"]! == world.Router.Solvers[0].ToString());
        var after = await HeldAsync(world, world.Owner);
        (after.Usdc - before.Usdc).ShouldBe(view.Order.Slices.Sum(slice => (long)slice.AmountOut!.Value.Units));
        (await HeldAsync(world, account.Address)).Stx.ShouldBe(500_000);
        (await FundsAsync(world, account, TokenId.Stx)).ShouldBe(new AccountFunds(new(500_000), TokenAmount.Zero, TokenAmount.Zero));
        (await world.EventsAsync(order)).ShouldNotContain("paid_below_min");
    }

    [Fact]
    public async Task A_limit_of_a_plain_token_waits_for_its_rate_and_sells_exactly_what_was_set_aside()
    {
        await using var world = await StartAsync();
        var account = await OpenAsync(world, cha: 700_000_000);
        var rate = (await world.Router.QuoteAsync(Token(world, Cha), TokenId.Stx, new TokenAmount(600_000_000), default)).Value;
        var least = rate.AmountOut.MulDivFloor(11, 10)!.Value;
        var plan = new SchedulePlan { Schedule = new Schedule.Immediate(1), Attempts = new AttemptsBudget(3), Slippage = SlippageFrom.Min };
        var order = (await TryPlaceAsync(world, account, Token(world, Cha), TokenId.Stx, 600_000_000, plan,
            terms => terms with { MinAmountOut = least, SlippageBps = 100 })).Value;
        await world.BeatAsync();
        (await world.SliceAsync(order)).ShouldSatisfyAllConditions(slice => slice.Status.ShouldBe(SliceStatus.Waiting),
            slice => slice.WasSent.ShouldBeFalse());
        var paid = await HeldAsync(world, world.Owner);
        await world.Devnet.MovePoolAsync(StacksWorld.Pool, StacksWorld.PoolCha, StacksWorld.PoolStx * 5 / 4);
        await world.BeatUntilEndedAsync(order);
        var slice = await world.SliceAsync(order);
        slice.Status.ShouldBe(SliceStatus.Confirmed);
        slice.AmountOut!.Value.ShouldBeGreaterThanOrEqualTo(least);
        ((await HeldAsync(world, world.Owner)).Stx - paid.Stx).ShouldBe((long)slice.AmountOut.Value.Units);
        (await HeldAsync(world, account.Address)).ShouldBe((0, 100_000_000, 0));
    }

    [Fact]
    public async Task A_twap_sells_STX_along_its_curve_to_the_last_unit()
    {
        await using var world = await StartAsync();
        var asked = CurveCrashTests.Asked(400);
        var account = await OpenAsync(world, stx: (long)(ulong)asked.Target.Units);
        var terms = Terms(world, TokenId.Stx, Token(world, Cha), asked.Target.Units);
        var order = (await world.Get<PlaceOrder>()
            .HandleAsync(new NewOrder(terms, new OrderFunding.FromAccount(account), new OrderPlan.Curve(asked, []), "tread", null),
                default)).Value;
        await world.BeatUntilEndedAsync(order, beatsMax: 60);
        (await world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Completed);
        var calls = await CallsAsync(world, account);
        calls.ShouldAllBe(call => (string)call["status"]! == "success" && (string)call["recipient"]! == world.Owner.ToString());
        calls.Sum(call => long.Parse((string)call["amountIn"]!, CultureInfo.InvariantCulture)).ShouldBe((long)(ulong)asked.Target.Units);
        calls.Select(call => (long)call["nonce"]!).ShouldBe(Enumerable.Range(0, calls.Count).Select(nonce => (long)nonce));
        (await HeldAsync(world, account.Address)).Stx.ShouldBe(0);
    }

    [Fact]
    public async Task Below_its_minimum_the_contract_aborts_and_the_next_try_takes_the_next_nonce()
    {
        await using var world = await StartAsync();
        var account = await OpenAsync(world, cha: 700_000_000);
        var order = (await TryPlaceAsync(world, account, Token(world, Cha), TokenId.Stx, 700_000_000,
            more: terms => terms with { SlippageBps = 100 })).Value;
        await world.SendAsync();
        await world.Devnet.MovePoolAsync(StacksWorld.Pool, StacksWorld.PoolCha, StacksWorld.PoolStx / 2);
        await world.BeatUntilEndedAsync(order);
        (await world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Completed);
        var calls = await CallsAsync(world, account);
        calls.Select(call => ((long)call["nonce"]!, (string)call["status"]!)).ShouldBe([(0, "abort_by_response"), (1, "success")]);
        (await HeldAsync(world, account.Address)).Cha.ShouldBe(0);
    }

    [Fact]
    public async Task M3_Past_its_window_a_call_is_outbid_by_one_that_does_nothing()
    {
        await using var world = await StartAsync();
        var account = await OpenAsync(world, stx: 1_000_000);
        var order = (await TryPlaceAsync(world, account, TokenId.Stx, Token(world, Cha), 1_000_000,
            more: terms => terms with { ValidTo = world.Time.GetUtcNow().AddSeconds(5) })).Value;
        await world.SendAsync();
        world.Time.Advance(TimeSpan.FromSeconds(6));
        await world.SettleAsync();
        await world.MineAsync(2);
        var view = await world.ReadAsync(order);
        (view.Order.Status, view.Attempts.ShouldHaveSingleItem().Kind).ShouldBe((OrderStatus.Expired, AttemptKind.Spend));
        (await CallsAsync(world, account)).Select(call => ((string)call["fn"]!, (long)call["nonce"]!, (string)call["status"]!))
            .ShouldBe([("noop", 0, "success")]);
        (await HeldAsync(world, account.Address)).Stx.ShouldBe(1_000_000);
    }

    [Fact]
    public async Task A_call_that_waits_too_long_is_raised_and_its_account_signs_nothing_anew()
    {
        await using var world = await StartAsync(("Execution__ReplaceAfter", "00:00:30"));
        var account = await OpenAsync(world, stx: 1_000_000);
        var order = (await TryPlaceAsync(world, account, TokenId.Stx, Token(world, Cha), 1_000_000)).Value;
        await world.SendAsync();
        var first = await world.AttemptAsync(order);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await world.SettleAsync();
        var raised = await world.AttemptAsync(order);
        (raised.Raises, raised.OriginNonce, raised.Fee > first.Fee).ShouldBe((1, 0, true));
        await world.BeatUntilEndedAsync(order);
        (await CallsAsync(world, account)).Select(call => ((string)call["txid"]!, (string)call["status"]!))
            .ShouldBe([(raised.TxId, "success")]);
    }

    [Fact]
    public async Task STX_and_a_plain_token_are_withdrawn_whole_and_a_reorg_is_followed()
    {
        await using var world = await StartAsync();
        var account = await OpenAsync(world, stx: 2_000_000, cha: 3_000_000);
        var before = await HeldAsync(world, world.Owner);
        (await WithdrawAsync(world, account, TokenId.Stx, 2_000_001)).Error.ShouldBe(
            new OrderError.InsufficientBalance(new(2_000_000), new(2_000_001)));
        (await WithdrawAsync(world, account, TokenId.Stx, 2_000_000)).Error.ShouldBeNull();
        (await WithdrawAsync(world, account, Token(world, Cha), 3_000_000)).Error.ShouldBeNull();
        for (var i = 0; i < 8; i++)
        {
            world.Time.Advance(TimeSpan.FromSeconds(11));
            await world.Get<WithdrawalWorker>().TickAsync(default);
            await world.MineAsync();
            if (i == 2) await world.Devnet.ReorgAsync(1);
        }
        (await world.ScalarAsync("SELECT count(*) FROM withdrawals WHERE status = 'confirmed' AND is_final")).ShouldBe(2);
        var after = await HeldAsync(world, world.Owner);
        (after.Stx - before.Stx, after.Cha - before.Cha).ShouldBe((2_000_000, 3_000_000));
        (await HeldAsync(world, account.Address)).ShouldBe((0, 0, 0));
        (await CallsAsync(world, account)).Select(call => (string)call["fn"]!).Order(StringComparer.Ordinal)
            .ShouldBe(["token-transfer", "transfer"]);
    }

    [Fact]
    public async Task A_call_that_a_reorg_takes_back_settles_again_and_the_next_stands_behind_it()
    {
        await using var world = await StacksWorld.StartAsync(fixture, confirmations: 4,
            settings: [("Stacks__OrderRouter", fixture.Devnet.Contract("order-router"))]);
        var account = await OpenAsync(world, stx: 2_000_000);
        var first = (await TryPlaceAsync(world, account, TokenId.Stx, Token(world, Cha), 1_000_000)).Value;
        await world.SendAsync();
        await world.MineAsync(2);
        (await world.ReadAsync(first)).Order.Status.ShouldBe(OrderStatus.Completed);
        await world.Devnet.ReorgAsync(2, (await world.AttemptAsync(first)).TxId); // and nobody has its bytes any more but the service
        await world.SettleAsync();
        (await world.SliceAsync(first)).Status.ShouldBe(SliceStatus.Broadcast);
        var second = (await TryPlaceAsync(world, account, TokenId.Stx, Token(world, Cha), 1_000_000)).Value;
        await world.SendAsync();
        (await world.SliceAsync(second)).Status.ShouldBe(SliceStatus.Broadcast); // behind the first, which is sent again
        await world.BeatUntilEndedAsync([first, second]);
        (await CallsAsync(world, account)).Select(call => ((long)call["nonce"]!, (string)call["status"]!))
            .ShouldBe([(0, "success"), (1, "success")]);
        (await HeldAsync(world, account.Address)).Stx.ShouldBe(0);
    }

    [Fact]
    public async Task Without_the_contract_an_account_sells_subnet_tokens_only_and_says_so()
    {
        await using var world = await StacksWorld.StartAsync(fixture);
        var account = await OpenAsync(world, stx: 1_000_000);
        (await TryPlaceAsync(world, account, TokenId.Stx, Token(world, Cha), 1_000_000)).Error!.Code.ShouldBe("not_a_subnet_token");
        (await WithdrawAsync(world, account, TokenId.Stx, 1)).Error!.Code.ShouldBe("not_a_subnet_token");
    }

    private Task<StacksWorld> StartAsync(params (string Key, string Value)[] settings) =>
        StacksWorld.StartAsync(fixture, settings: [("Stacks__OrderRouter", fixture.Devnet.Contract("order-router")), .. settings]);

    internal static TokenId Token(StacksWorld world, string name) => TokenId.Parse(world.Devnet.Contract(name));

    internal static async Task<ManagedAccount> OpenAsync(StacksWorld world, long stx = 0, long cha = 0, string name = "main")
    {
        var account =
            (await world.Get<CreateAccount>().HandleAsync(new NewAccount(Guid.NewGuid(), world.Owner, name, null), default)).Value;
        if (stx > 0) await world.Devnet.FaucetAsync(account.Address.ToString(), stx);
        if (cha > 0) await world.Devnet.FaucetAsync(account.Address.ToString(), 0, (Cha, cha));
        return account;
    }

    private static OrderTerms Terms(StacksWorld world, TokenId sell, TokenId buy, UInt128 amount) => world.Terms() with
    {
        SellToken = sell, BuyToken = buy, AmountIn = new TokenAmount(amount),
    };

    internal static Task<Result<Order>> TryPlaceAsync(
        StacksWorld world, ManagedAccount account, TokenId sell, TokenId buy, UInt128 amount, SchedulePlan? plan = null,
        Func<OrderTerms, OrderTerms>? more = null)
    {
        var terms = Terms(world, sell, buy, amount);
        var parts =
            new OrderPlan.Parts(plan ?? new SchedulePlan { Schedule = new Schedule.Immediate(1), Attempts = new AttemptsBudget(3) });
        return world.Get<PlaceOrder>()
            .HandleAsync(new NewOrder(more is null ? terms : more(terms), new OrderFunding.FromAccount(account), parts, "panora", null),
                default);
    }

    private static Task<Result<Withdrawal>> WithdrawAsync(StacksWorld world, ManagedAccount account, TokenId of, ulong amount) =>
        world.Get<Withdraw>()
            .HandleAsync(new NewWithdrawal(Guid.NewGuid(), account, of, new TokenAmount(amount), null, account.Owner.ToString()), default);

    internal static async Task<AccountFunds> FundsAsync(StacksWorld world, ManagedAccount account, TokenId of) =>
        (await world.Get<ReadAccounts>().OneAsync(account, default)).Value.Funds.Single(funds => funds.Token.Id == of).Funds;

    // What the account called, in the order of the chain.
    internal static async Task<List<JsonNode>> CallsAsync(StacksWorld world, ManagedAccount account) =>
        [.. (await world.Devnet.LedgerAsync()).Where(entry => (string?)entry["sender"] == account.Address.ToString())];

    internal static async Task<(long Stx, long Cha, long Usdc)> HeldAsync(StacksWorld world, StacksAddress holder)
    {
        var held = await world.Devnet.BalancesAsync(holder.ToString());
        return (Of(held["stx"]), Of(held["tokens"]?[world.Devnet.Contract(Cha)]), Of(held["tokens"]?[world.Devnet.Contract(Usdc)]));

        static long Of(JsonNode? amount) => long.Parse((string?)amount ?? "0", CultureInfo.InvariantCulture);
    }
}
