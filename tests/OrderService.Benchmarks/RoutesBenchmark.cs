using System.Diagnostics;
using OrderService.Benchmarks.Ground;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Venues;
using OrderService.Venues.Stacks.Routes;
using static OrderService.Benchmarks.Ground.Report;

namespace OrderService.Benchmarks;

/// <summary>
/// The search for the best route, on one core and without a network: 1,000 vaults over 300 tokens, pairs and amounts at random, up to 5
/// hops. Once with vaults between any two tokens, once with most of them around a few tokens, as they are on a real chain.
/// </summary>
internal static class RoutesBenchmark
{
    private const int Vaults = 1_000;
    private const int Tokens = 300;
    private const int HopsMax = 5;
    private const int CandidatesMax = 3;
    private const int WarmUp = 2_000;
    private const double LimitMs = 5;
    private static readonly StacksAddress Deployer = StacksAddress.Parse("SP000000000000000000002Q6VF78");

    public static Task<Report> RunAsync(Arguments arguments)
    {
        var report = new Report();
        var (vaults, tokens, quotes) = (arguments.Whole("vaults", Vaults), arguments.Whole("tokens", Tokens),
            arguments.Whole("quotes", 20_000));
        foreach (var (name, hubs) in new[] { ("between any two tokens", 0), ("around 5 hubs", 5) })
        {
            var random = new Random(1);
            var made = MakeVaults(random, vaults, tokens, hubs);
            var labels = arguments.Whole("labels", RouteSearch.Labels);
            var search = new RouteSearch(made, HopsMax, CandidatesMax, labels);
            Compare(search, new RouteSearch(made, HopsMax, CandidatesMax, labels * 40), tokens, name, report);
            var samples = new List<Samples>();
            for (var run = 0; run < Math.Max(3, arguments.Whole("runs", 3)); run++)
                samples.Add(Measure(search, random, tokens, quotes, name, report));
            var (median, p99) = (Samples.MedianOf(samples.Select(one => one.Median)), Samples.MedianOf(samples.Select(one => one.P99)));
            report.Add(Number($"best of {vaults:N0} vaults {name}, {tokens} tokens, {HopsMax} hops"), Number($"p99 ≤ {LimitMs:F0} ms"),
                Number($"median {median:F3} ms, p99 {p99:F3} ms"), "", "", p99 <= LimitMs);
        }
        return Task.FromResult(report);
    }

    private static Samples Measure(RouteSearch search, Random random, int tokens, int quotes, string name, Report report)
    {
        var samples = new Samples();
        var (found, exact) = (0, 0);
        var allocated = 0L;
        for (var i = -WarmUp; i < quotes; i++)
        {
            var (from, to, amount) = Any(random, tokens);
            var (before, started) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
            var routes = search.Find(from, to, amount);
            var took = Stopwatch.GetElapsedTime(started);
            if (i < 0) continue;
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            samples.Add(took);
            if (routes.Candidates.Count > 0) found++;
            if (routes.IsExact) exact++;
        }
        report.Note($"{name}: median {samples.Median:F3} ms, p99 {samples.P99:F3} ms, max {samples.Max:F3} ms; a route in {100.0 * found / quotes:F1} %, no way left out in {100.0 * exact / quotes:F1} %; {allocated / quotes / 1024.0:F1} KiB each");
        return samples;
    }

    // What the bound on the ways kept costs: the same search with a far wider one.
    private static void Compare(RouteSearch search, RouteSearch wider, int tokens, string name, Report report)
    {
        var random = new Random(2);
        var (compared, equal, worst) = (0, 0, 0.0);
        for (var i = 0; i < 500; i++)
        {
            var (from, to, amount) = Any(random, tokens);
            if (wider.Find(from, to, amount).Candidates is not [var best, ..]) continue;
            compared++;
            var units = search.Find(from, to, amount).Candidates[0].AmountOut.Units;
            if (units == best.AmountOut.Units) equal++;
            worst = Math.Max(worst, 1 - (double)units / (double)best.AmountOut.Units);
        }
        report.Note(
            $"{name}: the same best route as with 40 times the ways kept for {equal} of {compared} quotes, {worst:P2} below it at worst");
    }

    // With hubs, four vaults of five have one of them at an end.
    private static List<StacksVault> MakeVaults(Random random, int vaults, int tokens, int hubs)
    {
        // base units for the same money
        var worth = Enumerable.Range(0, tokens).Select(_ => Math.Pow(10, random.NextDouble() * 6)).ToArray();
        var made = new List<StacksVault>(vaults);
        for (var i = 0; i < vaults; i++)
        {
            var a = hubs > 0 && random.Next(5) > 0 ? random.Next(hubs) : random.Next(tokens);
            var b = (a + random.Next(1, tokens)) % tokens;
            var depth = Math.Pow(10, 6 + random.NextDouble() * 6);
            made.Add(new StacksVault(new ContractId(Deployer, Number($"vault-{i}")), VaultKind.Pool, Token(a), Token(b),
                random.Next(0, 10_000), Units(depth * worth[a], random), Units(depth * worth[b], random), null, true));
        }
        return made;
    }

    private static (TokenId From, TokenId To, TokenAmount Amount) Any(Random random, int tokens)
    {
        var from = random.Next(tokens);
        return (Token(from), Token((from + random.Next(1, tokens)) % tokens),
            new TokenAmount((UInt128)Math.Pow(10, 6 + random.NextDouble() * 6)));
    }

    private static TokenAmount Units(double about, Random random) => new((UInt128)(about * (0.95 + random.NextDouble() / 10)));

    private static TokenId Token(int number) => TokenId.Of(new ContractId(Deployer, Number($"token-{number}")));
}
