using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace OrderService.Benchmarks.Ground;

/// <summary>A Stacks node over the real Clarity VM, as a process of its own.</summary>
internal sealed class Devnet : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http;

    private Devnet(Process process, Uri address) =>
        (_process, _http) = (process, new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) });

    public int ProcessId => _process.Id;

    /// <summary>With <paramref name="yields"/> it runs only where nobody else wants a core, as if it stood on another machine.</summary>
    public static async Task<Devnet> StartAsync(int blockMs, bool yields = false)
    {
        var process = Start(["devnet.mjs", "--port", "0", "--block-ms", $"{blockMs}", "--accounts", "10", "--exit-with-stdin"], yields);
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            if (line.Split("listening on ") is [_, var url]) return new Devnet(process, new Uri(url));
        throw new InvalidOperationException("the devnet did not start: run npm ci in tests/devnet");
    }

    /// <summary>The settings of a service that swaps here.</summary>
    public async Task<(string Key, string Value)[]> SettingsAsync(int solvers)
    {
        using var process = Start(["settings.mjs", _http.BaseAddress!.ToString().TrimEnd('/'), $"{solvers}"]);
        var lines = (await process.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(line => line.Split('=', 2))
            .Select(pair => (pair[0].Replace("__", ":", StringComparison.Ordinal), pair[1]))];
    }

    /// <summary>Gives STX and tokens to an address.</summary>
    public async Task FaucetAsync(string address, long stx, params (string Contract, long Amount)[] tokens)
    {
        var body = new JsonObject
        {
            ["address"] = address, ["stx"] = stx,
            ["tokens"] = new JsonObject(tokens.Select(token => KeyValuePair.Create(token.Contract, (JsonNode?)token.Amount))),
        };
        (await _http.PostAsJsonAsync("/devnet/faucet", body)).EnsureSuccessStatusCode();
    }

    /// <summary>How often each uuid was swapped.</summary>
    public async Task<IReadOnlyDictionary<string, int>> SwapsAsync() =>
        ((JsonObject)(await _http.GetFromJsonAsync<JsonNode>("/devnet/uuids"))!).ToDictionary(pair => pair.Key,
            pair => (int)pair.Value!["successes"]!);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(10)).Token);
        _process.Dispose();
    }

    // chrt (util-linux): the scheduling policy SCHED_IDLE.
    private static Process Start(string[] arguments, bool yields = false) =>
        Process.Start(new ProcessStartInfo(yields ? "chrt" : "node", yields ? ["--idle", "0", "node", .. arguments] : arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = Path.Combine(Root(), "tests", "devnet"),
        })!;

    // …/tests/OrderService.Benchmarks/bin/Release/net10.0/ → …
    private static string Root() =>
        new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)).Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
}
