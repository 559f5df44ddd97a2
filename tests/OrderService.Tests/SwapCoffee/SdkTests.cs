using System.Diagnostics;
using System.Text.Json.Nodes;
using OrderService.Tests.Ground;

namespace OrderService.Tests.SwapCoffee;

/// <summary>
/// The vendor's own client, @swap-coffee/sdk at an exact version, pointed at the service. Missing node or packages are failures, never
/// skipped.
/// </summary>
public sealed class SdkTests(StrategiesFixture service) : IClassFixture<StrategiesFixture>
{
    private static readonly TimeSpan Limit = Until.Limit;

    [Fact]
    public async Task A_program_written_for_swap_coffee_finds_everything_it_asks_for()
    {
        var client = service.NewClient();
        var told = await RunAsync(client);
        // subnet tokens by intents, and by calls of the account what they stand for
        ((bool)told["isEligible"]!, told["fromTokens"]!.AsArray().Count).ShouldBe((true, 10));
        told["toTokens"]!.AsArray().Select(t => (string)t!).ShouldContain("native");
        ((int)told["before"]!, (string?)told["wallet"]).ShouldBe((404, (string?)told["creation"]!["address"]));
        foreach (var name in (string[])["creation", "limitTransaction", "cancellation"])
        {
            var transaction = told[name]!;
            ((string?)transaction["address"], (string?)transaction["value"]).ShouldBe(((string?)told["wallet"], "0"), name);
            Convert.FromBase64String((string)transaction["payload_cell"]!).ShouldNotBeEmpty(name);
        }
        told["creation"]!["state_init"].ShouldNotBeNull();
        CheckOrder(told["executed"]!, client, told, "limit", """{"min_output_amount":"100"}""", isEnded: true);
        ((int)told["executed"]!["suborders_executed"]!, (string?)told["executed"]!["current_input_amount"]).ShouldBe((2, "0"));
        const string Settings = """{"delay":3600,"delay_millis":3600000,"price_range_from":0,"price_range_to":0}""";
        CheckOrder(told["running"]!, client, told, "dca", Settings, isEnded: false);
        CheckOrder(told["cancelled"]!, client, told, "dca", Settings, isEnded: true);
        var (limit, dca) = ((int)told["executed"]!["id"]!, (int)told["running"]!["id"]!);
        told["active"]!.AsArray().Select(o => (int)o!["id"]!).ShouldBe([dca]);
        told["limits"]!.AsArray().Select(o => (int)o!["id"]!).ShouldBe([limit]);
        told["all"]!.AsArray().Select(id => (int)id!).ShouldBe([dca, limit]);
        ((int)told["unknown"]!, (int)told["unproven"]!, (int)told["notAdmin"]!).ShouldBe((404, 401, 401));
    }

    // Every field of the client's type, with the type that it has there.
    private static void CheckOrder(JsonNode order, StrategyClient client, JsonNode told, string type, string settings, bool isEnded)
    {
        ((string?)order["type"], (string?)order["wallet"]).ShouldBe((type, (string?)told["wallet"]));
        foreach (var name in (string[])["id", "creation_timestamp", "max_suborders", "suborders_executed", "max_invocations",
            "invocations_executed", "max_path_length", "active_transactions"])
        {
            order[name]!.GetValueKind().ShouldBe(System.Text.Json.JsonValueKind.Number, name);
        }
        foreach (var name in (string[])["initial_input_amount", "current_input_amount", "current_output_amount", "status"])
            order[name]!.GetValueKind().ShouldBe(System.Text.Json.JsonValueKind.String, name);
        ((string?)order["initial_input_amount"], order["slippage"]!.ToJsonString()).ShouldBe(("1000000", "0.01"));
        order["settings"]!.ToJsonString().ShouldBe(settings);
        foreach (var (name, address) in ((string, string)[])[("token_from", client.SellToken), ("token_to", "native")])
        {
            order[name]!["address"]!.ToJsonString().ShouldBe($$"""{"blockchain":"stacks","address":"{{address}}"}""");
            order[name]!["metadata"]!.AsObject().Select(m => m.Key).ShouldBe(["name", "symbol", "decimals", "listed"]);
        }
        (order["close_timestamp"] is not null).ShouldBe(isEnded);
    }

    private async Task<JsonNode> RunAsync(StrategyClient client)
    {
        var folder = Path.Combine(Repository.Root, "tests", "swapcoffee-client");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
            throw new InvalidOperationException($"The packages of {folder} are missing: run \"npm ci\" there, or ./test.");
        var start = new ProcessStartInfo("node", ["run.mjs"])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        (start.Environment["BASE_URL"], start.Environment["ADDRESS"],
            start.Environment["X_VERIFY"]) = (service.Address.ToString().TrimEnd('/'), client.Address, client.Header());
        using var node = Process.Start(start)!;
        using var killer = new Timer(_ => node.Kill(), null, Limit, Timeout.InfiniteTimeSpan);
        var errors = node.StandardError.ReadToEndAsync();
        var output = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        node.ExitCode.ShouldBe(0, await errors);
        return JsonNode.Parse(output)!;
    }
}
