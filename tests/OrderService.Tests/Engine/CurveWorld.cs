using Microsoft.Extensions.DependencyInjection;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Domain.Scheduling;
using OrderService.Engine.Accounts;
using OrderService.Engine.Execution.Curves;
using OrderService.Engine.Orders;
using OrderService.Engine.Orders.Curves;
using OrderService.Engine.Pricing;

namespace OrderService.Tests.Engine;

/// <summary>
/// The engine with one managed account, and orders that are planned slice by slice: they sell CHA-subnet for another token, or buy it.
/// </summary>
internal sealed class CurveWorld : IAsyncDisposable
{
    private CurveWorld(ScheduleWorld world) => World = world;

    public ScheduleWorld World { get; }

    public EngineWorld Engine => World.Engine;

    public static async Task<CurveWorld> StartAsync(string connectionString, CurveWorld? before = null) =>
        new(await ScheduleWorld.StartAsync(connectionString, before?.World));

    public static CurveTerms Twap(ulong units, int seconds) => new()
    {
        Side = TradeSide.Sell, Target = new TokenAmount(units), Pace = CurvePace.Curve, Duration = seconds * 1_000L,
        Discretion = Share.Of(60_000_000), Patience = Share.Of(20_000_000),
    };

    public OrderTerms Terms(TokenAmount amountIn) => Engine.Terms() with { AmountIn = amountIn };

    public async Task<Result<Order>> TryPlaceAsync(CurveTerms asked, TokenAmount? funds = null)
    {
        var account = (await Engine.Get<FindAccount>().ByAddressAsync(World.Signer.Account, Engine.Owner, CancellationToken.None)).Value;
        var wanted = new NewOrder(Terms(funds ?? asked.Target), new OrderFunding.FromAccount(account), new OrderPlan.Curve(asked, ["main"]),
            "tread", null);
        return await Engine.Get<PlaceOrder>().HandleAsync(wanted, CancellationToken.None);
    }

    public async Task<Order> PlaceAsync(CurveTerms asked, TokenAmount? funds = null) => (await TryPlaceAsync(asked, funds)).Value;

    public async Task<CurveView> ReadAsync(Order order) =>
        (await Engine.Get<FindCurves>().ReadAsync([order.Id], CancellationToken.None))[0];

    /// <summary>Beats of the whole engine, each after so much time.</summary>
    public async Task BeatAsync(int times, TimeSpan apart)
    {
        for (var i = 0; i < times; i++)
        {
            Engine.Time.Advance(apart);
            await Engine.Get<AdvanceCurves>().TickAsync(CancellationToken.None);
            await Engine.BeatAsync();
        }
    }

    /// <summary>What is set aside for an order: initial, spent, reserved, in flight, returned.</summary>
    public async Task<(long Initial, long Spent, long Reserved, long InFlight, long Returned)> LedgerAsync(Order order)
    {
        async Task<long> Of(string column) =>
            await Engine.ScalarAsync($"SELECT {column}::bigint FROM reservations WHERE order_id = '{order.Id}'");
        return (await Of("initial"), await Of("spent"), await Of("reserved"), await Of("in_flight"), await Of("returned"));
    }

    /// <summary>The pair of both tokens as an expression names it.</summary>
    public string PairName()
    {
        var assets = Engine.Get<TradedAssets>();
        return $"{assets.Find(Engine.Sell.ToString())!.Symbol}-{assets.Find(Engine.Buy.ToString())!.Symbol}@simulated";
    }

    public async Task<IReadOnlyList<OrderEvent>> EventsAsync(Order order) =>
        [.. (await Engine.Get<FindCurves>().EventsAsync([order.Id], 100, CancellationToken.None))[order.Id]];

    /// <summary>Makes both tokens' prices known: CHA at so many USD, and STX at one.</summary>
    public void SetPrices(string cha)
    {
        Engine.SetPrice(Engine.Get<PriceBoard>().PricedAs(Engine.Sell), Price.Parse(cha));
        Engine.SetPrice(TokenId.Stx, Price.One);
    }

    public ValueTask DisposeAsync() => World.DisposeAsync();
}
