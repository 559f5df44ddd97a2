using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OrderService.Benchmarks.Ground;
using OrderService.Benchmarks.Load;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Domain.Scheduling;
using OrderService.Engine.Accounts;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;
using OrderService.Engine.Telemetry;
using OrderService.Stacks.Addresses;
using static OrderService.Benchmarks.Ground.Report;

namespace OrderService.Benchmarks;

/// <summary>
/// Swaps that managed accounts call for themselves beside swaps by the intents that they sign, on one devnet and one service in turn: how
/// many a second, and from due to broadcast.
/// </summary>
internal static class StacksCallsBenchmark
{
    private const int AccountsCount = 16; // as many as have room beside each other: what an account has under way stands with one payer;
    private const long Funds = 1_000_000_000;
    private const ulong Amount = 1_000_000; // worth more than its fee, as every order has to be
    private const double Within = 0.1;
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(6); // all of a series are placed by then
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>So many orders in each series, and so many series each way.</summary>
    public static async Task CompareAsync(Cluster cluster, int count, int series, (string, string)[] settings, Report report)
    {
        using var steps = new EngineSteps();
        await using var devnet = await Devnet.StartAsync(1_000);
        var log = new NodeCalls.Log();
        await using var node = await Node.StartAsync(
            await cluster.CreateAsync("stacks_calls"),
            services => services.ConfigureHttpClientDefaults(client => client.AddHttpMessageHandler(() => new NodeCalls(log))),
            [.. await devnet.SettingsAsync(10), .. settings]);
        var accounts = await OpenAsync(node, devnet);
        await node.RunAllAsync();
        await SeriesAsync(node, accounts, count / 4, isCalled: false); // the first ones are compiled
        await SeriesAsync(node, accounts, count / 4, isCalled: true);
        var (rates, waits) = (new[] { new List<double>(), new List<double>() }, new[] { new List<double>(), new List<double>() });
        for (var i = 0; i < series * 2; i++)
        {
            var isCalled = (i + (i / 2)) % 2 == 1; // each way first as often as the other
            var (service, postgres, vm) = (CpuTime.OfThisProcess(), CpuTime.OfTree(cluster.ProcessId), CpuTime.OfTree(devnet.ProcessId));
            rates[isCalled ? 1 : 0].Add(await SeriesAsync(node, accounts, count, isCalled));
            (service, postgres, vm) = (CpuTime.OfThisProcess() - service, CpuTime.OfTree(cluster.ProcessId) - postgres,
                CpuTime.OfTree(devnet.ProcessId) - vm);
            steps.Clear();
            waits[isCalled ? 1 : 0].Add(await SentAsync(node, accounts, log, count / 8, isCalled));
            report.Note($"{(isCalled ? "by calls" : "by intents")}: {count} orders of {AccountsCount} accounts at once, {rates[isCalled ? 1 : 0][^1]:F0}/s; processor time of each: service {service * 1000 / count:F1} ms, Postgres {postgres * 1000 / count:F1} ms, devnet {vm * 1000 / count:F1} ms");
            report.Note($"one at a time, due to broadcast without the node's answers p50 {waits[isCalled ? 1 : 0][^1]:F1} ms; with them {steps.Medians(EngineActivities.Claim, EngineActivities.Quote, EngineActivities.Commit)}");
        }
        var (rate, wait) = (Ratio(rates), Ratio(waits));
        report.Add("swaps a second by calls against by intents", "within 10 %",
            Number($"{Samples.MedianOf(rates[1]):F0}/s against {Samples.MedianOf(rates[0]):F0}/s"), "", Number($"{rate:F2}"),
            rate >= 1 - Within);
        report.Add("from due to broadcast by calls against by intents, p50", "within 10 %",
            Number($"{Samples.MedianOf(waits[1]):F1} ms against {Samples.MedianOf(waits[0]):F1} ms"), "", Number($"{wait:F2}"),
            wait <= 1 + Within);
    }

    private static double Ratio(List<double>[] ways) => Samples.MedianOf(ways[1]) / Samples.MedianOf(ways[0]);

    private static async Task<List<ManagedAccount>> OpenAsync(Node node, Devnet devnet)
    {
        await node.Get<AccountsStart>().CheckAsync(CancellationToken.None);
        var (owner, accounts) = (node.Get<DemoWallet>().Key!.Value.PublicKey().ToAddress(node.Get<ISwapRouter>().Terms.Network),
            new List<ManagedAccount>());
        for (var i = 0; i < AccountsCount; i++)
        {
            accounts.Add((await node.Get<CreateAccount>()
                .HandleAsync(new NewAccount(Guid.NewGuid(), owner, $"account {i}", null), CancellationToken.None)).Value);
            await devnet.FaucetAsync(accounts[i].Address.ToString(), Funds, ($"{Issuer(node)}.charisma-token-subnet-v1", Funds));
        }
        return accounts;
    }

    private static string Issuer(Node node) => node.Get<ISwapRouter>().Terms.Router.Issuer.ToString();

    // All of them due at one moment; a second, from then until the last is completed.
    private static async Task<double> SeriesAsync(Node node, List<ManagedAccount> accounts, int count, bool isCalled)
    {
        var due = DateTimeOffset.UtcNow + Ahead;
        foreach (var some in Enumerable.Range(0, count).Chunk(accounts.Count))
            await Task.WhenAll(some.Select(i => PlaceAsync(node, accounts[i % accounts.Count], isCalled, due)));
        if (DateTimeOffset.UtcNow > due) throw new InvalidOperationException($"{count} orders were not placed within {Ahead}");
        await Task.Delay(due - DateTimeOffset.UtcNow);
        var started = Stopwatch.GetTimestamp();
        await EndAsync(node, started);
        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    // One at a time: from the moment at which it is placed, and due, to its broadcast, less what the node took to answer.
    private static async Task<double> SentAsync(Node node, List<ManagedAccount> accounts, NodeCalls.Log log, int count, bool isCalled)
    {
        var ours = new Samples();
        for (var i = 0; i < count; i++)
        {
            log.Clear();
            await PlaceAsync(node, accounts[i % accounts.Count], isCalled, null);
            var due = Stopwatch.GetTimestamp();
            await node.SweepAsync();
            while (log.BroadcastBegan is null)
            {
                if (Stopwatch.GetElapsedTime(due) > Limit) throw new TimeoutException("a due order was not sent");
                await Task.Delay(1);
            }
            var sent = log.BroadcastBegan.Value;
            ours.Add(Stopwatch.GetElapsedTime(due, sent) - log.Within(due, sent,
                isCalled ? accounts[i % accounts.Count].Address.ToString() : null));
            await Task.Delay(80);
        }
        await EndAsync(node, Stopwatch.GetTimestamp());
        return ours.Median;
    }

    private static async Task PlaceAsync(Node node, ManagedAccount account, bool isCalled, DateTimeOffset? from)
    {
        var (venue, token) = (node.Get<ISwapRouter>().Terms, TokenId.Parse($"{Issuer(node)}.charisma-token-subnet-v1"));
        var terms = new OrderTerms
        {
            Uuid = OrderUuid.New(), Owner = account.Owner, Recipient = Principal.From(account.Owner),
            SellToken = isCalled ? TokenId.Stx : token, BuyToken = isCalled ? token : TokenId.Stx,
            AmountIn = new TokenAmount(Amount), Router = venue.Router, ChainId = venue.Network.ChainId, Trigger = SliceTrigger.Time,
            SlippageBps = 2_000, ValidFrom = from,
        };
        var plan = new OrderPlan.Parts(new SchedulePlan { Schedule = new Schedule.Immediate(1), Attempts = new AttemptsBudget(3) });
        var placed = await node.Get<PlaceOrder>()
            .HandleAsync(new NewOrder(terms, new OrderFunding.FromAccount(account), plan, "panora", null), CancellationToken.None);
        if (placed.IsRejected(out var why)) throw new InvalidOperationException(why.Message);
    }

    private static async Task EndAsync(Node node, long started)
    {
        await using var command = node.Get<NpgsqlDataSource>().CreateCommand("SELECT count(*) FROM orders WHERE status <> 'completed'");
        while ((long)(await command.ExecuteScalarAsync())! is var open and > 0)
        {
            if (Stopwatch.GetElapsedTime(started) > Limit)
                throw new TimeoutException($"{open} orders are not completed after {Limit}: {await WaitingAsync(node)}");
            await Task.Delay(20);
        }
    }

    private static async Task<string?> WaitingAsync(Node node)
    {
        await using var command = node.Get<NpgsqlDataSource>()
            .CreateCommand("SELECT string_agg(s.status || ' ' || coalesce(s.reason, '') || ' ' || coalesce(s.wake_at::text, ''), ', ') FROM slices s JOIN orders o ON o.id = s.order_id WHERE o.status <> 'completed'");
        return await command.ExecuteScalarAsync() as string;
    }
}
