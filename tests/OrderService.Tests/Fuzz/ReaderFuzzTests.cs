using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrderService.Api.Charisma;
using OrderService.Api.Panora;
using OrderService.Api.Panora.Records;
using OrderService.Api.SwapCoffee;
using OrderService.Api.SwapCoffee.Records;
using OrderService.Api.Wire;
using OrderService.Domain.Amounts;
using OrderService.Domain.Expressions;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;
using OrderService.Engine.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Clarity;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Transactions;
using OrderService.Tests.Charisma;
using OrderService.Tests.Ground;
using OrderService.Venues.Stacks;
using OrderService.Venues.Stacks.Node;

namespace OrderService.Tests.Fuzz;

/// <summary>Every reader of bytes that come from clients, wallets, nodes and price sources.</summary>
[Trait(TestScale.Trait, "fuzz")]
public sealed class ReaderFuzzTests
{
    /// <summary>Inputs of each reader; <c>ORDERSERVICE_TEST_INPUTS</c> says another number.</summary>
    internal static readonly int InputsCount =
        int.TryParse(Environment.GetEnvironmentVariable("ORDERSERVICE_TEST_INPUTS"), System.Globalization.CultureInfo.InvariantCulture,
            out var given) ? given : TestScale.Full ? 1_000_000 : 4_000;

    private static readonly JsonNode Vectors = JsonNode.Parse(
        File.ReadAllText(Path.Combine(Repository.Root, "tests", "OrderService.Stacks.Tests", "Vectors", "transactions.json")))!;

    private static readonly NewOrderRules Rules = new();
    private static readonly AmendRules Amends = new();
    private static readonly PayoutRules Payouts = new();

    private static readonly Lazy<Dictionary<string, FuzzTarget>> All =
        new(() => Chain().Concat(Values()).Concat(Bodies()).Concat(Outside()).ToDictionary(target => target.Name));

    public static TheoryData<string> Names() => [.. All.Value.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void No_input_breaks_the_reader_of(string name) => FuzzRun.Run(All.Value[name], InputsCount);

    private static IEnumerable<FuzzTarget> Chain()
    {
        var raws = Hexes(Vectors).Where(hex => hex.Length is > 200 and < 20_000).Distinct().Take(40).Select(Convert.FromHexString).ToList();
        raws.Count.ShouldBeGreaterThan(5);
        yield return new("transactions", raws, bytes =>
        {
            if (SignedTransaction.TryRead(bytes, out var read)) _ = read.ToString();
            StacksCalls.TryReadUuid(bytes, out _);
        });
        var values = new[] { "0703", "0a0d0000000568656c6c6f",
            "0c0000000201610000000000000000000000000000000001016200000000000000000000000000000000ff",
            "0b00000002030a0100000000000000000000000000000007", "051a000000000000000000000000000000000000000000", "0d0000000161",
            "0e00000002c3a9" }.Select(Convert.FromHexString).ToList();
        yield return new("clarity", values, bytes =>
        {
            if (!ClarityReader.TryRead(bytes, out var value)) return;
            _ = value.ToString();
            var written = new System.Buffers.ArrayBufferWriter<byte>();
            ClarityWriter.Write(value, written);
            written.WrittenSpan.SequenceEqual(bytes).ShouldBeTrue(); // what was read is written as it came
        });
        yield return FuzzTarget.Of("clarity in hex", values.Select(value => "0x" + Convert.ToHexStringLower(value)),
            text => ClarityReader.TryReadHex(text, out _));
        yield return FuzzTarget.Of("addresses",
            [Samples.Owner.ToString(), $"{Samples.Owner}.charisma-token-subnet-v1", "SP000000000000000000002Q6VF78",
                $"{Samples.Owner}.a::b", ".stx"], text =>
                {
                    if (StacksAddress.TryParse(text, out var address)) StacksAddress.Parse(address.ToString()).ShouldBe(address);
                    _ = Principal.TryParse(text, out _) | ContractId.TryParse(text, out _) | AssetId.TryParse(text, out _)
                        | TokenId.TryParse(text, out _);
                });
        yield return FuzzTarget.Of("signatures and keys",
            [Samples.Signature(), Samples.Key.PublicKey().ToString()!, new string('0', 130), new string('f', 66)], text =>
            {
                if (RecoverableSignature.TryParseRsv(text, out var signature)) _ = Secp256k1.TryRecover(new byte[32], signature, out _);
                _ = CompressedPublicKey.TryParse(text, out _) | PrivateKey.TryParse(text, out _);
            });
    }

    private static IEnumerable<FuzzTarget> Values()
    {
        yield return FuzzTarget.Of("numbers",
            ["1", "0.30", "1e-7", "6e1", "340282366920938463463374607431768211455", "99999999999999999999.999999999999999999", "-0.5",
                "3.0"], text =>
                {
                    if (Price.TryParse(text, out var price)) Price.Parse(price.ToString()).ShouldBe(price);
                    if (TokenAmount.TryParse(text, out var amount)) TokenAmount.Parse(amount.ToString()).ShouldBe(amount);
                    _ = WireNumber.TryParse(text, out _) | FixedNumber.TryParse(text, out _) | PriceNumber.TryRead(text, out _, out _);
                    _ = HumanAmount.Read(text, 6, out _);
                });
        yield return FuzzTarget.Of("moments and ids",
            ["2026-11-28T07:00:00Z", "2026-02-28T23:59:59.999999999+02:00", Samples.Uuid, "ck_live_" + new string('a', 64),
                new OrderKey(Guid.Parse(Samples.Uuid), Samples.Start).ToString()!], text =>
                {
                    _ = IsoTime.TryParse(text, out _) | OrderUuid.TryParse(text, out _) | ApiKeySecret.TryParse(text, out _)
                        | OrderKey.TryParse(text, out _);
                    _ = UuidRange.Of(text);
                    _ = PanoraTxId.TryParse(text, out _);
                });
        yield return FuzzTarget.Of("expressions",
            ["simulated:CHA-USD:price > 1.5 && volume < 3", "x := CHA-USD; x * 2 > 1", "CHA-USD 2 * 1 >",
                "min(CHA-USD, 3) >= 1 || !(2 < 1)", "arrival * 0.99", "((((1))))+2>1"], text =>
                {
                    _ = ConditionReader.TryRead(text, AnyName.Known, out _, out _);
                    _ = LimitReader.TryRead(text, AnyName.Known, out _, out _);
                });
        yield return FuzzTarget.Of("signed messages",
            ["""{"action":"cancel_order","uuid":"669e8e74-6b2b-477e-9e4d-cd1399a0ef20","timestamp":1763690000000,"service":"a","chainId":1,"address":"b"}""", """{"action":"create_api_key","keyName":"k","permissions":["create"],"limits":{"maxUsdPerDay":"5","ips":["10.0.0.0/8"]}}"""], text =>
            {
                if (WalletMessage.TryParse(text, out var message, out _)) _ = message.TryGetMoment(out _);
            });
        yield return FuzzTarget.Of("x-verify",
            ["""{"domain":"a/testnet","timestamp":1763690000,"signature":"00","payload":"p","address":"a","public_key":"02"}"""],
            text => XVerify.Read(text));
    }

    private static IEnumerable<FuzzTarget> Bodies()
    {
        var (router, tokens) = (new TermsOnlyRouter(Samples.Venue), new TokenRegistry());
        var (dca, limit) = (new NewDcaOrderRules(router, tokens), new NewLimitOrderRules(router, tokens));
        yield return new("bodies of the native API",
            [Bytes(Samples.Body()),
                Bytes(Samples.Body(("conditionToken", "*"), ("targetPrice", "0.30"), ("direction", "gt"), ("slippage", 0.5),
                    ("trailingBps", 250), ("trailingAmount", "0.01"), ("timeInForce", "gtt"),
                    ("metadata", JsonNode.Parse("""{"a":[1,{"b":null}]}"""))))], bytes =>
                    {
                        if (!System.Text.Unicode.Utf8.IsValid(bytes)) return; // refused before it is read
                        var body = Samples.Read(bytes);
                        _ = Rules.FirstRefusal(body);
                    });
        yield return new("bodies of Panora",
            ["""{"chainId":1,"fromWalletAddress":"a","fromTokenAddress":"0x1","toTokenAddress":"0x2","fromTokenAmount":{"type":"total","value":"10"},"interval":{"unit":"minute","value":"5"},"numberOfOrders":3.0,"slippagePercentage":"1"}"""u8.ToArray()], bytes =>
            {
                _ = dca.FirstRefusal(BodyReader<NewDcaOrderRecord>.Read(bytes, PanoraBodies.Style));
                _ = limit.FirstRefusal(BodyReader<NewLimitOrderRecord>.Read(bytes, PanoraBodies.Style));
            });
        yield return new("bodies of strategies",
            ["""{"type":"dca","token_from":{"blockchain":"stacks","address":"native"},"token_to":{"blockchain":"stacks","address":"a.b"},"input_amount":"1000","max_suborders":3,"max_invocations":2,"settings":{"slippage":0.01,"delay":60},"close_timestamp":1763690000}"""u8.ToArray()], bytes =>
            {
                OrderService.Api.SwapCoffee.NewOrderJson.Read(bytes);
                var amend = BodyReader<AmendRecord>.Read(bytes, SwapCoffeeBodies.Style);
                if (Amends.FirstRefusal(amend) is null) AmendJson.Of(amend);
                Payouts.FirstRefusal(BodyReader<PayoutRecord>.Read(bytes, SwapCoffeeBodies.Style));
                UnconfirmedOrder.Open(Convert.ToBase64String(bytes));
            });
    }

    private static IEnumerable<FuzzTarget> Outside()
    {
        yield return new("refusals of a node",
            ["""{"error":"transaction rejected","reason":"BadNonce","txid":"00"}"""u8.ToArray(), "text"u8.ToArray()],
            bytes => Refusal.Read(bytes));
        yield return new("answers of a price source", ["""{"prices":{"a.b":"0.30","c":1e-7}}"""u8.ToArray()], bytes =>
        {
            try
            {
                using var document = BoundedJson.Parse(bytes);
                _ = PriceTime.TryRead(document.RootElement, TimeUnit.Seconds, out _);
            }
            catch (Exception fault) when (fault is PriceSourceException or InvalidOperationException)
            {
                // How it says that there is no answer; text that is no Unicode is found only when it is read.
            }
        });
    }

    private static byte[] Bytes(JsonNode body) => Encoding.UTF8.GetBytes(body.ToJsonString());

    private static IEnumerable<string> Hexes(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Hexes(member.Value)),
        JsonArray items => items.SelectMany(Hexes),
        JsonValue value when value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is { Length: > 2 } text =>
            IsHex(text.StartsWith("0x", StringComparison.Ordinal) ? text[2..] : text),
        _ => [],
    };

    private static IEnumerable<string> IsHex(string text) => text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit) ? [text] : [];

    private sealed class AnyName : IExpressionNames
    {
        public static readonly AnyName Known = new();

        public bool IsVenue(string venue) => venue == "simulated";

        public PairPrice? PairOf(string pair) =>
            pair.Length < 12 && pair.Contains('-', StringComparison.Ordinal)
                ? new PairPrice(pair, "simulated", TokenId.Stx, TokenId.Usd) : null;
    }
}
