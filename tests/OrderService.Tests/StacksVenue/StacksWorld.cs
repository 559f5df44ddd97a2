using System.Text.Json.Nodes;
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
using OrderService.Engine.Auth;
using OrderService.Engine.Execution;
using OrderService.Engine.Orders;
using OrderService.Engine.Persistence;
using OrderService.Engine.Sealing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;
using OrderService.Stacks.Transactions;
using OrderService.Tests.Engine;
using OrderService.Tests.Ground;
using OrderService.Venues.Stacks;
using OrderService.Venues.Stacks.Routes;

namespace OrderService.Tests.StacksVenue;

/// <summary>
/// The engine over a database of its own and a devnet, on a clock of the test's. Nothing runs by itself but the writer; blocks are mined by
/// hand.
/// </summary>
internal sealed class StacksWorld : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly TestDatabase _database;
    private readonly OrderWriter _writer;
    private readonly PrivateKey _ownerKey;
    private readonly int _firstSolver;

    private StacksWorld(DevnetProcess devnet, TestDatabase database, ServiceProvider services, ManualTime time, int firstSolver)
    {
        (Devnet, _database, _services, Time, _firstSolver) = (devnet, database, services, time, firstSolver);
        _writer = Get<OrderWriter>();
        _ownerKey = devnet.Wallet().Key;
    }

    public DevnetProcess Devnet { get; }

    /// <summary>Its database, and the number of the first account that pays: with them a process can serve the same orders.</summary>
    public (string ConnectionString, int FirstSolver) Place => (_database.ConnectionString, _firstSolver);

    public ManualTime Time { get; }

    public StacksAddress Owner => Devnet.Wallet().Address;

    public ISwapRouter Router => Get<ISwapRouter>();

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <summary>A world with so many accounts that pay; no fault, no lag, and pools as they were at the start.</summary>
    public static async Task<StacksWorld> StartAsync(
        DevnetFixture fixture, int solvers = 1, int confirmations = 1, params (string Key, string Value)[] settings)
    {
        var (devnet, first) = (fixture.Devnet, fixture.Take(solvers));
        await devnet.ClearFaultsAsync();
        await devnet.LagReceiptsAsync(0);
        await devnet.SetFeesAsync(1, 2, 4);
        await devnet.MovePoolAsync(Pool, PoolCha, PoolStx);
        var database = await TestDatabase.CreateAsync();
        var time = new ManualTime(DateTimeOffset.UtcNow);
        var services = Build(database.ConnectionString, time,
            [.. devnet.Settings(solvers, confirmations, first), ("ConnectionStrings__OrderService", database.ConnectionString),
                ("Accounts__MasterKey", new string('5', 64)), ("Stacks__StatusMaxAge", "00:00:00"), ("Stacks__FeeMaxAge", "00:00:00"),
                ("Orders__MaxDeviationBps", "10000"), // nothing polls prices here, from which a price band would be counted
                .. NodePatience, .. Ground.Patience.Settings, .. settings]);
        var world = new StacksWorld(devnet, database, services, time, first);
        await world.Get<AccountsStart>().CheckAsync(CancellationToken.None);
        await world.Get<VaultRegistry>().RefreshAsync(CancellationToken.None);
        await world.Get<Solvers>().RegisterAsync(CancellationToken.None);
        await world._writer.StartAsync(CancellationToken.None);
        return world;
    }

    // A machine that is busy with other tests is no outage of the node.
    internal static readonly (string, string)[] NodePatience =
        [("Stacks__RequestTimeout", "00:01:00"), ("Stacks__Routes__ConfirmTimeout", "00:00:30")];

    /// <summary>The pool between CHA and STX, and its reserves at the start.</summary>
    public const string Pool = "charisma-wstx-pool";

    public static readonly UInt128 PoolCha = 30_000_000_000_000;

    public static readonly UInt128 PoolStx = 1_000_000_000_000;

    private static ServiceProvider Build(string connectionString, ManualTime time, IEnumerable<(string Key, string Value)> settings)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Execution:Lease"] = "00:00:30" };
        foreach (var (key, value) in settings) values[key.Replace("__", ":", StringComparison.Ordinal)] = value;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddMetrics();
        services.AddStacksVenue(configuration);
        services.AddEngine(configuration, connectionString);
        services.AddSingleton<TimeProvider>(time);
        return services.BuildServiceProvider();
    }

    /// <summary>Sells CHA of the subnet for STX.</summary>
    public OrderTerms Terms(SliceTrigger trigger = SliceTrigger.Time, string? buy = null) => new()
    {
        Uuid = OrderUuid.New(), Owner = Owner, Recipient = Principal.From(Owner),
        SellToken = ContractId.Parse(Devnet.Contract("charisma-token-subnet-v1"), null),
        BuyToken = buy is null ? TokenId.Stx : TokenId.Parse(Devnet.Contract(buy), null), AmountIn = new TokenAmount(1_000_000_000),
        Router = Router.Terms.Router, ChainId = Router.Terms.Network.ChainId, Trigger = trigger,
    };

    public async Task<Order> CreateAsync(OrderTerms? terms = null) => (await TryCreateAsync(terms ?? Terms())).Value;

    public Task<Result<Order>> TryCreateAsync(OrderTerms terms) =>
        Get<PlaceOrder>().HandleAsync(NewOrder.Signed(terms, Sign(terms), null, "charisma", null), CancellationToken.None);

    public RecoverableSignature Sign(OrderTerms terms)
    {
        var hash = new byte[32];
        IntentOf(terms).Hash(hash);
        return Secp256k1.Sign(hash, _ownerKey);
    }

    public static TransferIntent IntentOf(OrderTerms terms) =>
        new(terms.SellContract, terms.AmountIn.Units, Principal.From(terms.Router), terms.Uuid.ToString(), terms.ChainId);

    /// <summary>Everything that is due is quoted, written down and sent.</summary>
    public async Task SendAsync()
    {
        await Get<Sweep>().TickAsync(CancellationToken.None);
        while (await Get<ExecutionWorker>().TickAsync(CancellationToken.None) > 0)
        {
        }
    }

    /// <summary>The owner's call, without its proof: claims and executes.</summary>
    public async Task<Result<string>> ExecuteByCallAsync(Order order) =>
        await Get<ExecuteOrder>().HandleAsync(order.Terms.Uuid, new Caller(Owner, null, null), CancellationToken.None);

    public Task SettleAsync() => Get<SettleTransactions>().TickAsync(CancellationToken.None);

    public Task KeepNoncesAsync() => Get<NonceWorker>().TickAsync(CancellationToken.None);

    /// <summary>So many blocks, each followed by a look at what became of what is in flight.</summary>
    public async Task MineAsync(int blocks = 1)
    {
        for (; blocks > 0; blocks--)
        {
            await Devnet.MineAsync();
            try
            {
                await SettleAsync();
            }
            catch (HttpRequestException)
            {
                // A fault that struck all that was asked; the worker tells it and looks again.
            }
        }
    }

    /// <summary>One whole beat of the engine, ten seconds after the last.</summary>
    public async Task BeatAsync()
    {
        Time.Advance(TimeSpan.FromSeconds(10));
        await KeepNoncesAsync();
        await SendAsync();
        await MineAsync();
    }

    /// <summary>Beats until every order has ended.</summary>
    public async Task BeatUntilEndedAsync(IReadOnlyList<Order> orders, int beatsMax = 30)
    {
        var ids = orders.Select(o => o.Id).ToArray();
        for (var beat = 0; beat < beatsMax; beat++)
        {
            await BeatAsync();
            await using var db = await Get<IDbContextFactory<OrdersDb>>().CreateDbContextAsync();
            if (await db.Orders.CountAsync(o => ids.Contains(o.Id)
                && (o.Status == OrderStatus.Open || o.Status == OrderStatus.Paused || o.Status == OrderStatus.Cancelling)) == 0)
            {
                return;
            }
        }
        throw new TimeoutException($"Not ended after {beatsMax} beats: {string.Join(" | ", await Task.WhenAll(orders.Select(async o => string.Join(',', await EventsAsync(o)))))}");
    }

    public Task BeatUntilEndedAsync(Order order, int beatsMax = 30) => BeatUntilEndedAsync([order], beatsMax);

    public async Task<OrderView> ReadAsync(Order order) => (await Get<FindOrder>().HandleAsync(order.Terms.Uuid, CancellationToken.None))!;

    public async Task<Slice> SliceAsync(Order order) => (await ReadAsync(order)).Order.Slices[0];

    /// <summary>Its only or last attempt, with the bytes that are sent.</summary>
    public async Task<SwapAttempt> AttemptAsync(Order order)
    {
        var attempt = (await ReadAsync(order)).Attempts[^1];
        attempt.Open(Get<StoredBytes>().Open(attempt.Raw, attempt.TxId));
        return attempt;
    }

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

    /// <summary>What the chain did with the order's uuid, or with one transaction.</summary>
    public async Task<JsonNode?> MinedAsync(string txId) =>
        (await Devnet.LedgerAsync()).SingleOrDefault(entry => (string?)entry["txid"] == txId);

    /// <summary>The successful swaps of the order's uuid on the canonical chain.</summary>
    public async Task<List<JsonNode>> SwapsAsync(Order order) =>
        [.. (await Devnet.LedgerAsync()).Where(
            entry => (string?)entry["uuid"] == order.Terms.Uuid.ToString() && (string?)entry["status"] == "success")];

    /// <summary>A transfer that an operator sends with an account of the service on his own.</summary>
    public SignedTransaction Operator(ulong nonce, ulong fee, int solver = 0, ulong amount = 1) =>
        new UnsignedTransaction(StacksNetwork.Testnet, nonce, fee, new TransactionPayload.TokenTransfer(Principal.From(Owner), amount),
            []).Sign(Devnet.SolverKey(_firstSolver + solver));

    /// <summary>The same call on the same nonce by another hand: another fee gives other bytes.</summary>
    public SignedTransaction Again(SwapAttempt attempt, ulong fee)
    {
        SignedTransaction.TryRead(Get<StoredBytes>().Open(attempt.Raw, attempt.TxId), out var sent).ShouldBeTrue();
        return (sent.Content with { Fee = fee }).Sign(Get<StacksChain>().KeyOf(attempt.Solver));
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }
}
