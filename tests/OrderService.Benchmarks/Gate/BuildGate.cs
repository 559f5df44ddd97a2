using System.Diagnostics;
using System.Globalization;
using OrderService.Benchmarks.Ground;

namespace OrderService.Benchmarks.Gate;

/// <summary>
/// Holds this build against that of another checkout: both services stand side by side, each with a database of its own on one durable
/// Postgres, and carry the same short load in turn, the order changing from pair to pair. What is judged is the ratio within a pair, so
/// that what the machine does besides falls out.
/// </summary>
internal static class BuildGate
{
    private const double LeastRatio = 0.95;
    private const double WidthMax = 0.08;
    private const int WarmUps = 6;

    private static readonly string[] Names = ["create", "swaps", "scheduled", "stacks"];

    // Names that one of the two does not know are ignored by it.
    private static readonly (string, string)[] Simulated =
        [("Simulator:BlockInterval", "00:00:00"), ("Pricing:PollInterval", "00:00:00.2"), ("Simulator:Arbitrage", "false")];
    private static readonly (string, string)[] Chain =
    [
        ("Stacks:InFlightMax", "24"), ("Stacks:Confirmations", "1"), ("Execution:SettleInterval", "00:00:00.1"),
        ("Orders:ValueMinFees", "0"), ("Orders:FeesPerOwner", "0"), ("Orders:FeesPerInstallation", "0"),
    ];

    /// <summary>
    /// Runs it: <c>FOLDER [--pairs 10] [--minutes 20] [--only create,swaps]</c>. 0 where no benchmark's interval reaches below the least
    /// ratio, else 1.
    /// </summary>
    public static async Task<int> RunAsync(string folder, IReadOnlyList<string> words)
    {
        var arguments = new Arguments(words);
        var names = arguments.Text("only")?.Split(',') ?? Names;
        if (names.FirstOrDefault(name => !Names.Contains(name)) is { } unknown)
            throw new FormatException($"there is no {unknown} here, only {string.Join(", ", Names)}");
        _ = (GateBuild.ProgramOf(folder), GateBuild.ProgramOf(GateBuild.Here)); // before anything is started
        var share = TimeSpan.FromMinutes(arguments.Whole("minutes", 20)) / names.Length;
        Console.WriteLine(await Machine.DescribeAsync());
        await using var cluster = await Cluster.StartAsync();
        var passes = true;
        Console.WriteLine("| benchmark | pairs | this build | the other | median ratio | 95 % interval | |\n|---|---|---|---|---|---|---|");
        foreach (var name in names) passes &= await JudgeAsync(name, cluster, folder, arguments.Whole("pairs", 10), share);
        Console.WriteLine(passes ? "PASS" : "FAIL");
        return passes ? 0 : 1;
    }

    private static async Task<bool> JudgeAsync(string name, Cluster cluster, string folder, int pairsMin, TimeSpan share)
    {
        var began = Stopwatch.GetTimestamp();
        await using var devnet = name == "stacks" ? await Devnet.StartAsync(250) : null;
        await using var here = await StartAsync(name, cluster, GateBuild.Here, "here", devnet, payersFrom: 0);
        await using var there = await StartAsync(name, cluster, folder, "there", devnet, payersFrom: 4);
        for (var i = 0; i < WarmUps; i++) // the compiler is part of no figure
        {
            await here.RunAsync();
            await there.RunAsync();
        }
        var pairs = new List<(double Here, double There)>();
        var (hereBefore, thereBefore) = (here.Used, there.Used);
        var longest = TimeSpan.Zero;
        MedianInterval? ratio = null;
        while (pairs.Count < Math.Max(6, pairsMin) || (ratio!.Width > WidthMax && Stopwatch.GetElapsedTime(began) + longest < share))
        {
            var pairBegan = Stopwatch.GetTimestamp();
            pairs.Add(await PairAsync(here, there, isHereFirst: pairs.Count % 2 == 0));
            if (Stopwatch.GetElapsedTime(pairBegan) is var took && took > longest) longest = took;
            if (pairs.Count >= 6) ratio = MedianInterval.Of(pairs.ConvertAll(pair => pair.Here / pair.There));
        }
        var passes = ratio!.Low >= LeastRatio;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| `{name}` | {pairs.Count} | {Samples.MedianOf(pairs.Select(p => p.Here)):N0}/s | {Samples.MedianOf(pairs.Select(p => p.There)):N0}/s | {ratio.Median:F3} | {ratio.Low:F3} to {ratio.High:F3}{(ratio.Width > WidthMax ? " (wider than asked for: out of time)" : "")} | {(passes ? "PASS" : "**FAIL**")} |"));
        Console.WriteLine($"processor time, this build : the other: {Ratios(here.Used, hereBefore, there.Used, thereBefore)}");
        return passes;
    }

    // Both carried the same load, so that the sums compare; what else the machine does moves these hardly.
    private static string Ratios(
        (double Service, double Store) here, (double Service, double Store) hereBefore, (double Service, double Store) there,
        (double Service, double Store) thereBefore) =>
            string.Create(CultureInfo.InvariantCulture,
                $"service {(here.Service - hereBefore.Service) / (there.Service - thereBefore.Service):F3} ({here.Service - hereBefore.Service:F1} s), Postgres {(here.Store - hereBefore.Store) / (there.Store - thereBefore.Store):F3} ({here.Store - hereBefore.Store:F1} s)");

    private static async Task<(double Here, double There)> PairAsync(Loaded here, Loaded there, bool isHereFirst)
    {
        if (isHereFirst) return (await here.RunAsync(), await there.RunAsync());
        var other = await there.RunAsync();
        return (await here.RunAsync(), other);
    }

    private static async Task<Loaded> StartAsync(string name, Cluster cluster, string folder, string side, Devnet? devnet, int payersFrom)
    {
        var settings = new Dictionary<string, string>();
        foreach (var (key, value) in devnet is null ? Simulated : [.. await SettingsAsync(devnet, payersFrom), .. Chain])
            settings[key] = value;
        var build = await GateBuild.StartAsync(folder, await cluster.CreateEmptyAsync($"gate_{name}_{side}"),
            settings.Select(pair => (pair.Key, pair.Value)));
        return new Loaded(build, name switch
        {
            "create" => new CreateLoad(build),
            "swaps" => new SwapsLoad(build, 1_500, TimeSpan.FromSeconds(3)),
            "scheduled" => new ScheduledLoad(build),
            _ => new StacksLoad(build, settings, 120, TimeSpan.FromSeconds(3)),
        });
    }

    // Each build pays with four accounts of its own.
    private static async Task<(string, string)[]> SettingsAsync(Devnet devnet, int payersFrom)
    {
        const string payer = "Stacks:SolverKeys:";
        var all = await devnet.SettingsAsync(payersFrom + 4);
        var payers = all.Where(pair => pair.Key.StartsWith(payer, StringComparison.Ordinal)).Skip(payersFrom)
            .Select((pair, i) => (string.Create(CultureInfo.InvariantCulture, $"{payer}{i}"), pair.Value));
        return [.. all.Where(pair => !pair.Key.StartsWith(payer, StringComparison.Ordinal)), .. payers];
    }

    private sealed record Loaded(GateBuild Build, GateLoad Load) : IAsyncDisposable
    {
        /// <summary>Seconds of a processor that its loads have taken, without what it does while the other has its turn.</summary>
        public (double Service, double Store) Used { get; private set; }

        public async Task<double> RunAsync()
        {
            var before = (Service: Build.ServiceTime, Store: await Build.StoreTimeAsync());
            var rate = await Load.RunAsync();
            Used = (Used.Service + Build.ServiceTime - before.Service, Used.Store + await Build.StoreTimeAsync() - before.Store);
            return rate;
        }

        public ValueTask DisposeAsync() => Build.DisposeAsync();
    }
}
