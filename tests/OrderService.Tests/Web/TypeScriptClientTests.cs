using System.Diagnostics;
using System.Text.Json.Nodes;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;
using OrderService.Tests.Ground;
using OrderService.Tests.Http;

namespace OrderService.Tests.Web;

/// <summary>
/// The TypeScript client: it signs as this service verifies, and it drives the real service through outages, wrong clocks and streams that
/// break.
/// </summary>
public sealed class TypeScriptClientTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private const int Signatures = 200;

    internal static readonly string Folder = Path.Combine(Repository.Root, "clients", "typescript");
    internal static readonly Lazy<Task> Built = new(BuildAsync);

    [Fact]
    public async Task It_drives_the_service_through_outages_a_wrong_clock_and_a_stream_that_breaks()
    {
        await Built.Value;
        var given = new JsonObject { ["url"] = service.Client.BaseAddress!.ToString().TrimEnd('/'), ["sell"] = service.Wallet.SellToken };
        var (code, said) = await NodePackage.RunInAsync(Folder, "test/drive.mjs", given.ToJsonString());
        code.ShouldBe(0, said);
        JsonNode.Parse(said)!.AsObject().Select(fact => $"{fact.Key}: {fact.Value?.ToJsonString()}").ShouldBe(
        [
            "otherService: \"this is wallets.test, not another.example: nothing is signed for it\"", "placed: true", "again: true",
            "settled: \"confirmed\"",
            "paused: true", "resumed: false", "cancelled: \"cancelled\"", "cancelledAgain: \"cancelled\"", "executed: 64",
            "manual: \"confirmed\"",
            "group: [\"open\",\"1 true true\",\"2 true true\",\"oco\"]", "groupCancelled: [\"cancelled\",\"cancelled\",\"ended\"]",
            "previewed: [true,[\"amountIn\"]]", "foreseen: [\"string\",false,[true,false]]",
            "amended: [1,\"900000\",true,1,\"900000\",true]", "stale: \"412 revision_mismatch\"",
            "replaced: [\"open\",\"replaced_by_order\",\"price\"]",
            "accounts: [true]", "withdrawn: \"422 insufficient_balance\"",
            "refused: \"400 invalid_principal recipient\"", "unknown: \"404 not_found\"", "listed: [2,\"string\",2]", "quoted: true",
            "tried: [\"before\",\"after\",\"busy\",\"through\"]", "once: 1", "wrongClock: \"cancelled\"", "rising: true", "missed: 0",
            "reconnected: true", "gone: \"410 position_gone\"",
        ]);
    }

    [Fact]
    public async Task It_signs_every_byte_as_the_service_does()
    {
        await Built.Value;
        var random = new Random(7);
        var (asked, expected) = (new List<string>(), new List<string>());
        for (var i = 0; i < Signatures; i++) Ask(random, i, asked, expected);
        (await SignAsync(asked)).ShouldBe(expected);
    }

    // One of three kinds of text in turn, of a key of its own, on both networks.
    private static void Ask(Random random, int nth, List<string> asked, List<string> expected)
    {
        var key = PrivateKey.Generate();
        var network = nth % 2 == 0 ? StacksNetwork.Testnet : StacksNetwork.Mainnet;
        var address = key.PublicKey().ToAddress(network).ToString();
        var token = $"{address}.token-{nth}";
        var (uuid, amount) = (Guid.NewGuid().ToString(), new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64()));
        var given = new JsonObject { ["key"] = key.ToHex(), ["network"] = network.Name };
        var hash = new byte[32];
        var intent = new JsonObject
        {
            ["uuid"] = uuid, ["inputToken"] = token, ["amountIn"] = amount.ToString(), ["router"] = $"{address}.router",
            ["chainId"] = network.ChainId,
        };
        switch (nth % 3)
        {
            case 0:
                given["intent"] = intent;
                new TransferIntent(ContractId.Parse(token, null), amount, Principal.Parse($"{address}.router", null), uuid,
                    network.ChainId).Hash(hash);
                break;
            case 1:
                given["terms"] = intent;
                given["version"] = nth % 9 == 4 ? 1 : 2;
                (Terms(intent, nth, address, amount) with { Version = (int)given["version"]! }).Hash(hash);
                break;
            default:
                var text = new string([.. Enumerable.Range(0, random.Next(0, 70_000)).Select(_ => (char)random.Next(32, 0x2000))]);
                given["text"] = text;
                PersonalMessage.Hash(text, hash);
                break;
        }
        asked.Add(given.ToJsonString());
        expected.Add(new JsonObject { ["address"] = address, ["publicKey"] = key.PublicKey().ToString(),
            ["signature"] = Secp256k1.Sign(hash, key).ToRsvHex() }.ToJsonString());
    }

    private static OrderTermsMessage Terms(JsonObject terms, int nth, string address, UInt128 amount)
    {
        var isFull = nth % 6 == 1;
        (terms["owner"], terms["outputToken"], terms["recipient"]) = (address, ".stx", address);
        if (isFull)
        {
            (terms["conditionToken"], terms["baseAsset"], terms["direction"], terms["targetPrice"], terms["minAmountOut"]) = (".stx", "USD",
                "lt", "12.000000000000000001", "77");
        }
        if (isFull) (terms["slippageBps"], terms["validFrom"], terms["validTo"]) = (50, "2030-01-01T00:00:00.5Z", "2030-12-31T23:59:59Z");
        if (isFull)
        {
            (terms["maxDeviationBps"], terms["acceptUnprotectedOutput"], terms["limitPrice"], terms["timeInForce"]) = (300, true, "0.5",
                "ioc");
        }
        if (isFull)
            (terms["trailingBps"], terms["trailingAmount"], terms["groupId"], terms["leg"]) = (250, "0.000000000000000007", "a group", 2);
        return new OrderTermsMessage
        {
            Version = 2, MaxDeviationBps = isFull ? 300 : null, AcceptsUnprotectedOutput = isFull,
            LimitPrice = isFull ? 500_000_000_000_000_000 : null, TimeInForce = isFull ? "ioc" : "gtc",
            TrailingBps = isFull ? 250 : null, TrailingAmount = isFull ? 7 : null, GroupId = isFull ? "a group" : "",
            Leg = isFull ? 2 : null,
            Uuid = (string)terms["uuid"]!, Owner = address, InputToken = (string)terms["inputToken"]!, OutputToken = ".stx",
            Recipient = address, Router = (string)terms["router"]!, ChainId = (uint)terms["chainId"]!,
            ConditionToken = isFull ? ".stx" : "", BaseAsset = isFull ? "USD" : "", Direction = isFull ? "lt" : "", AmountIn = amount,
            TargetPrice = isFull ? UInt128.Parse("12000000000000000001", null) : null, MinAmountOut = isFull ? 77 : null,
            SlippageBps = isFull ? 50 : null,
            ValidFrom = isFull ? 1893456000500 : null, ValidTo = isFull ? 1924991999000 : null,
        };
    }

    private static async Task<IReadOnlyList<string>> SignAsync(List<string> asked)
    {
        using var node = Process.Start(new ProcessStartInfo("node", ["test/sign.mjs"]) { WorkingDirectory = Folder,
            RedirectStandardInput = true, RedirectStandardOutput = true, StandardInputEncoding = new System.Text.UTF8Encoding(false) })!;
        var said = node.StandardOutput.ReadToEndAsync();
        foreach (var line in asked) await node.StandardInput.WriteLineAsync(line);
        node.StandardInput.Close();
        await node.WaitForExitAsync();
        return (await said).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static async Task BuildAsync()
    {
        var (code, said) = await NodePackage.RunInAsync(Folder, "node_modules/typescript/bin/tsc", "-p", "tsconfig.json");
        code.ShouldBe(0, said);
    }
}
