using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using OrderService.Benchmarks.Ground;
using OrderService.Benchmarks.Load;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;

namespace OrderService.Benchmarks.Gate;

/// <summary>A load of a few seconds on one build: how many a second. Bodies are signed before anything is measured.</summary>
internal abstract class GateLoad(GateBuild build)
{
    private const int Connections = 64;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    protected GateBuild Build => build;

    /// <summary>Runs it once.</summary>
    public abstract Task<double> RunAsync();

    protected Task<HttpOutcome> PostAsync(IEnumerable<string> bodies) =>
        HttpLoad.RunAsync(build.Port, [.. bodies.Select(body => HttpLoad.Post("/api/v1/orders/new", body))], Connections);

    /// <summary>How many swaps the store shows as done: of every commit it has had the slices and their status.</summary>
    protected Task<long> SwappedAsync() =>
        Cluster.ScalarAsync<long>(build.ConnectionString, "SELECT count(*) FROM slices WHERE status = 'confirmed'");

    /// <summary>Waits until so many swaps more than before are done.</summary>
    protected async Task AwaitAsync(long swapped)
    {
        var began = Stopwatch.GetTimestamp();
        while (await SwappedAsync() is var now && now < swapped)
        {
            if (Stopwatch.GetElapsedTime(began) > Limit) throw new TimeoutException($"{now} of {swapped} swaps are done after {Limit}");
            await Task.Delay(50);
        }
    }

    /// <summary>An order of a wallet, as it is posted.</summary>
    protected static string Body(OrderTerms terms, PrivateKey wallet, DateTimeOffset? dueAt)
    {
        Span<byte> hash = stackalloc byte[32];
        new TransferIntent(terms.SellContract, terms.AmountIn.Units, Principal.From(terms.Router), terms.Uuid.ToString(),
            terms.ChainId).Hash(hash);
        var body = new Dictionary<string, object>
        {
            ["owner"] = terms.Owner.ToString(), ["inputToken"] = terms.SellToken.ToString(), ["outputToken"] = terms.BuyToken.ToString(),
            ["amountIn"] = terms.AmountIn.ToString(),
            ["recipient"] = terms.Recipient.ToString(), ["uuid"] = terms.Uuid.ToString(), ["slippageBps"] = 2_000,
            ["maxDeviationBps"] = 10_000,
            ["signature"] = Secp256k1.Sign(hash, wallet).ToRsvHex(),
            ["conditionToken"] = "*", ["targetPrice"] = "0", ["direction"] = "gt",
        };
        if (dueAt is { } moment)
            body["validFrom"] = moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        return JsonSerializer.Serialize(body);
    }

    /// <summary>The terms of a small swap.</summary>
    protected static OrderTerms Terms(StacksAddress owner, ContractId sell, ContractId router, uint chainId, ulong amount) => new()
    {
        Uuid = OrderUuid.New(), Owner = owner, Recipient = Principal.From(owner), SellToken = sell, BuyToken = TokenId.Stx,
        AmountIn = new TokenAmount(amount),
        Router = router, ChainId = chainId, Trigger = SliceTrigger.Time,
    };
}

/// <summary>Signed creates of orders that wait for a price that does not come.</summary>
internal sealed class CreateLoad(GateBuild build) : GateLoad(build)
{
    private const int Creates = 12_000;
    private readonly SignedOrders _orders = new(200);

    public override async Task<double> RunAsync() => (await PostAsync(_orders.Waiting(Creates).Select(OrderBody.Of))).PerSecond;
}

/// <summary>Orders that are stored first and all due at one moment; from that moment until the last of them is swapped.</summary>
internal class SwapsLoad(GateBuild build, int orders, TimeSpan lead) : GateLoad(build)
{
    private readonly SignedOrders _wallet = new(1);

    public override async Task<double> RunAsync()
    {
        var due = DateTimeOffset.UtcNow + lead;
        var bodies = Bodies(orders, due);
        var before = await SwappedAsync();
        await PostAsync(bodies);
        if (due < DateTimeOffset.UtcNow)
            throw new InvalidOperationException("the orders were due before they were stored: this machine is too slow for their lead");
        await Task.Delay(due - DateTimeOffset.UtcNow);
        var began = Stopwatch.GetTimestamp();
        await AwaitAsync(before + orders);
        return orders / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    protected virtual string[] Bodies(int count, DateTimeOffset due) =>
        [.. _wallet.AtOnce(count).AsParallel().AsOrdered().Select(order => Body(order.Terms, _wallet.DemoKey, due))];
}

/// <summary>The same on the Clarity VM.</summary>
internal sealed class StacksLoad(GateBuild build, IReadOnlyDictionary<string, string> settings, int orders, TimeSpan lead)
    : SwapsLoad(build, orders, lead)
{
    private const uint ChainId = 2147483648;

    protected override string[] Bodies(int count, DateTimeOffset due)
    {
        var (wallet, router) = (PrivateKey.Parse(settings["Stacks:DemoKey"]), ContractId.Parse(settings["Stacks:Router"], null));
        var (owner, sell) = (wallet.PublicKey().ToAddress(StacksNetwork.Testnet),
            ContractId.Parse($"{router.Issuer}.charisma-token-subnet-v1", null));
        return [.. Enumerable.Range(0, count).Select(_ => Body(Terms(owner, sell, router, ChainId, 10_000), wallet, due))];
    }
}
