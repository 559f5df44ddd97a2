using Microsoft.Extensions.DependencyInjection;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Domain.Scheduling;
using OrderService.Engine.Accounts;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;
using OrderService.Tests.Engine;
using OrderService.Tests.Ground;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Accounts;

/// <summary>Managed orders from their reservation to their end, over a real database and the simulated chain.</summary>
public sealed class ManagedOrderTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task S12_Forty_orders_of_a_thousand_parts_have_forty_open_slices_and_no_row_for_a_part_to_come()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var account = await world.OpenAccountAsync(1_000_000_000);
        for (var i = 0; i < 40; i++) (await world.TryCreateManagedAsync(account, 1_000_000, parts: 1_000)).Error.ShouldBeNull();
        (await world.ScalarAsync($"SELECT count(*) FROM slices s JOIN orders o ON o.id = s.order_id WHERE o.account = '{account.Address}'")).ShouldBeInRange(1, 40);
    }

    [Fact]
    public async Task The_parts_of_a_managed_order_are_signed_by_its_account_and_pay_its_owner()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var account = await world.OpenAccountAsync(1_000_000);
        var order = (await world.TryCreateManagedAsync(account, 900_001, parts: 3)).Value;
        (await world.FundsAsync(account)).ShouldBe(new AccountFunds(new(1_000_000), new(900_001), TokenAmount.Zero));
        for (var i = 0; i < 3; i++) await world.BeatAsync();
        var view = await world.ReadAsync(order);
        view.Order.Status.ShouldBe(OrderStatus.Completed, view.Order.Slices[0].Reason);
        view.Order.Slices.Select(s => (int)s.AmountIn.Units).ShouldBe([300_000, 300_000, 300_001]);
        (await world.FundsAsync(account)).ShouldBe(new AccountFunds(new(99_999), TokenAmount.Zero, TokenAmount.Zero));
        (await world.ScalarAsync(
            $"SELECT count(*) FROM simulator.swaps WHERE owner = '{account.Address}' AND recipient = '{world.Owner}'")).ShouldBe(3);
        (await world.EntriesAsync(account)).Select(e => e.Kind)
            .ShouldBe(["reserved", "started", "spent", "started", "spent", "started", "spent"]);
        (await world.CheckLedgerAsync()).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task More_orders_at_once_than_there_are_connections_wait_for_none_while_they_hold_one()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString, settings: ("Store:Connections", "6"));
        var accounts = new List<ManagedAccount>();
        while (accounts.Count < 12) accounts.Add(await world.OpenAccountAsync(1_000));
        var placed = await Task.WhenAll(
            Enumerable.Range(0, 48).Select(i => Task.Run(() => world.TryCreateManagedAsync(accounts[i % accounts.Count], 100))));
        placed.ShouldAllBe(order => order.Error == null);
        foreach (var account in accounts) (await world.FundsAsync(account)).Available.ShouldBe(new TokenAmount(600));
    }

    [Fact]
    public async Task Not_enough_balance_is_a_refusal_that_says_how_much_is_missing_and_stores_nothing()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var account = await world.OpenAccountAsync(1_000);
        (await world.TryCreateManagedAsync(account, 700)).Error.ShouldBeNull();
        var refused = (await world.TryCreateManagedAsync(account, 301)).Error.ShouldBeOfType<OrderError.InsufficientBalance>();
        (refused.Available, refused.Required, refused.Missing).ShouldBe((new(300), new(301), new(1)));
        (await world.ScalarAsync($"SELECT count(*) FROM orders WHERE account = '{account.Address}'")).ShouldBe(1);
        (await world.TryCreateManagedAsync(account, 300)).Error.ShouldBeNull();
        (await world.FundsAsync(account)).Available.ShouldBe(TokenAmount.Zero);
    }

    [Fact]
    public async Task Of_many_creates_at_once_on_two_nodes_only_those_that_the_balance_covers_win()
    {
        await using var one = await EngineWorld.StartAsync(database.ConnectionString);
        await using var two = await EngineWorld.StartAsync(database.ConnectionString);
        for (var round = 0; round < 10; round++)
        {
            var account = await one.OpenAccountAsync(1_000);
            var pair = await Task.WhenAll(one.TryCreateManagedAsync(account, 600), two.TryCreateManagedAsync(account, 600));
            pair.Count(r => r.Error is null).ShouldBe(1);
            pair.Single(r => r.Error is not null).Error.ShouldBe(new OrderError.InsufficientBalance(new(400), new(600)));
        }
        var busy = await one.OpenAccountAsync(1_000);
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? one : two).TryCreateManagedAsync(busy, 100)));
        answers.Count(a => a.Error is null).ShouldBe(10);
        answers.Where(a => a.Error is not null).ShouldAllBe(a => a.Error is OrderError.InsufficientBalance);
        await one.CheckLedgerAsync();
    }

    [Fact]
    public async Task What_a_swap_takes_while_a_balance_is_read_is_taken_off_it_once()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString, services => services.AddCountingRouter());
        var account = await world.OpenAccountAsync(1_000_000);
        var reads = 0;
        world.Get<CountingRouter>().WhileBalancesTravel = async () =>
        {
            if (reads++ == 0) await world.MineAsync(); // what was sent before settles, and is in no balance that was read before
        };
        await SendAsync(400_000);
        (await world.TryCreateManagedAsync(account, 500_000)).Error.ShouldBeNull("600,000 are there at worst");
        reads.ShouldBe(1);
        await SendAsync(100_000);
        // At worst there is nothing; what there is, is known when it is read again.
        (await world.TryCreateManagedAsync(account, 1)).Error.ShouldBe(new OrderError.InsufficientBalance(new(0), new(1)));
        reads.ShouldBe(2);
        await world.CheckLedgerAsync();

        async Task SendAsync(ulong amount)
        {
            reads = 1;
            (await world.TryCreateManagedAsync(account, amount)).Error.ShouldBeNull();
            await world.SweepAsync();
            await world.ExecuteAsync();
            reads = 0;
        }
    }

    [Fact]
    public async Task The_same_order_again_is_the_stored_one_and_reserves_nothing_twice()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var account = await world.OpenAccountAsync(1_000);
        var uuid = OrderUuid.New();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(_ => world.TryCreateManagedAsync(account, 600, parts: 2, more: t => t with { Uuid = uuid })));
        answers.ShouldAllBe(a => a.Error == null && a.Value.Id == uuid.Key);
        (await world.FundsAsync(account)).Reserved.ShouldBe(new TokenAmount(600));
        (await world.TryCreateManagedAsync(account, 601, parts: 2, more: t => t with { Uuid = uuid })).Error.ShouldBe(
            new OrderError.Exists("amountIn"));
    }

    [Fact]
    public async Task Cancel_and_expiry_return_the_rest()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var account = await world.OpenAccountAsync(1_000_000);
        var cancelled = (await world.TryCreateManagedAsync(account, 400_000,
            schedule: new Schedule.FixedInterval(4, Interval.Of(1, IntervalUnit.Hour)))).Value;
        var expired = (await world.TryCreateManagedAsync(account, 300_000,
            schedule: new Schedule.FixedInterval(3, Interval.Of(1, IntervalUnit.Hour)),
            more: t => t with { ValidTo = world.Time.GetUtcNow().AddMinutes(30) })).Value;
        await world.BeatAsync();
        (await world.Get<CancelOrder>()
            .HandleAsync(cancelled.Terms.Uuid, new Caller(world.Owner, null, null), default)).Error.ShouldBeNull();
        world.Time.Advance(TimeSpan.FromHours(1));
        await world.BeatAsync();
        (await world.ReadAsync(expired)).Order.Status.IsTerminal().ShouldBeTrue();
        (await world.FundsAsync(account)).ShouldBe(new AccountFunds(new(800_000), TokenAmount.Zero, TokenAmount.Zero));
        (await world.ScalarAsync($"SELECT returned::bigint FROM reservations WHERE order_id = '{cancelled.Id}'")).ShouldBe(300_000);
        (await world.ScalarAsync($"SELECT returned::bigint FROM reservations WHERE order_id = '{expired.Id}'")).ShouldBe(200_000);
        await world.CheckLedgerAsync();
    }

    [Fact]
    public async Task Funds_that_are_gone_are_a_reason_on_the_waiting_slice_and_it_goes_on_when_they_are_back()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var account = await world.OpenAccountAsync(1_000_000);
        var order = (await world.TryCreateManagedAsync(account, 1_000_000)).Value;
        // as a reorg would
        await world.ScalarAsync($"WITH u AS (UPDATE simulator.accounts SET balance = 999999 WHERE address = '{account.Address}' RETURNING 1) SELECT count(*) FROM u");
        await world.BeatAsync();
        world.Time.Advance(TimeSpan.FromSeconds(3));
        await world.BeatAsync();
        var slice = (await world.ReadAsync(order)).Order.Slices[0];
        (slice.Status, slice.Reason, slice.AttemptsUsed, slice.IsArmed).ShouldBe((SliceStatus.Waiting, "insufficient_balance", 0, true));
        (await world.EventsAsync(order)).Count(k => k == OrderEventKinds.BackedOff).ShouldBe(1);
        await world.FundAsync(account, 1);
        world.Time.Advance(TimeSpan.FromMinutes(2));
        await world.BeatAsync();
        (await world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Completed);
    }

    [Fact]
    public async Task An_aborted_swap_gives_its_part_back_and_the_next_try_has_the_same_uuid()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var account = await world.OpenAccountAsync(1_000_000);
        var order = (await world.TryCreateManagedAsync(account, 1_000_000)).Value;
        await world.SweepAsync();
        await world.ExecuteAsync();
        (await world.ScalarAsync($"SELECT in_flight::bigint FROM reservations WHERE order_id = '{order.Id}'")).ShouldBe(1_000_000);
        await world.ScalarAsync($"WITH u AS (UPDATE simulator.accounts SET balance = 5 WHERE address = '{account.Address}' RETURNING 1) SELECT count(*) FROM u");
        await world.MineAsync();
        (await world.ScalarAsync($"SELECT in_flight::bigint FROM reservations WHERE order_id = '{order.Id}'")).ShouldBe(0);
        (await world.ReadAsync(order)).Order.Slices[0].Reason.ShouldBe("insufficient_balance");
        await world.FundAsync(account, 999_995);
        world.Time.Advance(TimeSpan.FromSeconds(10));
        await world.BeatAsync();
        var view = await world.ReadAsync(order);
        (view.Order.Status, view.Attempts.Count).ShouldBe((OrderStatus.Completed, 2));
        (await world.EntriesAsync(account)).Select(e => e.Kind).ShouldBe(["reserved", "started", "given_back", "started", "spent"]);
        (await world.ScalarAsync($"SELECT count(*) FROM simulator.used_uuids WHERE uuid = '{view.Order.Slices[0].IntentUuid}'")).ShouldBe(
            1);
    }

    [Fact]
    public async Task A_managed_order_pays_nobody_but_its_owner_and_is_nobody_elses()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var account = await world.OpenAccountAsync(1_000_000);
        var stranger = PrivateKey.Generate().PublicKey().ToAddress(StacksNetwork.Testnet);
        (await world.TryCreateManagedAsync(account, 1, more: t => t with { Recipient = Principal.From(stranger) })).Error!.Code.ShouldBe(
            "foreign_recipient");
        (await world.TryCreateManagedAsync(account, 1,
            more: t => t with { Recipient = Principal.From(account.Address) })).Error.ShouldBeNull("the account can send on what it buys");
        (await world.TryCreateManagedAsync(account, 1, more: t => t with { Owner = stranger })).Error!.Code.ShouldBe("wrong_wallet");
        // Without the use case in front, the store's own gate says the same.
        var terms = world.Terms() with { Owner = stranger, Recipient = Principal.From(stranger), AmountIn = new TokenAmount(1) };
        var plan = new SchedulePlan { Schedule = new Schedule.Immediate(1), Attempts = new AttemptsBudget(1) };
        var taken = new ManagedAccount(account.Id, stranger, account.Name, account.Address, account.CreatedAt);
        var bare = await world.Get<PlaceOrder>()
            .HandleAsync(new NewOrder(terms, new OrderFunding.FromAccount(taken), new OrderPlan.Parts(plan), "panora", null), default);
        bare.Error.ShouldBeOfType<OrderError.NotFound>();
        var subnet =
            world.Get<OrderService.Engine.Pricing.TokenRegistry>().All.First(t => t.Type == TokenType.Subnet && t.Id != world.Sell).Id;
        (await world.TryCreateManagedAsync(account, 1_000,
            more: t => t with { Recipient = Principal.From(account.Address), BuyToken = subnet })).Error.ShouldBeNull();
        (await world.ScalarAsync($"SELECT count(*) FROM orders WHERE recipient = '{stranger}'")).ShouldBe(0);
    }

    [Fact]
    public async Task An_account_signs_for_the_router_and_its_owner_only()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var account = await world.OpenAccountAsync();
        var keys = world.Get<AccountKeys>();
        TransferIntent To(Principal target, uint? chain = null) =>
            new(world.SellContract(), 5, target, Guid.NewGuid().ToString(), chain ?? StacksNetwork.Testnet.ChainId);
        foreach (var target in (Principal[])[Principal.From(world.Router.Terms.Router), Principal.From(world.Owner)])
        {
            var intent = To(target);
            VerifiedIntent.TryVerify(intent, (await keys.SignAsync(account.Address, intent, default)).Value, account.Address, out _)
                .ShouldBeTrue();
            (await keys.SignAsync(account.Address, intent, default)).Value.ToRsvHex()
                .ShouldBe((await keys.SignAsync(account.Address, intent, default)).Value.ToRsvHex());
        }
        (await keys.SignAsync(account.Address, To(Principal.From(PrivateKey.Generate().PublicKey().ToAddress(StacksNetwork.Testnet))),
            default)).Error!.Code.ShouldBe("foreign_target");
        (await keys.SignAsync(account.Address, To(Principal.From(world.Owner), chain: 1), default)).Error!.Code.ShouldBe("wrong_network");
        (await keys.SignAsync(world.Owner, To(Principal.From(world.Owner)), default)).Error!.Code.ShouldBe("unknown_account");
    }

    [Fact]
    public async Task A_key_that_was_changed_ends_the_order_with_its_reason_and_returns_the_funds()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var account = await world.OpenAccountAsync(1_000);
        var order = (await world.TryCreateManagedAsync(account, 1_000)).Value;
        await world.ScalarAsync($"WITH u AS (UPDATE account_keys SET nonce = set_byte(nonce, 0, get_byte(nonce, 0) # 1) WHERE account_id = '{account.Id}' RETURNING 1) SELECT count(*) FROM u");
        await world.BeatAsync();
        var ended = (await world.ReadAsync(order)).Order;
        (ended.Status, ended.Slices[0].Reason).ShouldBe((OrderStatus.Failed, "account_key_unreadable"));
        (await world.FundsAsync(account)).ShouldBe(new AccountFunds(new(1_000), TokenAmount.Zero, TokenAmount.Zero));
    }

    [Fact]
    public async Task A_name_belongs_to_one_account_of_an_owner_and_the_same_id_is_the_same_account()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString, settings: ("Accounts:MaxPerOwner", "2"));
        var owner = PrivateKey.Generate().PublicKey().ToAddress(StacksNetwork.Testnet);
        var create = world.Get<CreateAccount>();
        var id = Guid.NewGuid();
        var first = (await create.HandleAsync(new NewAccount(id, owner, "escrow", null), default)).Value;
        (await create.HandleAsync(new NewAccount(id, owner, "escrow", null), default)).Value.Address.ShouldBe(first.Address);
        (await create.HandleAsync(new NewAccount(Guid.NewGuid(), owner, "escrow", null), default)).Error!.Code.ShouldBe(
            "duplicate_account_name");
        (await create.HandleAsync(new NewAccount(Guid.NewGuid(), owner, "strategies", null), default)).Error.ShouldBeNull();
        (await create.HandleAsync(new NewAccount(Guid.NewGuid(), owner, "third", null), default)).Error!.Code.ShouldBe("too_many_accounts");
        (await create.HandleAsync(new NewAccount(Guid.NewGuid(), owner, "a/b", null),
            default)).Error.ShouldBeOfType<OrderError.Field>().Name.ShouldBe("name");
        (await world.Get<FindAccount>().ByNameAsync(owner, "escrow", default)).Value.Id.ShouldBe(id);
        (await world.Get<FindAccount>().HandleAsync(id, world.Owner, default)).Error.ShouldBeOfType<OrderError.NotFound>();
    }
}
