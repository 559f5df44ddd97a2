using Microsoft.EntityFrameworkCore;
using Npgsql;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Domain.Transactions;
using OrderService.Engine.Auth;
using OrderService.Engine.Execution;
using OrderService.Engine.Orders;
using OrderService.Engine.Orders.Explain;
using OrderService.Engine.Persistence;
using OrderService.Stacks.Addresses;
using OrderService.Tests.Accounts;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Engine;

/// <summary>Groups of orders: whatever becomes of a leg, of two rivals one is swapped at most, and none waits for ever.</summary>
public sealed class GroupTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private EngineWorld _world = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _world = await EngineWorld.StartAsync(_database.ConnectionString);
    }

    public async Task DisposeAsync()
    {
        await _world.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Of_two_legs_that_are_due_in_one_tick_one_is_swapped_and_the_other_cancelled()
    {
        var legs = await PlaceAsync(GroupKind.Oco, _world.Terms(), _world.Terms());
        (await _world.SweepAsync()).ShouldBe(2);
        await _world.ExecuteAsync();
        var sent = (await OfAsync(legs)).Single(leg => leg.Order.Slices[0].WasSent);
        var waits = (await OfAsync(legs)).Single(leg => !leg.Order.Slices[0].WasSent);
        (WaitingOf(sent), WaitingOf(waits), waits.Order.Slices[0].Reason,
            waits.Order.Slices[0].IsArmed).ShouldBe((WaitingFor.Chain, WaitingFor.Leg, "other_leg_in_flight", false));
        (await SlotAsync(legs)).Leg.ShouldBe(sent.Order.Terms.Leg);
        (await _world.Get<ExplainOrder>().HandleAsync(waits, default)).Sentence.ShouldStartWith("Its other leg is in flight");
        (await _world.SweepAsync()).ShouldBe(0);
        await _world.MineAsync();
        (await StatusAsync(legs)).ShouldBe([OrderStatus.Completed, OrderStatus.Cancelled], ignoreOrder: true);
        (await _world.ReadAsync(waits.Order)).Order.Reason.ShouldBe("other_leg_filled");
        (await _world.EventsAsync(waits.Order)).ShouldBe(["created", "triggered", "backed_off", "cancelled", "cancelled"]);
        await SwappedAsync(1);
    }

    [Fact]
    public async Task A_leg_that_is_cancelled_while_its_rival_is_in_flight_changes_nothing_for_that_one()
    {
        var legs = await PlaceAsync(GroupKind.Oco, _world.Terms(), _world.PriceTerms(TriggerDirection.Lt, "0.000001"));
        await _world.SweepAsync();
        await _world.ExecuteAsync();
        (await CancelAsync(legs[0])).Error.ShouldBeOfType<OrderError.InFlight>();
        (await CancelAsync(legs[1])).Error.ShouldBeNull();
        (await StatusAsync(legs)).ShouldBe([OrderStatus.Open, OrderStatus.Cancelled]);
        await _world.MineAsync();
        (await StatusAsync(legs)).ShouldBe([OrderStatus.Completed, OrderStatus.Cancelled]);
        (await _world.ReadAsync(legs[1])).Order.Reason.ShouldBeNull(); // its owner's wish
    }

    [Fact]
    public async Task A_leg_that_expires_leaves_the_other_to_itself()
    {
        var legs = await PlaceAsync(GroupKind.Oco,
            _world.PriceTerms(TriggerDirection.Gt, "1000000") with { ValidTo = _world.Time.GetUtcNow().AddSeconds(5) },
            _world.PriceTerms(TriggerDirection.Gt, "2"));
        _world.Time.Advance(TimeSpan.FromSeconds(6));
        await _world.BeatAsync();
        (await StatusAsync(legs)).ShouldBe([OrderStatus.Expired, OrderStatus.Open]);
        Believe("3");
        await _world.BeatAsync();
        (await StatusAsync(legs)).ShouldBe([OrderStatus.Expired, OrderStatus.Completed]);
    }

    [Fact]
    public async Task A_leg_that_was_sent_and_aborted_is_given_up_for_good_before_its_rival_is_sent()
    {
        Believe("1");
        var legs = await PlaceAsync(GroupKind.Oco, _world.PriceTerms(TriggerDirection.Gt, "1") with { SlippageBps = 10 },
            _world.PriceTerms(TriggerDirection.Lt, "0.5"));
        await _world.SweepAsync();
        await _world.ExecuteAsync();
        await Pools.MoveAsync(_world, 2); // below its min amount out by the time of its block
        await _world.MineAsync();
        var first = await _world.ReadAsync(legs[0]);
        (first.Order.Slices[0].Status, first.Attempts.Single().Status,
            (await SlotAsync(legs)).Leg).ShouldBe((SliceStatus.Waiting, OutgoingStatus.Reverted, 1));

        Believe("0.4"); // the stop is due, and the take-profit that was sent is not any more
        _world.Time.Advance(TimeSpan.FromSeconds(30));
        await _world.SweepAsync();
        await _world.ExecuteAsync();
        first = await _world.ReadAsync(legs[0]);
        (first.Order.Slices[0].EndAs, first.Order.Slices[0].Reason,
            (await SlotAsync(legs)).Leg).ShouldBe((SliceStatus.Cancelled, "other_leg_due", 1));
        (await _world.ReadAsync(legs[1])).Order.Slices[0].WasSent.ShouldBeFalse();
        await _world.BeatAsync(); // the spend
        (await StatusAsync(legs)).ShouldBe([OrderStatus.Cancelled, OrderStatus.Open]);
        (await _world.ReadAsync(legs[0])).Order.Reason.ShouldBe("other_leg_due");
        (await SlotAsync(legs)).Leg.ShouldBeNull();
        await _world.BeatAsync();
        (await StatusAsync(legs)).ShouldBe([OrderStatus.Cancelled, OrderStatus.Completed]);
        (await _world.EventsAsync(legs[1])).ShouldContain("leg_released");
        await SwappedAsync(1);
    }

    [Fact]
    public async Task A_group_that_is_cancelled_while_a_leg_is_in_flight_says_which_one_may_still_be_swapped()
    {
        var legs = await PlaceAsync(GroupKind.Oco, _world.Terms(), _world.PriceTerms(TriggerDirection.Gt, "1000000"));
        var other = await _world.CreateAsync(_world.Terms(SliceTrigger.Manual));
        await _world.SweepAsync();
        await _world.ExecuteAsync();
        var all =
            (await _world.Get<CancelAllOrders>().HandleAsync(new OrderFilter(GroupId: legs[0].Terms.GroupId), Owner, default)).Value.Orders;
        all.Single(one => one.Uuid == legs[0].Terms.Uuid).Done.Error.ShouldBeOfType<OrderError.InFlight>();
        all.Single(one => one.Uuid == legs[1].Terms.Uuid).Done.Error.ShouldBeNull();
        all.Count.ShouldBe(2);
        await _world.MineAsync();
        (await StatusAsync(legs)).ShouldBe([OrderStatus.Completed, OrderStatus.Cancelled]);
        (await _world.ReadAsync(other)).Order.Status.ShouldBe(OrderStatus.Open);
    }

    [Fact]
    public async Task Another_engine_goes_on_with_a_group_where_the_first_has_stopped()
    {
        var legs = await PlaceAsync(GroupKind.Oco, _world.Terms(), _world.Terms());
        await _world.SweepAsync();
        await _world.Get<ExecutionWorker>().TickAsync(default);
        await _world.DisposeAsync();
        _world = await EngineWorld.StartAsync(_database.ConnectionString, time: _world.Time);
        await _world.BeatAsync();
        await _world.BeatAsync();
        (await StatusAsync(legs)).ShouldBe([OrderStatus.Completed, OrderStatus.Cancelled], ignoreOrder: true);
        await SwappedAsync(1);
    }

    [Fact]
    public async Task A_leg_without_funds_takes_no_slot_and_both_together_need_them_once()
    {
        var wallet = new OwnWallet(_world, 1);
        var legs = await PlaceAsync(GroupKind.Oco, wallet.Sign, wallet.Terms(1_000), wallet.Terms(1_000));
        await _world.BeatAsync();
        (await OfAsync(legs)).ShouldAllBe(leg => leg.Order.Slices[0].Reason == "insufficient_balance" && !leg.Order.Slices[0].WasSent);
        (await SlotAsync(legs)).Leg.ShouldBeNull();
        await wallet.FundAsync(1_000);
        _world.Time.Advance(TimeSpan.FromMinutes(2));
        await _world.BeatAsync();
        (await StatusAsync(legs)).ShouldBe([OrderStatus.Completed, OrderStatus.Cancelled], ignoreOrder: true);
        (await _world.ScalarAsync("SELECT sum(in_flight) FROM holds")).ShouldBe(0);
    }

    [Fact]
    public async Task The_second_leg_waits_until_the_first_is_swapped_whoever_asks_for_it()
    {
        var legs = await PlaceAsync(GroupKind.Oto, _world.Terms(SliceTrigger.Manual), _world.Terms());
        await _world.BeatAsync();
        var second = await _world.ReadAsync(legs[1]);
        (WaitingOf(second), second.Order.Slices[0].Reason).ShouldBe((WaitingFor.Leg, "waits_for_leg"));
        (await _world.Get<ExplainOrder>()
            .HandleAsync(second, default)).Sentence.ShouldBe($"It waits until leg 1 of its group, order {legs[0].Terms.Uuid}, is swapped.");
        (await ExecuteAsync(legs[1])).Error!.Code.ShouldBe("waits_for_leg");
        (await _world.Get<PauseOrder>().HandleAsync(legs[1].Terms.Uuid, Owner, default)).Error.ShouldBeNull();
        (await _world.Get<ResumeOrder>().HandleAsync(legs[1].Terms.Uuid, Owner, default)).Error.ShouldBeNull();
        await _world.BeatAsync();
        WaitingOf(await _world.ReadAsync(legs[1])).ShouldBe(WaitingFor.Leg);
        await SwappedAsync(0);

        (await ExecuteAsync(legs[0])).Error.ShouldBeNull();
        await _world.MineAsync();
        await _world.BeatAsync();
        (await StatusAsync(legs)).ShouldBe([OrderStatus.Completed, OrderStatus.Completed]);
        await SwappedAsync(2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_waits_for_a_leg_that_ends_without_a_swap_ends_too(bool isCancelled)
    {
        var legs = await PlaceAsync(GroupKind.Bracket,
            _world.Terms(SliceTrigger.Manual) with { ValidTo = _world.Time.GetUtcNow().AddSeconds(5) }, _world.Terms(),
            _world.Terms(SliceTrigger.Manual));
        if (isCancelled) (await CancelAsync(legs[0])).Error.ShouldBeNull();
        _world.Time.Advance(TimeSpan.FromSeconds(6));
        await _world.BeatAsync();
        (await StatusAsync(legs)).ShouldBe(
            [isCancelled ? OrderStatus.Cancelled : OrderStatus.Expired, OrderStatus.Cancelled, OrderStatus.Cancelled]);
        (await OfAsync(legs)).Skip(1).ShouldAllBe(leg => leg.Order.Reason == "first_leg_unfilled");
    }

    [Fact]
    public async Task The_exits_of_a_bracket_begin_with_its_entry_s_swap_and_one_ends_the_other()
    {
        Believe("1");
        var legs = await PlaceAsync(GroupKind.Bracket, _world.PriceTerms(TriggerDirection.Lt, "0.9"),
            _world.PriceTerms(TriggerDirection.Gt, "1.2"), _world.PriceTerms(TriggerDirection.Lt, "0.8"));
        Believe("0.7"); // entry and stop at once
        await _world.BeatAsync();
        (await StatusAsync(legs)).ShouldBe([OrderStatus.Completed, OrderStatus.Open, OrderStatus.Open]);
        Believe("1.3");
        await _world.BeatAsync();
        (await StatusAsync(legs)).ShouldBe([OrderStatus.Completed, OrderStatus.Completed, OrderStatus.Cancelled]);
        await SwappedAsync(2);
    }

    [Fact]
    public async Task A_leg_whose_uuid_somebody_else_has_used_ends_its_rival_since_it_may_have_sold()
    {
        var legs = await PlaceAsync(GroupKind.Oco, _world.PriceTerms(TriggerDirection.Gt, "1000000"),
            _world.PriceTerms(TriggerDirection.Lt, "0.5"));
        await _world.ScalarAsync(
            $"WITH used AS (INSERT INTO simulator.used_uuids (uuid, tx_id) VALUES ('{legs[1].Terms.Uuid}', 'somebody')) SELECT 0");
        Believe("0.4");
        await _world.BeatAsync();
        (await StatusAsync(legs)).ShouldBe([OrderStatus.Cancelled, OrderStatus.Failed]);
        (await OfAsync(legs)).Select(leg => leg.Order.Reason).ShouldBe(["other_leg_used", "intent_already_used"]);
    }

    [Fact]
    public async Task The_same_group_again_is_what_is_stored_and_another_of_its_id_is_refused()
    {
        OrderTerms[] terms = [_world.Terms(SliceTrigger.Manual), _world.Terms(SliceTrigger.Manual)];
        var legs = await PlaceAsync(GroupKind.Oco, terms);
        (await PlaceAsync(GroupKind.Oco, terms)).Select(leg => leg.CreatedAt).ShouldBe(legs.Select(leg => leg.CreatedAt));
        var id = legs[0].Terms.GroupId!.Value;
        (await TryPlaceAsync(GroupKind.Oto, id, _world.Sign, terms)).Refused!.Why.ShouldBe(new OrderError.Exists("groupId"));
        (await TryPlaceAsync(GroupKind.Oco, id, _world.Sign, terms[0], _world.Terms())).Refused.ShouldNotBeNull();
        (await _world.TryCreateAsync(terms[0])).Error.ShouldBe(new OrderError.Exists("groupId"));
        (await _world.ScalarAsync("SELECT count(*) FROM orders")).ShouldBe(2);
        (await _world.Get<ReplaceOrder>()
            .HandleAsync(terms[0].Uuid, NewOrder.Signed(terms[1] with { Uuid = OrderUuid.New() }, default, null, "charisma", null), Owner,
                default)).Error.ShouldNotBeNull();
        var fresh = _world.Terms();
        (await _world.Get<ReplaceOrder>()
            .HandleAsync(terms[0].Uuid, NewOrder.Signed(fresh, _world.Sign(fresh), null, "charisma", null), Owner,
                default)).Error!.Code.ShouldBe("order_in_group");
    }

    [Fact]
    public async Task A_leg_whose_terms_are_signed_is_signed_with_its_group()
    {
        var id = Guid.NewGuid();
        OrderTerms[] legs = [.. Enumerable.Range(1, 2).Select(leg => _world.Terms() with { GroupId = id, Leg = leg })];
        foreach (var wrong in (Func<OrderTerms, OrderTerms>[])[leg => leg with { GroupId = null, Leg = null },
            leg => leg with { Leg = 3 - leg.Leg }, leg => leg with { GroupId = Guid.NewGuid() }])
        {
            var refused = (await PlaceAsync(leg => Over(wrong(leg), 2))).Refused.ShouldNotBeNull();
            (refused.At, refused.Why.Code).ShouldBe((0, "invalid_terms_signature"));
        }
        (await PlaceAsync(leg => Over(leg, 1))).Refused!.Why.Code.ShouldBe("invalid_terms_signature"); // which leaves the group open
        var (stored, no) = await PlaceAsync(leg => Over(leg, 2));
        no.ShouldBeNull();
        stored.ShouldAllBe(leg => leg.IsTermsBound);
        await _world.BeatAsync();
        (await StatusAsync([.. stored])).ShouldBe([OrderStatus.Completed, OrderStatus.Cancelled], ignoreOrder: true);

        Task<(IReadOnlyList<Order> Stored, RefusedOrder? Refused)> PlaceAsync(Func<OrderTerms, Stacks.Crypto.RecoverableSignature> over) =>
            _world.Get<PlaceOrders>()
                .TogetherAsync([.. legs.Select(leg => NewOrder.Signed(leg, _world.Sign(leg), over(leg), "charisma", null))],
                    new GroupSlot(id, GroupKind.Oco), default);

        Stacks.Crypto.RecoverableSignature Over(OrderTerms terms, int version)
        {
            var hash = new byte[32];
            TermsSignatures.HashOf(terms, hash, version);
            return Stacks.Crypto.Secp256k1.Sign(hash, _world.Key);
        }
    }

    [Fact]
    public async Task A_change_of_a_leg_that_waits_for_another_lets_it_wait_on()
    {
        Believe("1");
        var legs = await PlaceAsync(GroupKind.Oto, _world.Terms(SliceTrigger.Manual), _world.PriceTerms(TriggerDirection.Lt, "0.5"));
        (await _world.Get<AmendTerms>()
            .HandleAsync(legs[1].Terms.Uuid, Owner, new TermsChanges { TargetPrice = Price.Parse("2") }, null, null,
                default)).Error.ShouldBeNull();
        await _world.BeatAsync();
        WaitingOf(await _world.ReadAsync(legs[1])).ShouldBe(WaitingFor.Leg);
        (await ExecuteAsync(legs[0])).Error.ShouldBeNull();
        await _world.MineAsync();
        await _world.BeatAsync();
        (await StatusAsync(legs)).ShouldBe([OrderStatus.Completed, OrderStatus.Completed]);
    }

    [Fact]
    public async Task What_the_legs_of_an_account_sell_is_set_aside_once_and_the_rest_comes_back()
    {
        var account = await _world.OpenAccountAsync(1_000);
        var legs = await OfAccountAsync(account, (900, false), (700, true));
        await HasAsync(reserved: 900, available: 100);
        (await TryOfAccountAsync(account, (101, true),
            (50, true))).Refused!.Why.ShouldBeOfType<OrderError.InsufficientBalance>().Missing.ShouldBe(new TokenAmount(1));
        await _world.BeatAsync();
        (await StatusAsync(legs)).ShouldBe([OrderStatus.Cancelled, OrderStatus.Completed]);
        await HasAsync(reserved: 0, available: 300);
        (await _world.EntriesAsync(account)).Select(entry => $"{entry.Kind} {entry.Amount}")
            .ShouldBe(["reserved 900", "started 700", "spent 700", "returned 200"]);
        await _world.CheckLedgerAsync();

        var other = await OfAccountAsync(account, (300, false), (300, false));
        (await CancelAsync(other[0])).Error.ShouldBeNull();
        await HasAsync(reserved: 300, available: 0); // the other leg needs it still
        (await CancelAsync(other[1])).Error.ShouldBeNull();
        await HasAsync(reserved: 0, available: 300);
        await _world.CheckLedgerAsync();

        async Task HasAsync(ulong reserved, ulong available)
        {
            var funds = await _world.FundsAsync(account);
            (funds.Reserved, funds.Available).ShouldBe((new TokenAmount(reserved), new TokenAmount(available)));
        }
    }

    [Fact]
    public async Task What_a_later_leg_of_an_account_sells_is_set_aside_when_the_first_is_swapped()
    {
        var account = await _world.OpenAccountAsync(1_000);
        var legs = await OfAccountAsync(GroupKind.Oto, account, Sells(400), Sells(500));
        (await ReservedAsync(account), WaitingOf((await OfAsync(legs))[1])).ShouldBe((400, WaitingFor.Leg));
        await _world.BeatAsync();
        (await StatusAsync(legs)).ShouldBe([OrderStatus.Completed, OrderStatus.Open]);
        (await ReservedAsync(account), (await _world.FundsAsync(account)).Available.ToString()).ShouldBe((500, "100"));
        await _world.BeatAsync();
        (await StatusAsync(legs)).ShouldBe([OrderStatus.Completed, OrderStatus.Completed]);
        (await _world.EntriesAsync(account)).Select(
            entry => $"{entry.Kind} {entry.Amount} {Array.FindIndex(legs, leg => leg.Id == entry.OrderId) + 1}")
            .ShouldBe(["reserved 400 1", "started 400 1", "spent 400 1", "reserved 500 2", "started 500 2", "spent 500 2"]);
        await _world.CheckLedgerAsync();

        var unfilled =
            await OfAccountAsync(GroupKind.Bracket, account, Sells(60) with { Trigger = SliceTrigger.Manual }, Sells(100), Sells(100));
        (await CancelAsync(unfilled[0])).Error.ShouldBeNull();
        (await StatusAsync(unfilled)).ShouldBe([OrderStatus.Cancelled, OrderStatus.Cancelled, OrderStatus.Cancelled]);
        (await ReservedAsync(account)).ShouldBe(0);
        await _world.CheckLedgerAsync();
    }

    [Fact]
    public async Task A_later_leg_waits_for_what_its_account_lacks_and_not_for_ever()
    {
        var account = await _world.OpenAccountAsync(1_000);
        var legs = await OfAccountAsync(GroupKind.Oto, account, Sells(400), Sells(700));
        await _world.BeatAsync();
        var lacks = (await OfAsync(legs))[1];
        (WaitingOf(lacks), lacks.Order.Slices[0].Reason, lacks.Order.Slices[0].IsArmed,
            await ReservedAsync(account)).ShouldBe((WaitingFor.Funds, OrderGroup.LegUnfunded, false, 0));
        (await _world.Get<ExplainOrder>()
            .HandleAsync(lacks, default)).Sentence.ShouldStartWith("Its turn has come, and what it sells is not set aside yet");
        (await ExecuteAsync(legs[1])).Error!.Code.ShouldBe(OrderGroup.LegUnfunded);
        await _world.FundAsync(account, 100);
        await _world.BeatAsync();
        (await ReservedAsync(account)).ShouldBe(0); // it is looked at again after a pause
        _world.Time.Advance(TimeSpan.FromSeconds(6));
        await _world.BeatAsync();
        (await ReservedAsync(account)).ShouldBe(700);
        await _world.BeatAsync();
        (await StatusAsync(legs)).ShouldBe([OrderStatus.Completed, OrderStatus.Completed]);

        await _world.FundAsync(account, 100);
        var poor = await OfAccountAsync(GroupKind.Bracket, account, Sells(100), Sells(1), Sells(50));
        await _world.BeatAsync();
        _world.Time.Advance(TimeSpan.FromDays(8));
        await _world.BeatAsync();
        (await StatusAsync(poor)).ShouldBe([OrderStatus.Completed, OrderStatus.Cancelled, OrderStatus.Cancelled]);
        (await _world.ReadAsync(poor[1])).Order.Reason.ShouldBe(OrderGroup.LegUnfunded);
        await _world.CheckLedgerAsync();
    }

    [Fact]
    public async Task Later_legs_sell_all_that_the_first_bought_by_calls_of_their_account()
    {
        var account = await _world.OpenAccountAsync(1_000_000);
        OrderTerms[] wanted = [Sells(1_000_000) with { Recipient = Principal.From(account.Address) }, SellsStx(1),
            SellsStx(1) with { Trigger = SliceTrigger.Manual }];
        var legs = await OfAccountAsync(GroupKind.Bracket, account, sellsAll: true, wanted);
        legs.Select(leg => leg.Funding).ShouldBe([FundingKind.Managed, FundingKind.Called, FundingKind.Called]);
        await _world.BeatAsync();
        var bought = (await _world.ReadAsync(legs[0])).Order.Paid;
        (await _world.ScalarAsync($"SELECT reserved::bigint FROM reservations WHERE order_id = '{legs[0].Id}' AND token = '{TokenId.Stx}'")).ShouldBe((long)(ulong)bought.Units);
        (await OfAsync(legs)).Skip(1).ShouldAllBe(leg => leg.Order.Terms.AmountIn == bought && leg.Order.Slices[0].AmountIn == bought);
        (await _world.ScalarAsync($"SELECT count(*) FROM order_events WHERE order_id = '{legs[1].Id}' AND kind = 'leg_released' AND detail->>'amountIn' = '{bought}'")).ShouldBe(1);
        // the same again, though more is sold by now
        (await TryOfAccountAsync(GroupKind.Bracket, account, sellsAll: true, wanted)).Stored.Count.ShouldBe(3);
        await _world.BeatAsync();
        (await StatusAsync(legs)).ShouldBe([OrderStatus.Completed, OrderStatus.Completed, OrderStatus.Cancelled]);
        (await _world.ScalarAsync(
            $"SELECT count(*) FROM reservations WHERE order_id = '{legs[0].Id}' AND spent = initial AND reserved = 0")).ShouldBe(2);
        await _world.CheckLedgerAsync();

        OrderTerms SellsStx(ulong expected) => Sells(expected) with { SellToken = TokenId.Stx, BuyToken = _world.Sell };
    }

    private OrderTerms Sells(ulong amount) => _world.Terms() with { AmountIn = new TokenAmount(amount) };

    private async Task<long> ReservedAsync(ManagedAccount account) => (long)(ulong)(await _world.FundsAsync(account)).Reserved.Units;

    private async Task<Order[]> OfAccountAsync(GroupKind kind, ManagedAccount account, params OrderTerms[] legs) =>
        await OfAccountAsync(kind, account, sellsAll: false, legs);

    private async Task<Order[]> OfAccountAsync(GroupKind kind, ManagedAccount account, bool sellsAll, OrderTerms[] legs)
    {
        var (stored, refused) = await TryOfAccountAsync(kind, account, sellsAll, legs);
        refused.ShouldBeNull();
        return [.. stored];
    }

    private Task<(IReadOnlyList<Order> Stored, RefusedOrder? Refused)> TryOfAccountAsync(
        GroupKind kind, ManagedAccount account, bool sellsAll, OrderTerms[] legs)
    {
        var id = legs[0].Uuid.Key;
        return _world.Get<PlaceOrders>().TogetherAsync(
            [.. legs.Select((one, at) =>
                new NewOrder(one with { GroupId = id, Leg = at + 1 }, new OrderFunding.FromAccount(account), OrderPlan.OneSwap, "charisma",
                    null))], new GroupSlot(id, kind, sellsAll), default);
    }

    private async Task<Order[]> OfAccountAsync(ManagedAccount account, params (ulong Amount, bool IsDue)[] legs)
    {
        var (stored, refused) = await TryOfAccountAsync(account, legs);
        refused.ShouldBeNull();
        return [.. stored];
    }

    private Task<(IReadOnlyList<Order> Stored, RefusedOrder? Refused)> TryOfAccountAsync(
        ManagedAccount account, params (ulong Amount, bool IsDue)[] legs)
    {
        var terms = legs.Select(leg =>
            (leg.IsDue
                ? _world.Terms()
                : _world.PriceTerms(TriggerDirection.Gt, "1000000")) with { AmountIn = new TokenAmount(leg.Amount) }).ToArray();
        var id = terms[0].Uuid.Key;
        return _world.Get<PlaceOrders>().TogetherAsync(
            [.. terms.Select((one, at) =>
                new NewOrder(one with { GroupId = id, Leg = at + 1 }, new OrderFunding.FromAccount(account), OrderPlan.OneSwap, "charisma",
                    null))], new GroupSlot(id, GroupKind.Oco), default);
    }

    [Fact]
    public async Task Whoever_changes_a_leg_has_all_legs_their_slices_and_the_slot_locked()
    {
        var legs = await PlaceAsync(GroupKind.Bracket, _world.Terms(SliceTrigger.Manual), _world.Terms(), _world.Terms());
        var (alone, id) = (await _world.CreateAsync(_world.Terms(SliceTrigger.Manual)), legs[0].Terms.GroupId);
        await using var db = await _world.Get<IDbContextFactory<OrdersDb>>().CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        (await db.LockOrdersAsync([legs[1].Id], default)).Keys.ShouldBe([legs[1].Id]);
        string[] held = [.. legs.SelectMany(leg => (string[])[$"orders WHERE id = '{leg.Id}'", $"slices WHERE order_id = '{leg.Id}'"]),
            $"group_slots WHERE group_id = '{id}'"];
        foreach (var rows in held)
        {
            (await Should.ThrowAsync<PostgresException>(() =>
                _world.ScalarAsync($"SELECT count(*) FROM (SELECT 1 FROM {rows} FOR NO KEY UPDATE NOWAIT) AS held"))).SqlState.ShouldBe(
                    PostgresErrorCodes.LockNotAvailable);
        }
        (await _world.ScalarAsync(
            $"SELECT count(*) FROM (SELECT 1 FROM orders WHERE id = '{alone.Id}' FOR NO KEY UPDATE NOWAIT) AS free")).ShouldBe(1);
    }

    private Caller Owner => new(_world.Owner, Message: null, Key: null);

    private void Believe(string usd) =>
        _world.SetPrice(_world.Get<OrderService.Engine.Pricing.PriceBoard>().PricedAs(_world.Sell), Price.Parse(usd));

    private Task<Order[]> PlaceAsync(GroupKind kind, params OrderTerms[] terms) => PlaceAsync(kind, _world.Sign, terms);

    private async Task<Order[]> PlaceAsync(
        GroupKind kind, Func<OrderTerms, Stacks.Crypto.RecoverableSignature> sign, params OrderTerms[] terms)
    {
        var (stored, refused) = await TryPlaceAsync(kind, terms[0].Uuid.Key, sign, terms);
        refused.ShouldBeNull();
        return [.. stored];
    }

    private Task<(IReadOnlyList<Order> Stored, RefusedOrder? Refused)> TryPlaceAsync(
        GroupKind kind, Guid id, Func<OrderTerms, Stacks.Crypto.RecoverableSignature> sign, params OrderTerms[] terms) =>
            _world.Get<PlaceOrders>().TogetherAsync(
                [.. terms.Select((one, at) => one with { GroupId = id, Leg = at + 1 })
                    .Select(one => NewOrder.Signed(one, sign(one), null, "charisma", null))], new GroupSlot(id, kind), default);

    private Task<Result<Order>> CancelAsync(Order order) => _world.Get<CancelOrder>().HandleAsync(order.Terms.Uuid, Owner, default);

    private Task<Result<string>> ExecuteAsync(Order order) => _world.Get<ExecuteOrder>().HandleAsync(order.Terms.Uuid, Owner, default);

    private async Task<GroupSlot> SlotAsync(Order[] legs) =>
        (await _world.Get<FindGroup>().HandleAsync(legs[0].Terms.GroupId!.Value, default))!.Slot;

    private async Task<IReadOnlyList<OrderView>> OfAsync(Order[] legs) =>
        (await _world.Get<FindGroup>().HandleAsync(legs[0].Terms.GroupId!.Value, default))!.Legs;

    private async Task<OrderStatus[]> StatusAsync(Order[] legs) => [.. (await OfAsync(legs)).Select(leg => leg.Order.Status)];

    private static WaitingFor? WaitingOf(OrderView view) => WaitingForOrder.Of(view.Order, view.ReadAt);

    private async Task SwappedAsync(int count) => (await _world.ScalarAsync("SELECT count(*) FROM simulator.swaps")).ShouldBe(count);
}
