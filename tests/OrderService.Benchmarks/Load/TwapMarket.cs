using Microsoft.Extensions.DependencyInjection;
using OrderService.Benchmarks.Ground;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Domain.Scheduling;
using OrderService.Engine.Accounts;
using OrderService.Engine.Execution;
using OrderService.Engine.Execution.Curves;
using OrderService.Engine.Orders;
using OrderService.Engine.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Venues.Simulated;

namespace OrderService.Benchmarks.Load;

/// <summary>
/// The engine on the play market's random walk, second by second of a clock of its own, with an account that pays for orders over ten
/// minutes each. Every second the pools' rate is written down: what a swap of no depth would have been paid, the fee taken off.
/// </summary>
internal sealed class TwapMarket : IAsyncDisposable
{
    public static readonly TimeSpan Duration = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly Node _node;
    private readonly SteppedTime _time;
    private readonly SimulatedWorld _world;
    private readonly ManagedAccount _account;
    private readonly (Token Sell, Token Buy)[] _pairs;
    private readonly List<double>[] _rates;

    private TwapMarket(Node node, SteppedTime time, SimulatedWorld world, ManagedAccount account)
    {
        (_node, _time, _world, _account) = (node, time, world, account);
        var subnets = world.TokenList.Where(token => token.Type == TokenType.Subnet).Take(3).ToArray();
        var plains = world.TokenList.Where(token => token.Type != TokenType.Subnet && world.Priced.ContainsKey(token.Id)).Take(4).ToArray();
        _pairs = [.. subnets.SelectMany(sell => plains.Where(buy => buy.Id != sell.BaseToken), (sell, buy) => (sell, buy)).Take(6)];
        _rates = [.. _pairs.Select(_ => new List<double>())];
    }

    /// <summary>Seconds since the market began.</summary>
    public int Now => _rates[0].Count;

    public static async Task<TwapMarket> StartAsync(string connectionString, int feePpm)
    {
        var time = new SteppedTime(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
        (string, string)[] settings =
            [("Simulator:PoolFeePpm", Report.Number($"{feePpm}")), ("Pricing:StaleAfter", "00:00:30"), ("Orders:MaxDeviationBps", "500")];
        var node = await Node.StartAsync(connectionString, services => services.AddSingleton<TimeProvider>(time), settings);
        await node.Get<AccountsStart>().CheckAsync(CancellationToken.None);
        var world = node.Get<SimulatedWorld>();
        var created = await node.Get<CreateAccount>()
            .HandleAsync(new NewAccount(Guid.NewGuid(), world.Demo!.Value, "main", null), CancellationToken.None);
        if (created.IsRejected(out var why, out var account)) throw new InvalidOperationException(why.Message);
        var market = new TwapMarket(node, time, world, account);
        foreach (var sell in market._pairs.Select(pair => pair.Sell).Distinct())
        {
            await node.Get<SimulatedLedger>()
                .FundAsync(Principal.From(account.Address), sell.Id, market.Worth(sell, 1_000_000), CancellationToken.None);
        }
        await market.StepAsync();
        return market;
    }

    /// <summary>
    /// A TWAP as the dialect makes one where its client says no more than how long, of so many dollars; which pair and which side go round.
    /// </summary>
    public async Task<PlacedTwap> PlaceAsync(int number, long usd)
    {
        var (sell, buy) = _pairs[number % _pairs.Length];
        var amount = Worth(sell, usd);
        var asked = new CurveTerms
        {
            Side = number / _pairs.Length % 2 == 0 ? TradeSide.Sell : TradeSide.Buy, Target = amount, Pace = CurvePace.Curve,
            Duration = (long)Duration.TotalMilliseconds,
            Discretion = Share.Of(60_000_000), Patience = Share.Of(20_000_000),
        };
        var owner = _world.Demo!.Value;
        var terms = new OrderTerms
        {
            Uuid = OrderUuid.New(), Owner = owner, Recipient = Principal.From(owner),
            SellToken = ContractId.Parse(sell.Id.ToString(), null), BuyToken = buy.Id,
            AmountIn = amount, Router = _world.Router, ChainId = _world.Network.ChainId, Trigger = SliceTrigger.Time,
        };
        var placed = await _node.Get<PlaceOrder>()
            .HandleAsync(new NewOrder(terms, new OrderFunding.FromAccount(_account), new OrderPlan.Curve(asked, []), "tread", null),
                CancellationToken.None);
        if (placed.IsRejected(out var why, out var order)) throw new InvalidOperationException(why.Message);
        return new PlacedTwap(order.Id, asked.PlanOf(order.Curve!.Curve), number % _pairs.Length, Now, _time.GetUtcNow(),
            Math.Pow(10, sell.Decimals - buy.Decimals));
    }

    /// <summary>One second: prices, pools, and a whole beat of the engine.</summary>
    public async Task StepAsync()
    {
        _time.Step(Second);
        await _node.Get<PricePoller>().PollAsync(CancellationToken.None);
        await _node.Get<Arbitrage>().TickAsync(CancellationToken.None);
        for (var i = 0; i < _pairs.Length; i++)
        {
            var rate = await _node.Get<ISwapRouter>().RateAsync(_pairs[i].Sell.Id, _pairs[i].Buy.Id, CancellationToken.None)
                ?? throw new InvalidOperationException("a pair has no route");
            _rates[i].Add((double)rate.Count / 1e18);
        }
        await _node.Get<AdvanceCurves>().TickAsync(CancellationToken.None);
        await _node.SweepAsync();
        while (await _node.Get<ExecutionWorker>().TickAsync(CancellationToken.None) > 0) { }
        await _node.Get<SimulatedMiner>().MineAsync(CancellationToken.None);
        await _node.Get<SettleTransactions>().TickAsync(CancellationToken.None);
    }

    /// <summary>The mean rate of a pair over ten minutes from a second on.</summary>
    public double MeanRate(int pair, int from) => _rates[pair].Skip(from).Take((int)Duration.TotalSeconds).Average();

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    private TokenAmount Worth(Token token, long usd) => WorldBuilder.UnitsOf(token, _world.Priced[token.BaseToken ?? token.Id].Usd, usd);
}

/// <summary>
/// One of its orders: its plan, the pair's number, when it began, and what turns its amounts into whole tokens per whole token.
/// </summary>
internal sealed record PlacedTwap(Guid Id, CurvePlan Plan, int Pair, int Second, DateTimeOffset Began, double Scale);
