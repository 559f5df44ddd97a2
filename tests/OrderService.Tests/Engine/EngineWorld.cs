using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine;
using OrderService.Engine.Accounts;
using OrderService.Engine.Execution;
using OrderService.Engine.Orders;
using OrderService.Engine.Persistence;
using OrderService.Engine.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;
using OrderService.Tests.Ground;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Engine;

/// <summary>
/// The engine over a real database and the simulated venue, on a clock and prices of the test's own, without a price band unless a test
/// sets one. Nothing runs by itself but the writer.
/// </summary>
internal sealed class EngineWorld : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly OrderWriter _writer;

    private EngineWorld(ServiceProvider services, ManualTime time)
    {
        (_services, Time) = (services, time);
        _writer = services.GetRequiredService<OrderWriter>();
        Key = PrivateKey.TryParse(services.GetRequiredService<SimulatedOptions>().DemoKey, out var key)
            ? key : throw new InvalidOperationException("no demo key");
        Owner = Key.PublicKey().ToAddress(Router.Terms.Network);
        var tokens = services.GetRequiredService<OrderService.Engine.Pricing.TokenRegistry>().All;
        Sell = tokens.First(t => t.Type == TokenType.Subnet && t.Symbol.StartsWith("CHA", StringComparison.OrdinalIgnoreCase)).Id;
        Buy = TokenId.Stx;
    }

    public ManualTime Time { get; }

    public PrivateKey Key { get; }

    public StacksAddress Owner { get; }

    public TokenId Sell { get; }

    public TokenId Buy { get; }

    public ISwapRouter Router => Get<ISwapRouter>();

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <summary>A node of the engine. Two of these on one connection string are two nodes.</summary>
    public static async Task<EngineWorld> StartAsync(
        string connectionString, Action<IServiceCollection>? replace = null, ManualTime? time = null,
        params (string Key, string Value)[] settings)
    {
        time ??= new ManualTime(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
        var values = new Dictionary<string, string?>
        {
            ["Simulator:BlockInterval"] = "00:00:00", ["ConnectionStrings:OrderService"] = connectionString,
            ["Accounts:MasterKey"] = new string('5', 64), ["Orders:MaxDeviationBps"] = "10000", ["Execution:Lease"] = "00:00:30",
        };
        foreach (var (key, value) in Patience.Settings.Concat(settings)) values[key] = value;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddMetrics();
        services.AddSimulatedVenue(configuration);
        services.AddEngine(configuration, connectionString);
        services.AddSingleton<TimeProvider>(time);
        replace?.Invoke(services);
        var world = new EngineWorld(services.BuildServiceProvider(), time);
        await world.Get<AccountsStart>().CheckAsync(CancellationToken.None);
        await world.Get<SimulatedLedger>().InitialiseAsync(CancellationToken.None);
        await world.Get<Solvers>().RegisterAsync(CancellationToken.None);
        await world._writer.StartAsync(CancellationToken.None);
        return world;
    }

    public OrderTerms Terms(SliceTrigger trigger = SliceTrigger.Time) => new()
    {
        Uuid = OrderUuid.New(), Owner = Owner, Recipient = Principal.From(Owner), SellToken = ContractId.Parse(Sell.ToString(), null),
        BuyToken = Buy,
        AmountIn = new TokenAmount(1_000_000), Router = Router.Terms.Router, ChainId = Router.Terms.Network.ChainId, Trigger = trigger,
    };

    /// <summary>Due where the watched price (USD) is at or beyond the target.</summary>
    public OrderTerms PriceTerms(TriggerDirection direction, string target, TokenId? watched = null) => Terms(SliceTrigger.Price) with
    {
        ConditionToken = watched ?? Sell, Direction = direction, TargetPrice = Price.Parse(target),
    };

    public async Task<Order> CreateAsync(OrderTerms terms) => (await TryCreateAsync(terms)).Value;

    public Task<Result<Order>> TryCreateAsync(OrderTerms terms) =>
        Get<PlaceOrder>().HandleAsync(NewOrder.Signed(terms, Sign(terms), null, "charisma", null), CancellationToken.None);

    public RecoverableSignature Sign(OrderTerms terms)
    {
        var hash = new byte[32];
        new TransferIntent(terms.SellContract, terms.AmountIn.Units, Principal.From(terms.Router), terms.Uuid.ToString(),
            terms.ChainId).Hash(hash);
        return Secp256k1.Sign(hash, Key);
    }

    public void SetPrice(TokenId token, Price usd) => Get<PriceBoard>().Publish(
        new GateResult([new BelievedPrice(token, usd, Time.GetUtcNow(), "test")], [], []), [], Time.GetUtcNow());

    public Task<int> SweepAsync() => Get<Sweep>().TickAsync(CancellationToken.None);

    public async Task<int> ExecuteAsync()
    {
        var total = 0;
        for (var taken = -1; taken != 0; total += taken) taken = await Get<ExecutionWorker>().TickAsync(CancellationToken.None);
        return total;
    }

    public async Task MineAsync()
    {
        await Get<SimulatedMiner>().MineAsync(CancellationToken.None);
        await Get<SettleTransactions>().TickAsync(CancellationToken.None);
    }

    /// <summary>One whole beat of the engine.</summary>
    public async Task BeatAsync()
    {
        await SweepAsync();
        await ExecuteAsync();
        await MineAsync();
    }

    public async Task<OrderView> ReadAsync(Order order) => (await Get<FindOrder>().HandleAsync(order.Terms.Uuid, CancellationToken.None))!;

    public async Task<List<string>> EventsAsync(Order order)
    {
        await using var db = await Get<IDbContextFactory<OrdersDb>>().CreateDbContextAsync();
        return await db.Events.Where(e => e.OrderId == order.Id).OrderBy(e => e.Id).Select(e => e.Kind).ToListAsync();
    }

    public async Task<long> ScalarAsync(string sql)
    {
        await using var command = Get<NpgsqlDataSource>().CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }
}
