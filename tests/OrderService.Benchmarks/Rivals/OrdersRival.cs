using OrderService.Benchmarks.Ground;
using OrderService.Benchmarks.Load;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Engine.Orders;
using OrderService.Stacks.Addresses;
using OrderService.Venues.Simulated;

namespace OrderService.Benchmarks.Rivals;

/// <summary>
/// This service: signed orders, each swapped once at its moment. Done is what is claimed, quoted, signed, recorded and sent; the chain's
/// part, blocks and confirmations, comes after that.
/// </summary>
internal sealed class OrdersRival : IRival
{
    private const int Wallets = 64;
    private static readonly (string Key, string Value)[] Settings = [("Simulator:BlockInterval", "01:00:00")];

    public string Name => "OrderService";

    public async Task StoreAsync(string connectionString, IReadOnlyList<DateTimeOffset> due)
    {
        await using var node = await Node.StartAsync(connectionString, Settings);
        var signed = new SignedOrders(Wallets);
        var orders = signed.AtOnce(due.Count);
        foreach (var owner in orders.Select(order => order.Terms.Owner).Distinct())
        {
            await node.Get<SimulatedLedger>()
                .FundAsync(Principal.From(owner), signed.Sell, new TokenAmount(1_000_000_000_000), CancellationToken.None);
        }
        var created = await Task.WhenAll(orders.Select((order, i) =>
            node.Get<PlaceOrder>().HandleAsync(order with { Terms = order.Terms with { ValidFrom = due[i] } }, CancellationToken.None)));
        foreach (var one in created) if (one.IsRejected(out var why)) throw new InvalidOperationException(why.Message);
        await Cluster.ExecuteAsync(Cluster.AdminOf(connectionString), "ANALYZE");
    }

    public async Task<IAsyncDisposable> WorkAsync(string connectionString)
    {
        var node = await Node.StartAsync(connectionString, Settings);
        await node.RunAllAsync();
        return node;
    }

    public async Task<long> DoneAsync(string connectionString) =>
        await Cluster.ScalarAsync<long>(connectionString, "SELECT count(DISTINCT order_id) FROM attempts WHERE status = 'sent'");

    public Task<Samples> LatenessAsync(string connectionString) =>
        DoneRows.LatenessAsync(connectionString,
            "SELECT extract(epoch FROM a.prepared_at - s.not_before)::double precision FROM attempts a JOIN slices s ON s.order_id = a.order_id AND s.number = a.slice_number");
}
