using System.Diagnostics;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using OrderService.Stacks.Addresses;
using OrderService.Tests.Ground;
using OrderService.Tests.Reliability;

namespace OrderService.Tests.StacksVenue;

/// <summary>The Stacks venue as a client meets it: over HTTP, with a chain behind it.</summary>
[Collection(ChainProcesses.Name)]
public sealed class StacksHttpTests(StacksServiceFixture fixture) : IClassFixture<StacksServiceFixture>
{
    private const string Subnet = "welsh-token-subnet-v1";

    private DevnetProcess Devnet => fixture.Devnet;

    private ServiceProcess Service => fixture.Service;

    [Fact]
    public async Task The_network_says_what_to_sign()
    {
        var network = (await Service.Http.GetFromJsonAsync<JsonNode>("/api/v1/network"))!["data"]!;
        ((string?)network["venue"], (string?)network["network"], (long?)network["chainId"],
            (string?)network["router"]).ShouldBe(("stacks", "testnet", 2147483648, Devnet.Contract("x-multihop-rc9")));
        ((string?)network["intent"]!["target"]).ShouldBe(Devnet.Contract("x-multihop-rc9"));
    }

    [Fact]
    public async Task A_quote_has_both_documented_shapes_and_is_what_the_vaults_say()
    {
        var quote = (await Service.Http.GetFromJsonAsync<JsonNode>(
            $"/api/v1/quote?tokenIn={Devnet.Contract("charisma-token-subnet-v1")}&tokenOut=.stx&amount=1000000&slippageBps=100"))!;
        ((bool?)quote["success"]).ShouldBe(true);
        var data = quote["data"]!;
        // The route object of the original's code …
        data["path"]!.AsArray().Select(t => (string?)t!["contractId"])
            .ShouldBe([Devnet.Contract("charisma-token-subnet-v1"), Devnet.Contract("charisma-token"), ".stx"]);
        data["hops"]!.AsArray().Select(h => ((string?)h!["vault"]!["contractName"], (int?)h["opcode"]))
            .ShouldBe([("charisma-sublink", 6), (StacksWorld.Pool, 0)]);
        ((long?)data["amountIn"]).ShouldBe(1_000_000);
        var amountOut = (long)data["amountOut"]!;
        ((long?)data["hops"]![1]!["quote"]!["amountOut"]).ShouldBe(amountOut);
        // … and the summary of its pages.
        ((long?)data["minimumReceived"]).ShouldBe(((amountOut * 99) + 99) / 100); // a minimum is rounded up
        ((string?)data["expectedPrice"])!.ShouldStartWith("0.033");
        data["route"]!["hops"]!.AsArray().Select(h => (string?)h!["vault"])
            .ShouldBe([Devnet.Contract("charisma-sublink"), Devnet.Contract(StacksWorld.Pool)]);

        using var large = await Service.Http.GetAsync($"/api/v1/quote?tokenIn={Devnet.Contract("charisma-token-subnet-v1")}&tokenOut={Devnet.Contract("charisma-token")}&amount=90000000000000000");
        // beyond 2^53
        JsonNode.Parse(await large.Content.ReadAsStringAsync())!["data"]!["amountOut"]!.ToJsonString().ShouldBe("\"90000000000000000\"");
    }

    [Fact]
    public async Task An_output_that_no_rule_of_the_chain_can_watch_must_be_accepted_in_so_many_words()
    {
        var order = Devnet.Wallet().DueOrder(Subnet);
        var refused = (await Service.CreateAsync(order))!;
        (refused.Status, refused.Code).ShouldBe((400, "unprotected_output"));
        ((string?)refused.Body!["error"])!.ShouldContain("acceptUnprotectedOutput");
        foreach (var other in (JsonNode?[])["true", 1, null, new JsonArray(), new JsonObject()])
        {
            var answer = (await Service.CreateAsync(With(order, "acceptUnprotectedOutput", other?.DeepClone())))!;
            (answer.Status, (string?)answer.Body!["details"]!["field"]).ShouldBe((400, "acceptUnprotectedOutput"), answer.ToString());
        }
        (await Service.CreateAsync(With(order, "acceptUnprotectedOutput", false)))!.Code.ShouldBe("unprotected_output");

        var before = await HeldAsync(Subnet);
        (await Service.CreateAsync(With(order, "acceptUnprotectedOutput", true)))!.Status.ShouldBe(200);
        var ended = await EndedAsync(order.Uuid);
        ((string?)ended["status"], (bool?)ended["acceptUnprotectedOutput"], ended["reason"]).ShouldBe(("confirmed", true, null));
        (await HeldAsync(Subnet) - before).ShouldBe(UInt128.Parse((string)ended["amountOut"]!, null));
    }

    [Fact]
    public async Task What_an_unprotected_output_was_paid_below_its_min_is_said()
    {
        await Devnet.AutoAsync(0);
        var order = With(Devnet.Wallet().DueOrder(Subnet, amountIn: 1_000_000_000), "acceptUnprotectedOutput", true);
        (await Service.CreateAsync(order))!.Status.ShouldBe(200);
        await Until.Async(() => ReadAsync(order.Uuid), read => (string?)read["status"] == "broadcasted");
        await Devnet.MovePoolAsync("charisma-welsh-pool", 50_000_000_000_000, 1_000_000_000_000_000);
        await Devnet.MovePoolAsync("welsh-usdc-pool", 500_000_000_000_000, 500_000_000_000);
        await Devnet.MineAsync();
        await Devnet.AutoAsync(250);
        var ended = await EndedAsync(order.Uuid);
        await Devnet.MovePoolAsync("charisma-welsh-pool", 50_000_000_000_000, 2_000_000_000_000_000);
        await Devnet.MovePoolAsync("welsh-usdc-pool", 1_000_000_000_000_000, 500_000_000_000);
        ((string?)ended["status"], (string?)ended["reason"]).ShouldBe(("confirmed", "paid_below_min"));
    }

    [Theory]
    [InlineData(true, ".stx")]
    [InlineData(true, "susdc-token")]
    [InlineData(true, Subnet)]
    [InlineData(false, ".stx")]
    [InlineData(false, "susdc-token")]
    [InlineData(false, Subnet)]
    public async Task A_recipient_of_several_keys_or_a_contract_gets_what_was_bought(bool isSeveralKeys, string bought)
    {
        var recipient = isSeveralKeys
            ? new StacksAddress(StacksNetwork.Testnet.MultiSigVersion,
                Hash160.FromBytes(RandomNumberGenerator.GetBytes(Hash160.Size))).ToString()
            : Devnet.Contract("lens");
        var (before, order) = (await HeldAsync(bought, recipient),
            With(With(Devnet.Wallet().DueOrder(bought), "acceptUnprotectedOutput", true), "recipient", recipient));

        (await Service.CreateAsync(order))!.Status.ShouldBe(200);
        var ended = await EndedAsync(order.Uuid);

        ((string?)ended["status"], (string?)ended["recipient"]).ShouldBe(("confirmed", recipient), ended.ToJsonString());
        (await HeldAsync(bought, recipient) - before).ShouldBe(UInt128.Parse((string)ended["amountOut"]!, null));
        ((string?)(await Devnet.LedgerAsync()).Single(entry => (string?)entry["uuid"] == order.Uuid)["recipient"]).ShouldBe(recipient);
    }

    // Two accounts that may each have one transaction in flight.
    [Fact]
    public async Task A_call_that_finds_every_account_busy_answers_503_and_the_order_is_sent_later()
    {
        await Devnet.AutoAsync(0);
        var (wallet, orders) = (Devnet.Wallet(),
            new[] { Devnet.Wallet().DueOrder(), Devnet.Wallet().DueOrder(), Devnet.Wallet().ManualOrder() });
        foreach (var order in orders) (await Service.CreateAsync(order))!.Status.ShouldBe(200);
        foreach (var order in orders[..2]) await Until.Async(() => ReadAsync(order.Uuid), read => (string?)read["status"] == "broadcasted");
        var (message, signature) = wallet.Prove("execute_order", orders[2].Uuid);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/orders/{orders[2].Uuid}/execute")
        {
            Headers = { { "x-message", message }, { "x-signature", signature } },
        };
        using var answer = await Service.Http.SendAsync(request);
        ((int)answer.StatusCode,
            (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"]).ShouldBe((503, "solvers_busy"));
        answer.Headers.RetryAfter.ShouldNotBeNull();

        await Devnet.AutoAsync(250);
        foreach (var order in orders) ((string?)(await EndedAsync(order.Uuid))["status"]).ShouldBe("confirmed");
    }

    [Fact]
    public async Task An_intent_for_another_router_is_refused_with_the_router_of_this_service()
    {
        var wallet = Devnet.Wallet();
        var order = wallet.DueOrder();
        order.Body["signature"] = wallet.Sign(ContractId.Parse((string)order.Body["inputToken"]!, null), 1_000_000, order.Uuid,
            fixture.OtherRouter).ToRsvHex();
        var answer = (await Service.CreateAsync(order))!;
        (answer.Status, answer.Code,
            (string?)answer.Body!["details"]!["expected"]).ShouldBe((400, "wrong_router", Devnet.Contract("x-multihop-rc9")));
        ((string?)answer.Body["error"])!.ShouldContain(Devnet.Contract("x-multihop-rc9"));
    }

    // The whole way: signed as wallets sign, fired by a price, swapped by a transaction built here, confirmed with what the chain paid.
    [Fact]
    public async Task An_order_that_a_wallets_own_library_signed_fires_on_a_price_and_is_confirmed_with_what_the_chain_paid()
    {
        await Devnet.PinPriceAsync("charisma-token", "0.02");
        var body = await SignedByJavaScriptAsync(new JsonObject
        {
            ["privateKey"] = Devnet.Wallet(3).Key.ToHex(), ["network"] = "testnet", ["router"] = Devnet.Contract("x-multihop-rc9"),
            ["inputToken"] = Devnet.Contract("charisma-token-subnet-v1"), ["outputToken"] = Devnet.Contract("susdc-token"),
            ["amountIn"] = "250000000",
            // Above the middle of the two prices below, which a poll has that reads one source before the change and the other after it.
            ["conditionToken"] = Devnet.Contract("charisma-token"), ["baseAsset"] = "USD", ["direction"] = "gt", ["targetPrice"] = "0.0203",
        });
        var order = new SignedOrder((string)body["uuid"]!, body);
        ((string?)body["owner"]).ShouldBe(Devnet.Wallet(3).Address.ToString());
        (await Service.CreateAsync(order))!.Status.ShouldBe(200);
        await Task.Delay(600);
        ((string?)(await ReadAsync(order.Uuid))["status"]).ShouldBe("open"); // 0.02 is below its target

        await Devnet.PinPriceAsync("charisma-token", "0.0204"); // which the pools at 0.02 can follow within the price band
        var ended = await EndedAsync(order.Uuid);
        ((string?)ended["status"], (string?)ended["trigger"]!["watchedPrice"]).ShouldBe(("confirmed", "0.0204"));
        var swap = (await Devnet.LedgerAsync()).Single(entry => (string?)entry["uuid"] == order.Uuid);
        ((string?)swap["status"], (string?)swap["txid"], (string?)swap["amountOut"], (string?)swap["recipient"],
            (string?)swap["outToken"]).ShouldBe(
                ("success", (string?)ended["txid"], (string?)ended["amountOut"], (string?)body["owner"], (string?)body["outputToken"]));
        ((long?)ended["blockHeight"]).ShouldBe((long?)swap["block"]);
    }

    [Fact]
    public async Task Readiness_shows_the_chain()
    {
        var ready = await Until.Async(async () =>
            JsonNode.Parse(await (await Service.Operator.GetAsync("/health/ready")).Content.ReadAsStringAsync())!,
            r => (string?)r["status"] == "ready");
        var detail = ready["checks"]!["stacks"]!["detail"]!;
        ((long?)detail["node"]!["tipHeight"]).ShouldNotBeNull();
        detail["solvers"]!.AsArray().Count.ShouldBe(2);
        detail["solvers"]!.AsArray().ShouldAllBe(s => s!["transactionsLeft"] != null && (long)s["nonceGaps"]! == 0);
    }

    private async Task<JsonNode> ReadAsync(string uuid) => (await Service.ReadAsync(uuid))!.Body!["data"]!;

    private Task<JsonNode> EndedAsync(string uuid) =>
        Until.Async(() => ReadAsync(uuid), read => (string?)read["status"] is not ("open" or "broadcasted"));

    private async Task<UInt128> HeldAsync(string token, string? principal = null)
    {
        var held = await Devnet.BalancesAsync(principal ?? Devnet.Wallet().Address.ToString());
        return UInt128.Parse((string)(token == ".stx" ? held["stx"] : held["tokens"]![Devnet.Contract(token)])!, null);
    }

    private static SignedOrder With(SignedOrder order, string field, JsonNode? value)
    {
        var body = (JsonObject)order.Body.DeepClone();
        body[field] = value;
        return new SignedOrder(order.Uuid, body);
    }

    private static async Task<JsonObject> SignedByJavaScriptAsync(JsonObject wanted)
    {
        var start = new ProcessStartInfo("node", ["order.mjs", wanted.ToJsonString()])
        {
            WorkingDirectory = Path.Combine(DevnetProcess.Root(), "tests", "differential"), RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = Process.Start(start)!;
        var (line, said) = (await node.StandardOutput.ReadToEndAsync(), await node.StandardError.ReadToEndAsync());
        return line.Length > 0
            ? (JsonObject)JsonNode.Parse(line)!
            : throw new InvalidOperationException($"node signed nothing: install its packages with npm ci in tests/differential.\n{said}");
    }
}
