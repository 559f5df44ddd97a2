using System.Diagnostics;
using System.Text.Json.Nodes;
using OrderService.Tests.Ground;
using OrderService.Tests.Reliability;
using OrderService.Tests.Telemetry;

namespace OrderService.Tests.StacksVenue;

/// <summary>A start on settings that do not fit ends in one sentence; a node that is away is waited for.</summary>
[Collection(ChainProcesses.Name)]
public sealed class StacksStartTests(DevnetFixture fixture, DatabaseFixture database)
: IClassFixture<DevnetFixture>, IClassFixture<DatabaseFixture>
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);

    private DevnetProcess Devnet => fixture.Devnet;

    public static TheoryData<string, string, string> Wrong => new()
    {
        { "Stacks__Router", "{deployer}.nowhere", "Stacks:Router names {deployer}.nowhere, which is not on this chain." },
        { "Stacks__Router", "{deployer}.wstx", "Stacks:Router names {deployer}.wstx, which has no function x-swap-1." },
        { "Stacks__Verifier", "{deployer}.nowhere", "Stacks:Verifier names {deployer}.nowhere, which is not on this chain." },
        { "Stacks__Verifier", "{deployer}.x-multihop-rc9",
            "Stacks:Verifier names {deployer}.x-multihop-rc9, which has no function execute." },
            { "Stacks__SolverKeys__0", "",
                "Stacks:SolverKeys must hold the key of at least one account that pays (or name a file in Stacks:SolverKeysFile)" },
        { "Stacks__SolverKeys__0", "not a key", "Stacks:SolverKeys holds text that is no private key (64 hex digits, or 66 ending in 01)" },
        { "Stacks__SolverKeysFile", "/nowhere/keys", "Stacks:SolverKeysFile names a file that is not there: /nowhere/keys" },
        { "Stacks__Network", "moonnet", "Stacks:Network must be mainnet or testnet" },
        { "Venue", "moon", "Venue is \"moon\", but must be simulated or stacks." },
    };

    [Theory, MemberData(nameof(Wrong))]
    public async Task Settings_that_do_not_fit_end_the_start_in_one_sentence(string key, string value, string sentence) =>
        await ShouldEndWithAsync(sentence, (key, value));

    [Fact]
    public async Task A_node_of_another_network_ends_the_start()
    {
        const string main = "SP1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRCBGD7R";
        await ShouldEndWithAsync(
            "Stacks:Network is mainnet (chain id 1), but the node at Stacks:NodeUrl is on chain id 2147483648.",
            ("Stacks__Network", "mainnet"), ("Stacks__Router", $"{main}.x-multihop-rc9"), ("Stacks__Verifier", $"{main}.blaze-v1"),
            ("Stacks__WrappedStx", $"{main}.wstx"), ("Accounts__MasterKey", new string('7', 64)));
    }

    // The devnet's guard contract is no verifier; a look-alike with another domain would be refused alike.
    [Fact]
    public async Task A_verifier_that_hashes_otherwise_ends_the_start()
    {
        await using var look = await LookAlikeAsync();
        await ShouldEndWithAsync($"Stacks:Verifier names {Devnet.Contract("blaze-v1")}, which hashes an intent differently than wallets sign it on testnet.", ("Stacks__NodeUrl", look.Url));
    }

    [Fact]
    public async Task A_key_file_that_cannot_be_read_ends_the_start()
    {
        var folder = Directory.CreateTempSubdirectory("orderservice-keys");
        try
        {
            await ShouldEndWithAsync($"Stacks:SolverKeysFile names a file that is not there: {folder.FullName}",
                ("Stacks__SolverKeysFile", folder.FullName));
            // It is there and closed to others, but reading it fails, whoever asks.
            await ShouldEndWithAsync("Stacks:SolverKeysFile names a file that this account cannot read: /proc/self/mem",
                ("Stacks__SolverKeysFile", "/proc/self/mem"));
        }
        finally
        {
            folder.Delete();
        }
    }

    [Fact]
    public async Task A_start_while_the_node_is_away_serves_is_not_ready_and_swaps_when_it_comes_back()
    {
        await Devnet.AutoAsync(250);
        await Devnet.GoAwayAsync(TimeSpan.FromMinutes(5));
        await using var service = await ServiceProcess.StartAsync(database.ConnectionString, null,
            [.. Devnet.Settings(skip: 1), ("Stacks__Routes__RefreshInterval", "00:00:01")]);
        using (var away = await service.Operator.GetAsync("/health/ready"))
        {
            ((int)away.StatusCode).ShouldBe(503);
            var checks = JsonNode.Parse(await away.Content.ReadAsStringAsync())!["checks"]!;
            ((string?)checks["stacks"]!["why"],
                (string?)checks["vaults"]!["why"]).ShouldBe(("the node has not answered yet", "the vault list has not answered yet"));
        }
        var order = Devnet.Wallet().DueOrder();
        ((await service.CreateAsync(order))!.Status, (await service.CreateAsync(order))!.Code).ShouldBe((503, "tokens_not_loaded"));

        await Devnet.GoAwayAsync(TimeSpan.Zero);
        await Until.Async(() => service.CreateAsync(order), answer => answer!.Status == 200);
        var ended = await Until.Async(async () => (await service.ReadAsync(order.Uuid))!.Body!["data"]!,
            read => (string?)read["status"] is not ("open" or "broadcasted"));
        ((string?)ended["status"]).ShouldBe("confirmed");
        await Until.Async(async () => (int)(await service.Operator.GetAsync("/health/ready")).StatusCode, status => status == 200);
        await Devnet.AutoAsync(0);
    }

    // A node whose answers are the devnet's, but for what the verifier's hash says.
    private async Task<OrderService.Tests.Telemetry.LoopbackHost> LookAlikeAsync() =>
        await OrderService.Tests.Telemetry.LoopbackHost.StartAsync(_ => { },
            app => Microsoft.AspNetCore.Builder.RunExtensions.Run(app, async context =>
            {
                using var request =
                    new HttpRequestMessage(new HttpMethod(context.Request.Method), context.Request.Path + context.Request.QueryString);
                if (context.Request.Method == "POST") request.Content = new StreamContent(context.Request.Body);
                using var answer = await Devnet.Http.SendAsync(request);
                var text = await answer.Content.ReadAsStringAsync();
                context.Response.StatusCode = (int)answer.StatusCode;
                var isHash = context.Request.Path.Value!.EndsWith("/hash", StringComparison.Ordinal);
                await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(context.Response,
                    isHash ? "{\"okay\":true,\"result\":\"0x070200000020" + new string('0', 64) + "\"}" : text);
            }));

    private async Task ShouldEndWithAsync(string sentence, params (string Key, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", ServiceProcess.Program])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        IEnumerable<(string Key, string Value)> all =
            [.. Devnet.Settings(), ("ASPNETCORE_URLS", "http://127.0.0.1:0"),
                ("ConnectionStrings__OrderService", database.ConnectionString), .. settings];
        foreach (var (key, value) in all)
            start.Environment[key] = value.Replace("{deployer}", Devnet.Deployer.ToString(), StringComparison.Ordinal);
        using var service = Process.Start(start)!;
        var said = service.StandardError.ReadToEndAsync();
        var told = service.StandardOutput.ReadToEndAsync();
        using var limit = new CancellationTokenSource(StartLimit);
        try
        {
            await service.WaitForExitAsync(limit.Token);
        }
        finally
        {
            if (!service.HasExited) service.Kill();
        }
        var expected = "The service cannot run: " + sentence.Replace("{deployer}", Devnet.Deployer.ToString(), StringComparison.Ordinal);
        (await said).Trim().ShouldBe(expected, await told);
        service.ExitCode.ShouldBe(1);
    }
}
