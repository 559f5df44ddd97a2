using System.Globalization;
using System.Text.Json.Nodes;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;

namespace OrderService.Stacks.Tests;

// Compares with the libraries of the wallets, @stacks/transactions and @stacks/encryption 7.6.0, on random input: the same hash, signer,
// signature bytes and address. Set DIFFERENTIAL_SEED to look at another sample.
public sealed class DifferentialTests
{
    private static readonly string Seed = Environment.GetEnvironmentVariable("DIFFERENTIAL_SEED") ?? "1";

    [Fact]
    public void Transfer_intents_are_those_of_the_JavaScript_libraries() => Compare("transfer", 5000, line =>
    {
        var intent = new TransferIntent(
            ContractId.Parse(line.Text("contract")), Number(line, "amount")!.Value, Principal.Parse(line.Text("target")),
            line.Text("uuid"), ChainId(line));
        var hash = new byte[32];
        intent.Hash(hash);
        var signature = CheckSigned(line, hash);
        CheckHash(line, General(line).Hash);
        VerifiedIntent.TryVerify(intent, signature, StacksAddress.Parse(line.Text("mainnet")), out _).ShouldBeTrue();
        VerifiedIntent.TryVerify(intent with { Amount = intent.Amount ^ 1 }, signature, StacksAddress.Parse(line.Text("mainnet")), out _)
            .ShouldBeFalse();
    });

    [Fact]
    public void Other_intents_are_those_of_the_JavaScript_libraries() =>
    Compare("intent", 2000, line => CheckHash(line, General(line).Hash));

    [Fact]
    public void Order_terms_are_those_of_the_JavaScript_libraries() => Compare("terms", 2000, line => CheckHash(line, new OrderTermsMessage
    {
        Version = line["version"]!.GetValue<int>(),
        Uuid = line.Text("uuid"),
        Owner = line.Text("owner"),
        InputToken = line.Text("inputToken"),
        OutputToken = line.Text("outputToken"),
        Recipient = line.Text("recipient"),
        Router = line.Text("router"),
        ConditionToken = line.Text("conditionToken"),
        BaseAsset = line.Text("baseAsset"),
        Direction = line.Text("direction"),
        AmountIn = Number(line, "amountIn")!.Value,
        MinAmountOut = Number(line, "minAmountOut"),
        SlippageBps = line["slippageBps"]?.GetValue<uint>(),
        TargetPrice = Number(line, "targetPrice"),
        ValidFrom = line["validFrom"]?.GetValue<ulong>(),
        ValidTo = line["validTo"]?.GetValue<ulong>(),
        MaxDeviationBps = line["maxDeviationBps"]?.GetValue<uint>(),
        AcceptsUnprotectedOutput = line["acceptUnprotectedOutput"]!.GetValue<bool>(),
        LimitPrice = Number(line, "limitPrice"),
        TimeInForce = line.Text("timeInForce"),
        TrailingBps = line["trailingBps"]?.GetValue<uint>(),
        TrailingAmount = Number(line, "trailingAmount"),
        GroupId = line.Text("groupId"),
        Leg = line["leg"]?.GetValue<uint>(),
        ChainId = ChainId(line),
    }.Hash));

    [Fact]
    public void Plain_messages_are_those_of_the_JavaScript_libraries() =>
        Compare("message", 5000, line => CheckHash(line, hash => PersonalMessage.Hash(line.Text("message"), hash)));

    [Fact]
    public void Damaged_signatures_recover_what_they_do_in_JavaScript_or_are_refused() => Compare("recover", 2000, line =>
    {
        var isSignature = RecoverableSignature.TryParseRsv(line.Text("signature"), out var signature, out var fault);
        if (fault == SignatureFault.HighS) return; // JavaScript recovers these too; we refuse them
        var isRecovered = Secp256k1.TryRecover(Convert.FromHexString(line.Text("hash")), signature, out var key);

        (isSignature && isRecovered).ShouldBe(line.TextOrNull("recovered") is not null);
        if (!isRecovered) return;
        key.ToString().ShouldBe(line.Text("recovered"));
        key.ToAddress(StacksNetwork.Mainnet).ToString().ShouldBe(line.Text("mainnet"));
    });

    [Fact]
    public void Addresses_are_those_of_the_JavaScript_libraries() => Compare("address", 5000, line =>
    {
        var hash = Hash160.FromBytes(Convert.FromHexString(line.Text("hash160")));
        var address = new StacksAddress(line.Of("version").GetValue<byte>(), hash);
        address.ToString().ShouldBe(line.Text("address"));
        StacksAddress.Parse(line.Text("address")).ShouldBe(address);
    });

    internal static void Compare(string kind, int count, Action<JsonNode> check)
    {
        var compared = 0;
        foreach (var line in JavaScriptLines.Of(Seed, $"{kind}={count}"))
        {
            Should.NotThrow(() => check(line), line.ToJsonString());
            compared++;
        }
        compared.ShouldBe(count);
    }

    private delegate void Hasher(Span<byte> hash32);

    private static void CheckHash(JsonNode line, Hasher hasher)
    {
        var hash = new byte[32];
        hasher(hash);
        CheckSigned(line, hash);
    }

    private static RecoverableSignature CheckSigned(JsonNode line, byte[] hash)
    {
        Convert.ToHexStringLower(hash).ShouldBe(line.Text("hash"));
        RecoverableSignature.TryParseRsv(line.Text("signature"), out var signature).ShouldBeTrue();
        Secp256k1.TryRecover(hash, signature, out var key).ShouldBeTrue();
        key.ToString().ShouldBe(line.Text("publicKey"));
        key.ToAddress(StacksNetwork.Mainnet).ToString().ShouldBe(line.Text("mainnet"));
        key.ToAddress(StacksNetwork.Testnet).ToString().ShouldBe(line.Text("testnet"));
        Secp256k1.Verify(hash, signature, key).ShouldBeTrue();
        Secp256k1.Sign(hash, PrivateKey.Parse(line.Text("privateKey"))).ShouldBe(signature);
        return signature;
    }

    private static StructuredIntent General(JsonNode line) => new(
        ContractId.Parse(line.Text("contract")),
        line.Text("intent"),
        line.TextOrNull("opcode") is { } opcode ? (ReadOnlyMemory<byte>?)Convert.FromHexString(opcode) : null,
        Number(line, "amount"),
        line.TextOrNull("target") is { } target ? Principal.Parse(target) : null,
        line.Text("uuid"),
        ChainId(line));

    private static UInt128? Number(JsonNode line, string name) =>
        line.TextOrNull(name) is { } text ? UInt128.Parse(text, CultureInfo.InvariantCulture) : null;

    private static uint ChainId(JsonNode line) => line.Of("chainId").GetValue<uint>();
}
