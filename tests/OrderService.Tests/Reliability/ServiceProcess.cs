using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using OrderService.EmbeddedPostgres;
using OrderService.Engine.Outbound;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Reliability;

/// <summary>The built service as a process of its own, quick in everything that is a pace, and with a way to end it at a step.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly Lazy<string> Found = new(FindProgram);

    private readonly Process _process;
    private readonly string _armed;
    private readonly ConcurrentQueue<string> _output = new();

    private ServiceProcess(Process process, Uri address, Uri operators, string armed)
    {
        (_process, _armed) = (process, armed);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Http = new HttpClient(new LostConnections(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }))
        {
            BaseAddress = address, Timeout = TimeSpan.FromMinutes(2),
        };
        Operator = new HttpClient(new LostConnections(new SocketsHttpHandler()))
        {
            BaseAddress = operators, Timeout = TimeSpan.FromMinutes(2),
        };
    }

    public HttpClient Http { get; }

    /// <summary>The operator's listener.</summary>
    public HttpClient Operator { get; }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>True where it ended by SIGKILL, from inside or outside.</summary>
    public bool WasKilled => _process.HasExited && _process.ExitCode == 128 + KillPoint.Kill;

    /// <summary>How it ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>What it said last.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>A process on this database that is ready to serve, or that has ended before it was (by its kill point).</summary>
    public static Task<ServiceProcess> StartAsync(
        string connectionString, KillPoint? kill = null, params (string Key, string Value)[] settings) =>
            StartAsync(kill, [("ConnectionStrings__OrderService", connectionString), .. settings]);

    /// <summary>A process with an embedded Postgres of its own in this folder.</summary>
    public static Task<ServiceProcess> StartEmbeddedAsync(string folder, params (string Key, string Value)[] settings) =>
        StartAsync(null, [("DATA_DIR", folder), .. settings]);

    /// <summary>For a call that executes: its claim is nobody else's however long its process stands in the queue for a core.</summary>
    public static (string Key, string Value) LongLease { get; } = ("Execution__Lease", "00:02:00");

    private static async Task<ServiceProcess> StartAsync(KillPoint? kill, (string Key, string Value)[] settings)
    {
        var (address, operators) = (new Uri($"http://127.0.0.1:{TestPorts.Next()}"), new Uri($"http://127.0.0.1:{TestPorts.Next()}"));
        var armed = Path.Combine(Path.GetTempPath(), $"orderservice-armed-{Guid.NewGuid():N}");
        var start = new ProcessStartInfo("dotnet", ["exec", Program])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (key, value) in (IEnumerable<(string, string)>)[.. Pace(address), ("Operator__Urls", operators.ToString()),
            .. settings])
        {
            start.Environment[key] = value;
        }
        start.Environment["DOTNET_STARTUP_HOOKS"] = Dll("tests/OrderService.Killer", "OrderService.Killer.dll");
        start.Environment["KILL_ORPHANS"] = "1";
        // It ends before a method compiled once more would pay: a quarter of the processor time of a kill and a start.
        start.Environment["DOTNET_TC_CallCounting"] = "0";
        if (kill is not null)
        {
            start.Environment["KILL_AT"] = kill.ToString();
            start.Environment["KILL_SIGNAL"] = kill.Signal.ToString(CultureInfo.InvariantCulture);
            start.Environment["KILL_ARMED"] = armed;
        }
        var service = new ServiceProcess(Process.Start(start)!, address, operators, armed);
        await service.AwaitReadyAsync(kill);
        return service;
    }

    private static (string Key, string Value)[] Pace(Uri address) =>
    [
        ("ASPNETCORE_URLS", address.ToString()), ("Service__Domain", OrderService.Tests.Auth.TestWallet.Service),
        ("Accounts__MasterKey", new string('5', 64)), ("PORT", address.Port.ToString(CultureInfo.InvariantCulture)),
        ("Logging__LogLevel__Default", "Warning"),
        ("Simulator__BlockInterval", "00:00:00.05"), ("Pricing__PollInterval", "00:00:00.2"),
        ("Execution__Lease", "00:00:02"), ("Execution__ResendAfter", "00:00:01"), ("Execution__RetryAfter", "00:00:00.2"),
        ("Execution__BatchMax", "4"), ("Orders__OpenMaxPerOwner", "1000000"), ("Limits__CreatesPerMinutePerOwner", "0"),
        ("Limits__CallsPerMinutePerOwner", "0"), ("Limits__ReadsPerMinutePerOwner", "0"),
    ];

    /// <summary>From here on the kill point counts.</summary>
    public void Arm() => File.WriteAllText(_armed, "");

    public async Task KillAsync()
    {
        Signals.Send(Id, KillPoint.Kill);
        await _process.WaitForExitAsync();
    }

    public void Continue() => Signals.Send(Id, KillPoint.Continue);

    public Task WaitForExitAsync(TimeSpan limit) => _process.WaitForExitAsync(new CancellationTokenSource(limit).Token);

    /// <summary>Waits until SIGSTOP holds it.</summary>
    public async Task WaitUntilStoppedAsync(TimeSpan limit)
    {
        var since = Stopwatch.StartNew();
        while (!File.ReadAllText($"/proc/{Id}/stat").Contains(") T ", StringComparison.Ordinal))
        {
            if (since.Elapsed > limit) throw new TimeoutException($"The process did not stop itself within {limit}.\n{Output}");
            await Task.Delay(10);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync();
        File.Delete(_armed);
        Http.Dispose();
        Operator.Dispose();
        _process.Dispose();
    }

    private async Task AwaitReadyAsync(KillPoint? kill)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            if (_process.HasExited && kill is not null && WasKilled) return;
            if (_process.HasExited || since.Elapsed > Until.Limit)
                throw new InvalidOperationException($"The service did not start.\n{Output}");
            try
            {
                using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
                using var answer = await Http.GetAsync("/api/v1/network", limit.Token);
                if (answer.StatusCode == HttpStatusCode.OK) return;
            }
            catch (Exception notYet) when (notYet is HttpRequestException or OperationCanceledException)
            {
                await Task.Delay(20);
            }
        }
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        _output.Enqueue(line);
        if (_output.Count > 300) _output.TryDequeue(out _);
    }

    /// <summary>The built service; where ./test has compiled it ahead of time, that one, which starts with less of the processor.</summary>
    internal static string Program => Found.Value;

    private static string FindProgram()
    {
        var built = Path.GetDirectoryName(Dll("src/OrderService", "OrderService.dll"))!;
        var output = new DirectoryInfo(built);
        var ahead = Path.Combine(Repository.Root, "tests", "OrderService.Ahead", "bin", output.Parent!.Name, output.Name, "service");
        // One of an earlier build is not the service that is tested.
        return Path.Combine(output.EnumerateFiles().All(file => IsOf(file, Path.Combine(ahead, file.Name))) ? ahead : built,
            "OrderService.dll");

        static bool IsOf(FileInfo file, string ahead) => File.Exists(ahead) && File.GetLastWriteTimeUtc(ahead) >= file.LastWriteTimeUtc;
    }

    // …/tests/OrderService.Tests/bin/Release/net10.0/ → …/<project>/bin/Release/net10.0/<dll>
    internal static string Dll(string project, string dll)
    {
        var output = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var root = output.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
        var path = Path.Combine(root, project, "bin", output.Parent.Name, output.Name, dll);
        return File.Exists(path) ? path : throw new FileNotFoundException("build the whole solution first", path);
    }
}
