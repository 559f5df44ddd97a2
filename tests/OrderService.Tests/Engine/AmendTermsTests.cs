using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;
using OrderService.Stacks.Crypto;
using OrderService.Tests.Accounts;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Engine;

/// <summary>Changing an order that a wallet signed: it waits by what was changed, and nothing of before counts any more.</summary>
public sealed class AmendTermsTests : IAsyncLifetime
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
    public async Task It_fires_at_its_new_price_and_not_at_its_old_one()
    {
        var order = await _world.CreateAsync(Waiting());
        (await AmendAsync(order, new TermsChanges { TargetPrice = Price.Parse("3") })).Value.Revision.ShouldBe(2);
        await BeatAsync("2.5");
        (await ReadAsync(order)).Slices[0].Status.ShouldBe(SliceStatus.Waiting);
        await BeatAsync("3");
        (await ReadAsync(order)).Status.ShouldBe(OrderStatus.Completed);
        (await _world.EventsAsync(order)).ShouldContain("amended");
    }

    [Fact]
    public async Task What_was_due_by_its_old_terms_and_not_sent_waits_by_its_new_ones()
    {
        var order = await _world.CreateAsync(Waiting());
        _world.SetPrice(_world.Buy, Price.Parse("2"));
        await _world.SweepAsync(); // claimed, and nobody has executed it yet
        (await ReadAsync(order)).Slices[0].Status.ShouldBe(SliceStatus.Executing);
        (await AmendAsync(order, new TermsChanges { TargetPrice = Price.Parse("3") })).Error.ShouldBeNull();
        await _world.ExecuteAsync();
        (await ReadAsync(order)).Slices[0].ShouldSatisfyAllConditions(s => s.Status.ShouldBe(SliceStatus.Waiting),
            s => s.WasSent.ShouldBeFalse(), s => s.WaitPrice.ShouldBe(Price.Parse("3")));
    }

    [Fact]
    public async Task Its_window_and_its_least_are_those_of_the_change()
    {
        var order = await _world.CreateAsync(_world.Terms());
        var (from, to) = (_world.Time.GetUtcNow().AddMinutes(10), _world.Time.GetUtcNow().AddMinutes(20));
        (await AmendAsync(order,
            new TermsChanges { ValidFrom = from, ValidTo = to, MinAmountOut = new TokenAmount(1) })).Error.ShouldBeNull();
        await _world.BeatAsync();
        (await ReadAsync(order)).ShouldSatisfyAllConditions(o => o.Slices[0].Status.ShouldBe(SliceStatus.Waiting),
            o => o.Slices[0].NotAfter.ShouldBe(to), o => o.Terms.MinAmountOut.ShouldBe(new TokenAmount(1)),
            o => o.PriceBandBps.ShouldBeNull());
        _world.Time.Advance(TimeSpan.FromMinutes(10));
        await BeatAsync("1");
        (await ReadAsync(order)).Status.ShouldBe(OrderStatus.Completed);
    }

    [Fact]
    public async Task What_is_in_flight_is_not_changed_and_what_has_ended_neither()
    {
        var order = await _world.CreateAsync(_world.Terms());
        _world.SetPrice(_world.Buy, Price.Parse("1"));
        await _world.SweepAsync();
        await _world.ExecuteAsync();
        (await AmendAsync(order,
            new TermsChanges { Slippage = BasisPoints.Of(1) })).Error.ShouldBeOfType<OrderError.InFlight>().TxId.ShouldNotBeNull();
        await _world.MineAsync();
        (await AmendAsync(order, new TermsChanges { Slippage = BasisPoints.Of(1) })).Error.ShouldBeOfType<OrderError.NotOpen>();
        (await ReadAsync(order)).ShouldSatisfyAllConditions(o => o.Revision.ShouldBe(1), o => o.Terms.SlippageBps.ShouldBeNull());
    }

    [Fact]
    public async Task Of_two_changes_meant_for_one_revision_one_is_made()
    {
        var order = await _world.CreateAsync(Waiting());
        var tried = await Task.WhenAll(Enumerable.Range(3, 8)
            .Select(price => AmendAsync(order, new TermsChanges { TargetPrice = Price.Parse($"{price}") }, ifRevision: 1)));
        tried.Count(one => one.Error is null).ShouldBe(1);
        tried.Where(one => one.Error is not null).ShouldAllBe(one => one.Error!.Code == "revision_mismatch");
        (await ReadAsync(order)).Revision.ShouldBe(2);
    }

    [Fact]
    public async Task Signed_terms_need_a_signature_over_what_they_become_and_are_swapped_by_that()
    {
        var terms = Waiting();
        var order = (await _world.Get<PlaceOrder>()
            .HandleAsync(NewOrder.Signed(terms, _world.Sign(terms), Over(terms), "charisma", null), default)).Value;
        var changes = new TermsChanges { TargetPrice = Price.Parse("3") };
        (await AmendAsync(order, changes)).Error.ShouldBeOfType<OrderError.Field>().Name.ShouldBe("termsSignature");
        (await AmendAsync(order, changes, Over(terms))).Error.ShouldBeOfType<OrderError.Field>().Name.ShouldBe("termsSignature");
        (await ReadAsync(order)).Revision.ShouldBe(1);
        (await AmendAsync(order, changes, Over(changes.Of(terms)))).Value.Revision.ShouldBe(2);
        await BeatAsync("3"); // its signature is looked at again before it is swapped
        (await ReadAsync(order)).Status.ShouldBe(OrderStatus.Completed);
    }

    [Fact]
    public async Task The_body_that_made_it_is_answered_with_it_whatever_was_changed_since_and_no_other_is()
    {
        var terms = Waiting() with { ValidTo = _world.Time.GetUtcNow().AddDays(2) };
        var order = await _world.CreateAsync(terms);
        await AmendAsync(order,
            new TermsChanges
            {
                TargetPrice = Price.Parse("3"), ValidTo = _world.Time.GetUtcNow().AddDays(1), MinAmountOut = new TokenAmount(5),
            });
        await AmendAsync(order, new TermsChanges { TargetPrice = Price.Parse("4") });
        (await _world.TryCreateAsync(terms)).Value.ShouldSatisfyAllConditions(o => o.Revision.ShouldBe(3),
            o => o.Terms.TargetPrice.ShouldBe(Price.Parse("4")), o => o.Terms.MinAmountOut.ShouldBe(new TokenAmount(5)));
        foreach (var (other, field) in (List<(OrderTerms, string)>)[
            (terms with { TargetPrice = Price.Parse("4") }, "targetPrice"),
            (terms with { ValidTo = _world.Time.GetUtcNow().AddDays(1) }, "validTo"),
            (terms with { MinAmountOut = new TokenAmount(5) }, "minAmountOut"),
            (terms with { SlippageBps = 7 }, "slippageBps"), (terms with { MaxDeviationBps = 7 }, "maxDeviationBps"),
            (terms with { BuyToken = TokenId.Parse($"{terms.Router.Issuer}.welsh-token") }, "outputToken")])
        {
            (await _world.TryCreateAsync(other)).Error.ShouldBeOfType<OrderError.Exists>().Name.ShouldBe(field);
        }
        _world.Time.Advance(TimeSpan.FromDays(3)); // past both ends, the first one's and the one of today
        (await _world.TryCreateAsync(terms)).Value.Id.ShouldBe(order.Id);
    }

    [Fact]
    public async Task What_an_account_pays_for_in_one_swap_is_changed_and_what_it_pays_for_in_parts_is_not()
    {
        var account = await _world.OpenAccountAsync(3_000_000);
        var order = (await _world.TryCreateManagedAsync(account, 1_000_000,
            more: terms => terms with { MinAmountOut = new TokenAmount(UInt128.MaxValue) })).Value;
        await BeatAsync("1");
        (await ReadAsync(order)).Status.ShouldBe(OrderStatus.Open);
        (await AmendAsync(order,
            new TermsChanges { MinAmountOut = new TokenAmount(1), Slippage = BasisPoints.Of(500) })).Value.Revision.ShouldBe(2);
        await BeatAsync("1");
        (await ReadAsync(order)).ShouldSatisfyAllConditions(o => o.Status.ShouldBe(OrderStatus.Completed),
            o => o.First!.MinAmountOut.ShouldBe(new TokenAmount(UInt128.MaxValue)));
        var parts = (await _world.TryCreateManagedAsync(account, 1_000_000, parts: 2)).Value;
        (await AmendAsync(parts, new TermsChanges { Slippage = BasisPoints.Of(500) })).Error!.Code.ShouldBe("not_amendable");
    }

    private OrderTerms Waiting() => _world.PriceTerms(TriggerDirection.Gt, "2", watched: _world.Buy) with { BaseAsset = TokenId.Usd };

    private Task<Result<Order>> AmendAsync(
        Order order, TermsChanges changes, RecoverableSignature? signature = null, int? ifRevision = null) =>
            _world.Get<AmendTerms>()
                .HandleAsync(order.Terms.Uuid, new Caller(_world.Owner, Message: null, Key: null), changes, signature, ifRevision, default);

    private async Task<Order> ReadAsync(Order order) => (await _world.ReadAsync(order)).Order;

    private async Task BeatAsync(string price)
    {
        _world.SetPrice(_world.Buy, Price.Parse(price));
        await _world.BeatAsync();
    }

    private RecoverableSignature Over(OrderTerms terms)
    {
        var hash = new byte[32];
        TermsSignatures.HashOf(terms, hash);
        return Secp256k1.Sign(hash, _world.Key);
    }
}
