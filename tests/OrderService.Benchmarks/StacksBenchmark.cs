using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OrderService.Benchmarks.Ground;
using OrderService.Benchmarks.Load;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Orders;
using OrderService.Engine.Telemetry;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;
using static OrderService.Benchmarks.Ground.Report;

namespace OrderService.Benchmarks;

/// <summary>
/// Swaps on the Stacks venue over the real Clarity VM with blocks of one second: how many a second with 4 and with 10 accounts that pay,
/// and how long a due order takes to its broadcast.
/// </summary>
internal static class StacksBenchmark
{
    private const int InFlightMax = 24; // one below what a node takes
    private const int WarmUp = 600;
    private const int Series = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(90); // some ten orders a second, so that the VM is not the limit
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private static readonly (string, string)[] Venue = [("Stacks:InFlightMax", $"{InFlightMax}"), ("Stacks:Confirmations", "1"),
        ("Orders:FeesPerOwner", "0"), ("Orders:FeesPerInstallation", "0"), ("Simulator:DemoKey", "")];
    private static readonly (string, string)[] Pace = [.. Venue, ("Execution:Workers", "4"), ("Execution:SettleInterval", "00:00:00.1")];

    public static async Task<Report> RunAsync(Arguments arguments)
    {
        var report = new Report();
        await using var cluster = await Cluster.StartAsync();
        var runs = arguments.Whole("runs", 3);
        if (arguments.Whole("calls", 1) > 0)
            await StacksCallsBenchmark.CompareAsync(cluster, arguments.Whole("called", 192), arguments.Whole("series", 3), Pace, report);
        if (arguments.Whole("orders", 400) is var one and > 0) await OverheadAsync(cluster, one, report);
        if (runs == 0) return report;
        var four = await RateAsync(cluster, 4, 1_000, runs, report);
        report.Add("swaps on the Clarity VM, 4 accounts, blocks of 1 s", "≥ 60 % of accounts × in flight × blocks a second",
            Number($"{four:N0}/s"), Number($"{4 * InFlightMax}/s"), Number($"{100 * four / (4 * InFlightMax):F0} %"),
            four >= 0.6 * 4 * InFlightMax);
        var ten = await RateAsync(cluster, 10, 2_000, runs, report);
        report.Add("the same, 10 accounts", "≥ 100 swaps/s", Number($"{ten:N0}/s"), "", "", ten >= 100);
        return report;
    }

    private static async Task<double> RateAsync(Cluster cluster, int solvers, int count, int runs, Report report)
    {
        var rates = new List<double>();
        for (var run = 0; run < runs; run++)
        {
            await using var devnet = await Devnet.StartAsync(1_000);
            var settings = await devnet.SettingsAsync(solvers);
            var connection = await cluster.CreateAsync($"stacks_{solvers}_{run}");
            await using var node = await Node.StartAsync(connection, null, [.. settings, .. Pace]);
            await CreateAsync(node, count);
            var (started, service, postgres, vm) = (Stopwatch.GetTimestamp(), CpuTime.OfThisProcess(), CpuTime.OfTree(cluster.ProcessId),
                CpuTime.OfTree(devnet.ProcessId));
            await node.RunAllAsync();
            while (await CompletedAsync(node) < count)
            {
                if (Stopwatch.GetElapsedTime(started) > Limit)
                    throw new TimeoutException($"{await CompletedAsync(node)} of {count} orders are completed after {Limit}");
                await Task.Delay(50);
            }
            var took = Stopwatch.GetElapsedTime(started);
            (service, postgres, vm) = (CpuTime.OfThisProcess() - service, CpuTime.OfTree(cluster.ProcessId) - postgres,
                CpuTime.OfTree(devnet.ProcessId) - vm);
            var swaps = await devnet.SwapsAsync();
            if (swaps.Count != count || swaps.Values.Any(times => times != 1))
                throw new InvalidOperationException($"{swaps.Values.Sum()} swaps of {swaps.Count} uuids for {count} orders");
            report.Note($"{solvers} accounts: {count} orders in {took.TotalSeconds:F1} s, {count / took.TotalSeconds:F0}/s; processor time of each: service {service * 1000 / count:F1} ms, Postgres {postgres * 1000 / count:F1} ms, devnet {vm * 1000 / count:F1} ms of {took.TotalMilliseconds * 2 / count:F1} ms that two cores had");
            rates.Add(count / took.TotalSeconds);
        }
        return Samples.MedianOf(rates);
    }

    // One order at a time, ten a second: from its moment to that in which its bytes leave, less the time in which the node was asked
    // something. A node stands on a machine of its own, so the VM does not take the service's cores from it here; all settings of the
    // engine are those that it is shipped with.
    private static async Task OverheadAsync(Cluster cluster, int count, Report report)
    {
        await using var devnet = await Devnet.StartAsync(1_000, yields: true);
        var log = new NodeCalls.Log();
        using var steps = new EngineSteps();
        await using var node = await Node.StartAsync(
            await cluster.CreateAsync("stacks_overhead"),
            services => services.ConfigureHttpClientDefaults(client => client.AddHttpMessageHandler(() => new NodeCalls(log))),
            [.. await devnet.SettingsAsync(4), .. Venue, ("Pricing:PollInterval", "01:00:00")]);
        await node.RunAllAsync();
        await Task.Delay(TimeSpan.FromSeconds(2));
        // the first ones are compiled, and their statements are prepared on each connection
        await SendAsync(node, log, WarmUp, TimeSpan.Zero);
        steps.Clear();
        var (middles, tails) = (new List<double>(), new List<double>());
        for (var series = 1; series <= Series; series++)
        {
            var (ours, whole) = await SendAsync(node, log, count, Pause);
            middles.Add(ours.Median);
            tails.Add(ours.P99);
            report.Note($"due to broadcast, {count} orders: {whole.Median:F1} ms with the node's answers; our own p50 {middles[^1]:F1} ms, p99 {tails[^1]:F1} ms, longest {ours.Max:F1} ms");
        }
        var p99 = Samples.MedianOf(tails);
        report.Note($"of which {steps.Medians(EngineActivities.Claim, EngineActivities.Quote, EngineActivities.Commit)}, the node's answers included");
        report.Add("from due to broadcast, the node's answers left out, p99", "≤ 10 ms",
            Number($"{p99:F1} ms (p50 {Samples.MedianOf(middles):F1} ms)"), "", "", p99 <= 10);
    }

    // From due to broadcast of so many orders, one after the other: without and with the node's answers.
    private static async Task<(Samples Ours, Samples Whole)> SendAsync(Node node, NodeCalls.Log log, int count, TimeSpan pause)
    {
        var (ours, whole) = (new Samples(), new Samples());
        for (var i = 0; i < count; i++)
        {
            log.Clear();
            var (moment, due) = (node.Get<TimeProvider>().GetUtcNow() + pause,
                Stopwatch.GetTimestamp() + (long)(pause.TotalSeconds * Stopwatch.Frequency));
            await CreateAsync(node, 1, moment);
            while (log.BroadcastBegan is null)
            {
                if (Stopwatch.GetElapsedTime(due) > Limit) throw new TimeoutException("a due order was not sent");
                await Task.Delay(1);
            }
            var sent = log.BroadcastBegan.Value;
            whole.Add(Stopwatch.GetElapsedTime(due, sent));
            ours.Add(Stopwatch.GetElapsedTime(due, sent) - log.Within(due, sent));
        }
        return (ours, whole);
    }

    private static async Task CreateAsync(Node node, int count, DateTimeOffset? from = null)
    {
        var (create, wallet, venue) = (node.Get<PlaceOrder>(), node.Get<DemoWallet>().Key!.Value, node.Get<ISwapRouter>().Terms);
        var owner = wallet.PublicKey().ToAddress(venue.Network);
        var sell = ContractId.Parse($"{venue.Router.Issuer}.charisma-token-subnet-v1", null);
        await Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
        {
            var terms = new OrderTerms
            {
                Uuid = OrderUuid.New(), Owner = owner, Recipient = Principal.From(owner), SellToken = sell, BuyToken = TokenId.Stx,
                AmountIn = new TokenAmount(10_000),
                Router = venue.Router, ChainId = venue.Network.ChainId, Trigger = SliceTrigger.Time, SlippageBps = 2_000, ValidFrom = from,
            };
            var hash = new byte[32];
            new TransferIntent(terms.SellContract, terms.AmountIn.Units, Principal.From(terms.Router), terms.Uuid.ToString(),
                terms.ChainId).Hash(hash);
            var created = await create.HandleAsync(NewOrder.Signed(terms, Secp256k1.Sign(hash, wallet), null, "charisma", null),
                CancellationToken.None);
            if (created.IsRejected(out var why)) throw new InvalidOperationException(why.Message);
        }));
    }

    private static async Task<long> CompletedAsync(Node node)
    {
        await using var command = node.Get<NpgsqlDataSource>().CreateCommand("SELECT count(*) FROM orders WHERE status = 'completed'");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
