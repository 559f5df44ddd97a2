using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;
using OrderService.Stacks.Crypto;
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
        _world.SetPrice(_world.Sell, Price.Parse("2"));
        await _world.SweepAsync(); // claimed, and nobody has executed it yet
        (await ReadAsync(order)).Slices[0].Status.ShouldBe(SliceStatus.Executing);
        (await AmendAsync(order, new TermsChanges { TargetPrice = Price.Parse("3") })).Error.ShouldBeNull();
        await _world.ExecuteAsync();
        (await ReadAsync(order)).Slices[0].ShouldSatisfyAllConditions(s => s.Status.ShouldBe(SliceStatus.Waiting), s => s.WasSent.ShouldBeFalse(), s => s.WaitPrice.ShouldBe(Price.Parse("3")));
    }

    [Fact]
    public async Task Its_window_and_its_least_are_those_of_the_change()
    {
        var order = await _world.CreateAsync(_world.Terms());
        var (from, to) = (_world.Time.GetUtcNow().AddMinutes(10), _world.Time.GetUtcNow().AddMinutes(20));
        (await AmendAsync(order, new TermsChanges { ValidFrom = from, ValidTo = to, MinAmountOut = new TokenAmount(1) })).Error.ShouldBeNull();
        await _world.BeatAsync();
        (await ReadAsync(order)).ShouldSatisfyAllConditions(o => o.Slices[0].Status.ShouldBe(SliceStatus.Waiting), o => o.Slices[0].NotAfter.ShouldBe(to), o => o.Terms.MinAmountOut.ShouldBe(new TokenAmount(1)), o => o.PriceBandBps.ShouldBeNull());
        _world.Time.Advance(TimeSpan.FromMinutes(10));
        await BeatAsync("1");
        (await ReadAsync(order)).Status.ShouldBe(OrderStatus.Completed);
    }

    [Fact]
    public async Task What_is_in_flight_is_not_changed_and_what_has_ended_neither()
    {
        var order = await _world.CreateAsync(_world.Terms());
        _world.SetPrice(_world.Sell, Price.Parse("1"));
        await _world.SweepAsync();
        await _world.ExecuteAsync();
        (await AmendAsync(order, new TermsChanges { Slippage = BasisPoints.Of(1) })).Error.ShouldBeOfType<OrderError.InFlight>().TxId.ShouldNotBeNull();
        await _world.MineAsync();
        (await AmendAsync(order, new TermsChanges { Slippage = BasisPoints.Of(1) })).Error.ShouldBeOfType<OrderError.NotOpen>();
        (await ReadAsync(order)).ShouldSatisfyAllConditions(o => o.Revision.ShouldBe(1), o => o.Terms.SlippageBps.ShouldBeNull());
    }

    [Fact]
    public async Task Of_two_changes_meant_for_one_revision_one_is_made()
    {
        var order = await _world.CreateAsync(Waiting());
        var tried = await Task.WhenAll(Enumerable.Range(3, 8).Select(price => AmendAsync(order, new TermsChanges { TargetPrice = Price.Parse($"{price}") }, ifRevision: 1)));
        tried.Count(one => one.Error is null).ShouldBe(1);
        tried.Where(one => one.Error is not null).ShouldAllBe(one => one.Error!.Code == "revision_mismatch");
        (await ReadAsync(order)).Revision.ShouldBe(2);
    }

    [Fact]
    public async Task Signed_terms_need_a_signature_over_what_they_become_and_are_swapped_by_that()
    {
        var terms = Waiting();
        var order = (await _world.Get<PlaceOrder>().HandleAsync(NewOrder.Signed(terms, _world.Sign(terms), Over(terms), "charisma", null), default)).Value;
        var changes = new TermsChanges { TargetPrice = Price.Parse("3") };
        (await AmendAsync(order, changes)).Error.ShouldBeOfType<OrderError.Field>().Name.ShouldBe("termsSignature");
        (await AmendAsync(order, changes, Over(terms))).Error.ShouldBeOfType<OrderError.Field>().Name.ShouldBe("termsSignature");
        (await ReadAsync(order)).Revision.ShouldBe(1);
        (await AmendAsync(order, changes, Over(changes.Of(terms)))).Value.Revision.ShouldBe(2);
        await BeatAsync("3"); // its signature is looked at again before it is swapped
        (await ReadAsync(order)).Status.ShouldBe(OrderStatus.Completed);
    }

    [Fact]
    public async Task The_first_body_again_is_still_the_same_order_and_another_recipient_is_not()
    {
        var terms = Waiting();
        var order = await _world.CreateAsync(terms);
        await AmendAsync(order, new TermsChanges { TargetPrice = Price.Parse("3"), ValidTo = _world.Time.GetUtcNow().AddDays(1) });
        (await _world.TryCreateAsync(terms)).Value.Terms.TargetPrice.ShouldBe(Price.Parse("3"));
        (await _world.TryCreateAsync(terms with { BuyToken = OrderService.Domain.Pricing.TokenId.Parse($"{terms.Router.Issuer}.welsh-token") })).Error.ShouldNotBeNull();
    }

    private OrderTerms Waiting() => _world.PriceTerms(TriggerDirection.Gt, "2") with { BaseAsset = OrderService.Domain.Pricing.TokenId.Usd };

    private Task<Result<Order>> AmendAsync(Order order, TermsChanges changes, RecoverableSignature? signature = null, int? ifRevision = null) =>
        _world.Get<AmendTerms>().HandleAsync(order.Terms.Uuid, new Caller(_world.Owner, Message: null, Key: null), changes, signature, ifRevision, default);

    private async Task<Order> ReadAsync(Order order) => (await _world.ReadAsync(order)).Order;

    private async Task BeatAsync(string price)
    {
        _world.SetPrice(_world.Sell, Price.Parse(price));
        await _world.BeatAsync();
    }

    private RecoverableSignature Over(OrderTerms terms)
    {
        var hash = new byte[32];
        TermsSignatures.HashOf(terms, hash);
        return Secp256k1.Sign(hash, _world.Key);
    }
}
