using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using OrderService.Benchmarks.Ground;

namespace OrderService.Benchmarks.Gate;

/// <summary>
/// The service of one checkout, as it was built there, in a process of its own. It is told what it must know by environment variables, and
/// is used over HTTP and by what its database says of orders, so that this works for a commit that knows nothing of the gate. Settings that
/// it does not have it ignores.
/// </summary>
internal sealed class GateBuild : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Dictionary<int, double> _storeTimes = []; // by process: one that has ended keeps what it had used

    private GateBuild(Process process, int port, string connectionString)
    {
        (_process, Port, ConnectionString) = (process, port, connectionString);
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromMinutes(1) };
    }

    public int Port { get; }

    public string ConnectionString { get; }

    public HttpClient Http { get; }

    /// <summary>Processor time that the service has used so far, in seconds.</summary>
    public double ServiceTime => CpuTime.Of(_process.Id);

    /// <summary>The same of the processes of Postgres that serve it or did when it was asked before.</summary>
    public async Task<double> StoreTimeAsync()
    {
        foreach (var id in await Cluster.ScalarAsync<int[]>(ConnectionString,
            "SELECT array_agg(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"))
        {
            _storeTimes[id] = CpuTime.Of(id);
        }
        return _storeTimes.Values.Sum();
    }

    /// <summary>The folder of the checkout that runs now.</summary>
    // …/tests/OrderService.Benchmarks/bin/Release/net10.0/ → …
    public static string Here =>
        new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)).Parent!.Parent!.Parent!.Parent!.Parent!.FullName;

    /// <summary>The service's program in a checkout; throws where it was not built.</summary>
    public static string ProgramOf(string folder)
    {
        var program = Path.Combine(Path.GetFullPath(folder), "src", "OrderService", "bin", "Release", "net10.0", "OrderService.dll");
        return File.Exists(program)
            ? program : throw new FileNotFoundException($"There is no {program}: build that checkout first (dotnet build -c Release)");
    }

    /// <summary>Starts it over an empty database and waits until it answers.</summary>
    public static async Task<GateBuild> StartAsync(string folder, string connectionString, IEnumerable<(string Key, string Value)> settings)
    {
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet", ["exec", ProgramOf(folder)])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        (string, string)[] own =
        [
            ("ConnectionStrings:OrderService", connectionString), ("ASPNETCORE_URLS", $"http://127.0.0.1:{port}"), ("PORT", $"{port}"),
            ("Serilog:MinimumLevel:Default", "Warning"),
            ("Orders:OpenMaxPerOwner", "100000000"), ("Limits:CreatesPerMinutePerOwner", "0"), ("Limits:CallsPerMinutePerOwner", "0"),
            ("Limits:ReadsPerMinutePerOwner", "0"), ("Accounts:MasterKey", new string('5', 64)), ("Service:Domain", "gate"),
            ("Orders:MaxDeviationBps", "10000"),
            ("Auth:RequestsPerMinute", "1000000"), ("Auth:RequestsPerHour", "10000000"), ("Auth:RequestsPerDay", "10000000"),
        ];
        foreach (var (key, value) in own.Concat(settings)) start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        var build = new GateBuild(Process.Start(start)!, port, connectionString);
        var said = new List<string>();
        build._process.OutputDataReceived += (_, line) => Keep(said, line.Data);
        build._process.ErrorDataReceived += (_, line) => Keep(said, line.Data);
        build._process.BeginOutputReadLine();
        build._process.BeginErrorReadLine();
        try
        {
            await build.AwaitAsync();
        }
        catch (InvalidOperationException)
        {
            await build.DisposeAsync();
            lock (said) throw new InvalidOperationException($"The service of {folder} did not start:\n{string.Join('\n', said)}");
        }
        return build;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task AwaitAsync()
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(started) > StartLimit) throw new InvalidOperationException("no answer");
            try
            {
                using var tokens = await Http.GetAsync("/api/v1/tokens");
                if (tokens.StatusCode == HttpStatusCode.OK) return;
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }
            await Task.Delay(50);
        }
    }

    private static void Keep(List<string> said, string? line)
    {
        if (line is null) return;
        lock (said)
        {
            said.Add(line);
            if (said.Count > 100) said.RemoveAt(0);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
