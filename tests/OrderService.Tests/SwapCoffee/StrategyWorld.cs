using System.Text;
using System.Text.Json.Nodes;
using OrderService.Api.SwapCoffee;
using OrderService.Api.Wire;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Engine.Accounts;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;
using OrderService.Engine.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Tests.Engine;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.SwapCoffee;

/// <summary>Orders of the strategies API over a real store and the simulated venue, on a clock and blocks of the test's own.</summary>
internal sealed class StrategyWorld(EngineWorld engine) : IAsyncDisposable
{
    private ManagedAccount? _wallet;

    public EngineWorld Engine => engine;

    public Caller Caller => new(engine.Owner, null, null);

    public static async Task<StrategyWorld> StartAsync(string connectionString)
    {
        var world = new StrategyWorld(await EngineWorld.StartAsync(connectionString));
        var wallets = new StrategiesWallets(world.Engine.Get<CreateAccount>(), world.Engine.Get<FindAccount>());
        world._wallet = (await wallets.OpenAsync(world.Engine.Owner, CancellationToken.None)).Value;
        await world.FundAsync(1_000_000_000);
        return world;
    }

    /// <summary>Stores an order as its route does, and answers its number.</summary>
    public async Task<(int Number, Order Order)> CreateAsync(JsonObject json)
    {
        (json["token_from"]!["address"], json["token_to"]!["address"]) = (engine.Sell.ToString(), "native");
        var body = NewOrderJson.Read(Encoding.UTF8.GetBytes(json.ToJsonString())).Value;
        var terms = body.Terms(engine.Owner, Guid.NewGuid(), engine.Router.Terms);
        var wanted = new NewOrder(terms, new OrderFunding.FromAccount(_wallet!), new OrderPlan.Parts(body.Plan()), NewOrderTerms.Dialect,
            body.ClientFields(engine.Router.Terms))
            {
                Kind = body.Kind(), PublicId = PublicNumbers.IdOf(await engine.Get<PublicNumbers>().NextAsync(CancellationToken.None)),
            };
        var order = (await engine.Get<PlaceOrder>().HandleAsync(wanted, CancellationToken.None)).Value;
        return (PublicNumbers.Of(order.PublicId!), order);
    }

    /// <summary>The order as it is answered.</summary>
    public async Task<JsonNode> ReadAsync(int number, CloseTimestampUnit unit = CloseTimestampUnit.Seconds)
    {
        var order = (await engine.Get<ListOrders>().OneAsync(OrdersQuery.One(number, engine.Owner), CancellationToken.None))!;
        var shape = new OrderJson(engine.Get<TokenRegistry>().Find, engine.Router.Terms, unit);
        return JsonNode.Parse(JsonAnswer.Bytes(shape.Of(order), SwapCoffeeJson.Default.StrategyRecord).Span)!;
    }

    /// <summary>Everything up to the send; the transaction waits to be mined.</summary>
    public async Task SendAsync()
    {
        await engine.SweepAsync();
        await engine.ExecuteAsync();
    }

    /// <summary>Mines what was sent so that it aborts: the wallet is emptied for the length of the block.</summary>
    public async Task MineAbortAsync()
    {
        await SetBalanceAsync("0");
        await engine.MineAsync();
        await SetBalanceAsync("1000000000");
    }

    /// <summary>Lets everything run that is due within some beats of ten seconds.</summary>
    public async Task RunAsync(int beats = 6)
    {
        for (var i = 0; i < beats; i++)
        {
            await engine.BeatAsync();
            engine.Time.Advance(TimeSpan.FromSeconds(10));
        }
    }

    public Task FundAsync(ulong amount) =>
        engine.Get<SimulatedLedger>()
            .FundAsync(Principal.From(_wallet!.Address), engine.Sell, new TokenAmount(amount), CancellationToken.None);

    public Task<long> ReservedAsync(Order order) => engine.ScalarAsync($"SELECT reserved FROM reservations WHERE order_id = '{order.Id}'");

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    private async Task SetBalanceAsync(string balance) =>
        await engine.ScalarAsync($"UPDATE simulator.accounts SET balance = {balance} WHERE address = '{_wallet!.Address}' AND token = '{engine.Sell}' RETURNING 1");
}
