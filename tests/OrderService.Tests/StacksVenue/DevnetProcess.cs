using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;

namespace OrderService.Tests.StacksVenue;

/// <summary>
/// A devnet as a process of its own: a Stacks node over the real Clarity VM, with the controls that a real chain does not have. It ends
/// with the tests.
/// </summary>
internal sealed class DevnetProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly JsonArray _accounts;

    private DevnetProcess(Process process, HttpClient http, JsonArray accounts) => (_process, Http, _accounts) = (process, http, accounts);

    public HttpClient Http { get; }

    /// <summary>The contracts' issuer.</summary>
    public StacksAddress Deployer =>
        StacksAddress.Parse((string)_accounts.First(a => (string?)a!["role"] == "deployer")!["address"]!, null);

    /// <summary>A demo wallet that holds STX and tokens of every subnet; the first is number 0.</summary>
    public DevnetWallet Wallet(int number = 0) =>
        new(this, PrivateKey.Parse((string)_accounts.Where(a => (string?)a!["role"] == "wallet").ElementAt(number)!["privateKey"]!));

    /// <summary>The key of an account that pays; the first is number 0. Its operator could do the same.</summary>
    public PrivateKey SolverKey(int number = 0) => PrivateKey.Parse(SolverKeys().ElementAt(number));

    /// <summary>Blocks on a timer, or (0) only by <see cref="MineAsync"/>.</summary>
    public static async Task<DevnetProcess> StartAsync(int blockMs, int solvers = 10)
    {
        var start = new ProcessStartInfo("node")
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            WorkingDirectory = Path.Combine(Root(), "tests", "devnet"),
        };
        foreach (var argument in (string[])["devnet.mjs", "--port", "0", "--block-ms", Text(blockMs), "--accounts", Text(solvers),
            "--exit-with-stdin"])
        {
            start.ArgumentList.Add(argument);
        }
        var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(StartLimit);
        var said = new List<string>();
        process.ErrorDataReceived += (_, line) => said.Add(line.Data ?? "");
        process.BeginErrorReadLine();
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            said.Add(line);
            if (line.Split("listening on ") is not [_, var url]) continue;
            // A connection for each request: a devnet that goes away also closes what is idle.
            var http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero })
            {
                BaseAddress = new Uri(url), Timeout = TimeSpan.FromMinutes(2),
            };
            return new DevnetProcess(process, http, (JsonArray)(await http.GetFromJsonAsync<JsonNode>("/devnet/accounts", limit.Token))!);
        }
        throw new InvalidOperationException(
            $"The devnet did not start: install its packages with npm ci in tests/devnet.\n{string.Join('\n', said)}");
    }

    /// <summary>What the services that swap here are called.</summary>
    public const string ServiceName = "devnet.localhost";

    /// <summary>
    /// The settings of a service that swaps here, in the form of environment variables. Its solvers start behind those that are skipped.
    /// </summary>
    public IEnumerable<(string Key, string Value)> Settings(int solvers = 1, int confirmations = 1, int skip = 0)
    {
        var url = Http.BaseAddress!.ToString().TrimEnd('/');
        (string, string)[] settings =
        [
            ("Venue", "stacks"), ("Service__Domain", ServiceName), ("Stacks__Network", "testnet"), ("Stacks__NodeUrl", url),
            ("Stacks__VaultsUrl", $"{url}/api/v1/vaults"),
            ("Stacks__Router", Contract("x-multihop-rc9")), ("Stacks__Verifier", Contract("blaze-v1")),
            ("Stacks__WrappedStx", Contract("wstx")),
            ("Stacks__Confirmations", Text(confirmations)), ("Pricing__Sources__Charisma__BaseUrl", url),
            ("Pricing__Sources__Http__0__Name", "rates"), ("Pricing__Sources__Http__0__UrlTemplate", $"{url}/api/v1/rates"),
            ("Pricing__Sources__Http__0__ArrayPath", "rates"), ("Pricing__Sources__Http__0__TokenPath", "id"),
            ("Pricing__Sources__Http__0__PricePath", "usd"),
            ("Pricing__Sources__Http__0__TimePath", "at"), ("Pricing__Sources__Http__0__TimeUnit", "Seconds"),
        ];
        var keys = SolverKeys().Skip(skip).Take(solvers).Select((key, i) => ($"Stacks__SolverKeys__{i}", key));
        return [.. settings, .. keys];
    }

    private IEnumerable<string> SolverKeys() =>
        _accounts.Where(a => (string?)a!["role"] == "solver").Select(a => (string)a!["privateKey"]!);

    /// <summary>A contract of the devnet's deployer.</summary>
    public string Contract(string name) => $"{Deployer}.{name}";

    public Task<JsonNode> MineAsync(int blocks = 1) => PostAsync("mine", new JsonObject { ["blocks"] = blocks });

    public Task AutoAsync(int blockMs) => PostAsync("auto", new JsonObject { ["blockMs"] = blockMs });

    /// <summary>Replaces the faults; each is a rule of the devnet's README.</summary>
    public Task FaultsAsync(params JsonNode[] rules) => PostAsync("faults", new JsonArray([.. rules]));

    /// <summary>How often each of the rules that are in force has struck.</summary>
    public async Task<int[]> HitsAsync() =>
        [.. JsonNode.Parse(await Http.GetStringAsync("/devnet/faults"))!.AsArray().Select(rule => (int)rule!["hits"]!)];

    public async Task ClearFaultsAsync() => (await Http.DeleteAsync("/devnet/faults")).EnsureSuccessStatusCode();

    public Task LagReceiptsAsync(int blocks) => PostAsync("receipts", new JsonObject { ["lagBlocks"] = blocks });

    public Task<JsonNode> ReorgAsync(int blocks, params string[] drop) =>
        PostAsync("reorg",
            new JsonObject { ["blocks"] = blocks, ["drop"] = new JsonArray([.. drop.Select(txId => JsonValue.Create(txId))]) });

    public Task EvictAsync(string txId) => PostAsync("evict", new JsonObject { ["txid"] = txId });

    public Task GoAwayAsync(TimeSpan time) => PostAsync("away", new JsonObject { ["ms"] = (int)time.TotalMilliseconds });

    /// <summary>Moves a pool's reserves, and so its price.</summary>
    public Task MovePoolAsync(string vault, UInt128? reserveA, UInt128? reserveB)
    {
        var body = new JsonObject { ["vault"] = Contract(vault) };
        if (reserveA is { } a) body["reserveA"] = a.ToString(CultureInfo.InvariantCulture);
        if (reserveB is { } b) body["reserveB"] = b.ToString(CultureInfo.InvariantCulture);
        return PostAsync("pool", body);
    }

    public Task PinPriceAsync(string contract, string? usd) =>
        PostAsync("price",
            new JsonObject
            {
                ["token"] = Contract(contract), ["usd"] = usd is null ? null : double.Parse(usd, CultureInfo.InvariantCulture),
            });

    /// <summary>Every transaction of the canonical chain: the judge.</summary>
    public async Task<IReadOnlyList<JsonNode>> LedgerAsync() =>
        [.. ((JsonArray)(await Http.GetFromJsonAsync<JsonNode>("/devnet/ledger"))!).Select(entry => entry!)];

    /// <summary>Sends bytes past the service, as anybody can.</summary>
    public async Task SendAsync(byte[] raw)
    {
        using var content = new ByteArrayContent(raw);
        content.Headers.ContentType = new("application/octet-stream");
        using var answer = await Http.PostAsync("/v2/transactions", content);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"the devnet refused: {await answer.Content.ReadAsStringAsync()}");
    }

    public Task FaucetAsync(string address, long stx, params (string Contract, long Amount)[] tokens) => PostAsync("faucet", new JsonObject
    {
        ["address"] = address, ["stx"] = stx,
        ["tokens"] = new JsonObject(tokens.Select(token => KeyValuePair.Create(Contract(token.Contract), (JsonNode?)token.Amount))),
    });

    /// <summary>What the fee estimates say per byte.</summary>
    public Task SetFeesAsync(int low, int middle, int high) =>
        PostAsync("fees", new JsonObject { ["rates"] = new JsonArray(low, middle, high) });

    /// <summary>Runs a public function outside of blocks.</summary>
    public Task<JsonNode> CallAsync(string contract, string function, string sender, params string[] arguments) =>
        PostAsync("call", new JsonObject
        {
            ["contract"] = Contract(contract), ["fn"] = function, ["sender"] = sender,
            ["args"] = new JsonArray([.. arguments.Select(a => JsonValue.Create(a))]),
        });

    public async Task<JsonNode> BalancesAsync(string principal) =>
        (await Http.GetFromJsonAsync<JsonNode>($"/devnet/balances/{principal}"))!;

    public async Task<long> HeightAsync() => (long)(await Http.GetFromJsonAsync<JsonNode>("/devnet/status"))!["height"]!;

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _process.StandardInput.Close();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }
        _process.Dispose();
    }

    private async Task<JsonNode> PostAsync(string control, JsonNode body)
    {
        using var answer = await Http.PostAsJsonAsync($"/devnet/{control}", body);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonNode.Parse(text)! : throw new InvalidOperationException($"/devnet/{control} answered {(int)answer.StatusCode}: {text}");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    // …/tests/OrderService.Tests/bin/Release/net10.0/ → …
    internal static string Root() =>
        new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)).Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
}
