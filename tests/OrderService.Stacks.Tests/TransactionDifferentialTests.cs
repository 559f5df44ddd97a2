using System.Globalization;
using System.Text.Json.Nodes;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Clarity;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Transactions;
using OrderService.Tests;
using static OrderService.Stacks.Clarity.ClarityValue;

namespace OrderService.Stacks.Tests;

// Compares with @stacks/transactions 7.6.0 on random transactions: built here from the same description and signed with the same key, they
// have the same bytes and id, and those bytes are read back as what was built.
[Trait(TestScale.Trait, "property")]
public sealed class TransactionDifferentialTests
{
    // Of each kind; the library takes milliseconds for one.
    private static int Times(int full) => TestScale.Full ? full : full / 5;

    [Fact]
    public void Contract_calls_are_those_of_the_JavaScript_library()
    {
        var seen = new SortedSet<string>(StringComparer.Ordinal);
        DifferentialTests.Compare("call", Times(4_000), line => seen.UnionWith(CheckCall(line)));
        seen.ShouldBe(Everything, ignoreOrder: true);
    }

    [Fact]
    public void STX_transfers_are_those_of_the_JavaScript_library() => DifferentialTests.Compare("stx", Times(1_000), CheckTransfer);

    [Fact]
    public void Sponsored_transactions_are_those_of_the_JavaScript_library()
    {
        var seen = new SortedSet<string>(StringComparer.Ordinal);
        DifferentialTests.Compare("sponsored", Times(10_000), line =>
        {
            if (line["contract"] is null) CheckTransfer(line);
            else seen.UnionWith(CheckCall(line));
            seen.Add(line["contract"] is null ? "transfer" : "call");
            seen.Add(line.Text("sponsorKey") == line.Text("privateKey") ? "sponsors itself" : "sponsors another");
        });
        seen.ShouldBe([.. Everything, "transfer", "call", "sponsors itself", "sponsors another"], ignoreOrder: true);
    }

    [Fact]
    public void Golden_sponsored_transactions_have_every_byte()
    {
        var all = Vectors.Sponsored.Of("transactions").AsArray();
        foreach (var line in all)
        {
            if (line!["contract"] is null) CheckTransfer(line);
            else CheckCall(line);
        }
        all.Count.ShouldBe(12);
    }

    private static IEnumerable<string> CheckCall(JsonNode line)
    {
        ClarityValue[] arguments = [.. Items(line, "args").Select(Value)];
        PostCondition[] conditions = [.. Items(line, "postConditions").Select(Condition)];
        var mode = Enum.Parse<PostConditionMode>(line.Text("mode"), ignoreCase: true);
        Check(line, new TransactionPayload.ContractCall(ContractId.Parse(line.Text("contract")), line.Text("functionName"), arguments),
            conditions, mode);

        return
        [
            line.Text("network"), line.Text("mode"), $"{arguments.Length} arguments", $"{conditions.Length} conditions",
            .. conditions.Select(Kind), .. arguments.SelectMany(argument => Kinds(argument, 1)),
        ];
    }

    private static void CheckTransfer(JsonNode line) => Check(
        line,
        new TransactionPayload.TokenTransfer(Principal.Parse(line.Text("recipient")), Number(line, "amount"), line.Text("memo")),
        [], PostConditionMode.Deny);

    private static void Check(JsonNode line, TransactionPayload payload, PostCondition[] conditions, PostConditionMode mode)
    {
        var sponsor = line["sponsor"] is null ? null : new Sponsorship(Number(line, "sponsorNonce"), Number(line, "sponsorFee"));
        var unsigned = new UnsignedTransaction(
            StacksNetwork.Parse(line.Text("network")), Number(line, "nonce"), Number(line, "fee"), payload, conditions, mode, sponsor);
        var key = PrivateKey.Parse(line.Text("privateKey"));

        var signed = sponsor is null ? unsigned.Sign(key) : unsigned.Sign(key, PrivateKey.Parse(line.Text("sponsorKey")));

        Convert.ToHexStringLower(signed.Raw.Span).ShouldBe(line.Text("hex"));
        signed.TxId.ShouldBe(line.Text("txid"));
        signed.Sender.ToString().ShouldBe(line.Text("sender"));
        signed.Sponsor?.ToString().ShouldBe(line.TextOrNull("sponsor"));
        signed.Payer.ToString().ShouldBe(line.TextOrNull("sponsor") ?? line.Text("sender"));
        SignedTransaction.TryRead(Convert.FromHexString(line.Text("hex")), out var read).ShouldBeTrue();
        read.Content.ShouldBe(unsigned);
        read.Content.GetHashCode().ShouldBe(unsigned.GetHashCode());
        read.TxId.ShouldBe(line.Text("txid"));
        read.Sender.ShouldBe(signed.Sender);
        read.Sponsor.ShouldBe(signed.Sponsor);
        read.IsSigned().ShouldBeTrue();
    }

    private static ClarityValue Value(JsonNode node) => node.Text("type") switch
    {
        "int" => new Int(Int128.Parse(node.Text("value"), CultureInfo.InvariantCulture)),
        "uint" => new UInt(UInt128.Parse(node.Text("value"), CultureInfo.InvariantCulture)),
        "bool" => new Bool(node.Of("value").GetValue<bool>()),
        "buffer" => new ClarityValue.Buffer(Convert.FromHexString(node.Text("value"))),
        "principal" => new PrincipalValue(Principal.Parse(node.Text("value"))),
        "none" => new None(),
        "ascii" => new StringAscii(node.Text("value")),
        "utf8" => new StringUtf8(node.Text("value")),
        "ok" => new Ok(Value(node.Of("value"))),
        "err" => new Err(Value(node.Of("value"))),
        "some" => new Some(Value(node.Of("value"))),
        "list" => new List([.. Items(node, "value").Select(Value)]),
        "tuple" =>
            new ClarityValue.Tuple(
                [.. Items(node, "value").Select(entry => new TupleEntry(entry[0]!.GetValue<string>(), Value(entry[1]!)))]),
        var other => throw new KeyNotFoundException(other),
    };

    private static PostCondition Condition(JsonNode node)
    {
        Principal? sender = node.Text("sender") == "origin" ? null : Principal.Parse(node.Text("sender"));
        return node.Text("type") switch
        {
            "stx" => new PostCondition.Stx(sender, Comparison(node), Number(node, "amount")),
            "ft" => new PostCondition.Fungible(sender, AssetId.Parse(node.Text("asset")), Comparison(node), Number(node, "amount")),
            "nft" => new PostCondition.NonFungible(
                sender, AssetId.Parse(node.Text("asset")), Value(node.Of("instance")),
                node.Text("condition") == "sent" ? NonFungibleCondition.Sent : NonFungibleCondition.NotSent),
            var other => throw new KeyNotFoundException(other),
        };
    }

    private static FungibleCondition Comparison(JsonNode node) => node.Text("condition") switch
    {
        "eq" => FungibleCondition.Equal,
        "gt" => FungibleCondition.Greater,
        "gte" => FungibleCondition.GreaterOrEqual,
        "lt" => FungibleCondition.Less,
        "lte" => FungibleCondition.LessOrEqual,
        var other => throw new KeyNotFoundException(other),
    };

    // What the sample must contain, so that a generator that stops making something is noticed.
    private static IEnumerable<string> Everything =>
    [
        "mainnet", "testnet", "allow", "deny",
        .. Enumerable.Range(0, 6).SelectMany(count => new[] { $"{count} arguments", $"{count} conditions" }),
        .. from sender in new[] { "origin", "account", "contract" }
           from kind in Enum.GetNames<FungibleCondition>().SelectMany(c => new[] { $"Stx {c}", $"Fungible {c}" })
               .Concat(["NonFungible Sent", "NonFungible NotSent"])
           select $"{kind} {sender}",
        .. from type in new[] { "Int", "UInt", "Bool", "Buffer", "PrincipalValue", "None", "StringAscii", "StringUtf8", "Ok", "Err", "Some",
            "List", "Tuple" }
           from depth in Enumerable.Range(1, 4)
           where depth < 4 || type is not ("Ok" or "Err" or "Some" or "Tuple" or "List")
           select $"{type} at {depth}",
        "smallest i128", "largest i128", "largest u128",
    ];

    private static string Kind(PostCondition condition) => condition.GetType().Name + condition switch
    {
        PostCondition.Stx stx => $" {stx.Condition} ",
        PostCondition.Fungible fungible => $" {fungible.Condition} ",
        PostCondition.NonFungible token => $" {token.Condition} ",
        _ => throw new KeyNotFoundException(condition.ToString()),
    } + (condition.Sender is not { } sender ? "origin" : sender.IsContract ? "contract" : "account");

    private static IEnumerable<string> Kinds(ClarityValue value, int depth)
    {
        IEnumerable<ClarityValue> inner = value switch
        {
            Ok(var one) => [one],
            Err(var one) => [one],
            Some(var one) => [one],
            List(var items) => items,
            ClarityValue.Tuple tuple => tuple.Entries.Select(entry => entry.Value),
            _ => [],
        };
        IEnumerable<string> limits =
            value == new Int(Int128.MinValue) ? ["smallest i128"]
            : value == new Int(Int128.MaxValue) ? ["largest i128"]
            : value == new UInt(UInt128.MaxValue) ? ["largest u128"]
            : [];
        return [$"{value.GetType().Name} at {depth}", .. limits, .. inner.SelectMany(one => Kinds(one, depth + 1))];
    }

    private static IEnumerable<JsonNode> Items(JsonNode node, string name) => node.Of(name).AsArray().Select(item => item!);

    private static ulong Number(JsonNode node, string name) => ulong.Parse(node.Text(name), CultureInfo.InvariantCulture);
}
