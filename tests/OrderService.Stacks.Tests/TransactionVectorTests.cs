using System.Globalization;
using System.Text.Json.Nodes;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Clarity;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Hashing;
using OrderService.Stacks.Transactions;
using static OrderService.Stacks.Clarity.ClarityValue;

namespace OrderService.Stacks.Tests;

public sealed class TransactionVectorTests
{
    private const int BlankedAt = 27;
    private const int SignatureAt = 44;
    private const int ConditionsAt = 115;

    public static TheoryData<string> Transactions => Vectors.Ids(Vectors.Transactions.Of("transactions"));

    [Theory, MemberData(nameof(Transactions))]
    public void Arguments_built_from_the_inputs_have_the_bytes_of_the_vector(string id)
    {
        var vector = VectorOf(id);
        ArgumentsOf(vector.Of("inputs")).Select(argument => Convert.ToHexStringLower(ClarityWriter.ToBytes(argument)))
            .ShouldBe(Texts(vector, "argsHex"));
    }

    [Theory, MemberData(nameof(Transactions))]
    public void A_signed_transaction_has_every_byte_of_the_vector(string id)
    {
        var vector = VectorOf(id);

        var signed = Build(vector).Sign(PrivateKey.Parse(vector.Text("senderKey")));

        var hex = Convert.ToHexStringLower(signed.Raw.Span);
        hex.ShouldBe(vector.Text("txHex"));
        hex[..2].ShouldBe(vector.Text("transactionVersion"));
        hex[2..10].ShouldBe(vector.Text("chainId"));
        hex[(2 * SignatureAt)..(2 * (SignatureAt + 65))].ShouldBe(vector.Text("signatureVrs"));
        hex[(2 * ConditionsAt)..].ShouldBe(string.Concat(Texts(vector, "postConditionsHex")) + vector.Text("payloadHex"));
        signed.Raw.Length.ShouldBe(vector.Of("txBytes").GetValue<int>());
        signed.TxId.ShouldBe(vector.Text("txid"));
        TxIds.Of(signed.Raw.Span).ShouldBe(vector.Text("txid"));
        signed.Sender.ToString().ShouldBe(vector.Text("senderAddress"));
        signed.IsSigned().ShouldBeTrue();
    }

    // The two hashes are inside; this follows the recipe of the vector file over the bytes that came out.
    [Theory, MemberData(nameof(Transactions))]
    public void The_hashes_on_the_way_are_those_of_the_vector(string id)
    {
        var vector = VectorOf(id);
        var blank = Build(vector).Sign(PrivateKey.Parse(vector.Text("senderKey"))).Raw.ToArray();
        var (nonce, fee) = (blank[27..35], blank[35..43]);
        blank.AsSpan(BlankedAt, 16).Clear();
        blank.AsSpan(SignatureAt, 65).Clear();

        var hash = new byte[32];
        Digests.Sha512_256(blank, hash);
        Convert.ToHexStringLower(hash).ShouldBe(vector.Text("initialSighash"));
        Digests.Sha512_256([.. hash, 4, .. fee, .. nonce], hash);
        Convert.ToHexStringLower(hash).ShouldBe(vector.Text("presignHash"));
        Secp256k1.Sign(hash, PrivateKey.Parse(vector.Text("senderKey"))).ToVrsHex().ShouldBe(vector.Text("signatureVrs"));
    }

    [Theory, MemberData(nameof(Transactions))]
    public void The_bytes_of_the_vector_are_read_back(string id)
    {
        var vector = VectorOf(id);
        var raw = Convert.FromHexString(vector.Text("txHex"));

        SignedTransaction.TryRead(raw, out var read).ShouldBeTrue();

        var built = Build(vector);
        read.Content.ShouldBe(built);
        read.Content.GetHashCode().ShouldBe(built.GetHashCode());
        read.Raw.Span.SequenceEqual(raw).ShouldBeTrue();
        read.TxId.ShouldBe(vector.Text("txid"));
        read.ToString().ShouldBe(read.TxId);
        read.Sender.ToString().ShouldBe(vector.Text("senderAddress"));
        read.Signer.ShouldBe(PrivateKey.Parse(vector.Text("senderKey")).PublicKey().ToHash160());
        read.IsSigned().ShouldBeTrue();
        (built with { Fee = built.Fee + 1 }).ShouldNotBe(built);
    }

    internal static SignedTransaction Signed(string id) =>
        Build(VectorOf(id)).Sign(PrivateKey.Parse(VectorOf(id).Text("senderKey")));

    private static JsonNode VectorOf(string id) => Vectors.Transactions.Of("transactions").ById(id);

    private static UnsignedTransaction Build(JsonNode vector) => new(
        StacksNetwork.Parse(vector.Text("network")),
        ulong.Parse(vector.Text("nonce"), CultureInfo.InvariantCulture),
        ulong.Parse(vector.Text("fee"), CultureInfo.InvariantCulture),
        new TransactionPayload.ContractCall(ContractId.Parse(vector.Text("contract")), vector.Text("functionName"),
            ArgumentsOf(vector.Of("inputs"))),
        [.. vector.Of("postConditions").AsArray().Select(condition => ConditionOf(condition!))],
        Enum.Parse<PostConditionMode>(vector.Text("postConditionMode")));

    // The swaps have tuples for what goes in, each hop and what comes out; the calls of a subnet token have plain values.
    private static ClarityValue[] ArgumentsOf(JsonNode inputs) => inputs["hops"] is null
        ? [Bytes(inputs, "signature"), Amount(inputs), new StringAscii(inputs.Text("uuid")), Account(inputs, "to")]
        : [
            new ClarityValue.Tuple(
                ("token", Account(inputs.Of("in"), "token")), ("amount", Amount(inputs.Of("in"))),
                ("signature", Bytes(inputs.Of("in"), "signature")), ("uuid", new StringAscii(inputs.Of("in").Text("uuid")))),
            .. inputs.Of("hops").AsArray()
                .Select(hop => new ClarityValue.Tuple(("vault", Account(hop!, "vault")), ("opcode", Bytes(hop!, "opcode")))),
            new ClarityValue.Tuple(("token", Account(inputs.Of("out"), "token")), ("to", Account(inputs.Of("out"), "to"))),
        ];

    private static PostCondition.Fungible ConditionOf(JsonNode condition) => new(
        Principal.Parse(condition.Text("principal")),
        AssetId.Parse(condition.Text("asset")),
        condition.Text("cond") switch
        {
            "gte" => FungibleCondition.GreaterOrEqual,
            var other => throw new KeyNotFoundException(other),
        },
        ulong.Parse(condition.Text("amount"), CultureInfo.InvariantCulture));

    private static PrincipalValue Account(JsonNode node, string name) => new(Principal.Parse(node.Text(name)));

    private static UInt Amount(JsonNode node) => new(UInt128.Parse(node.Text("amount"), CultureInfo.InvariantCulture));

    private static ClarityValue.Buffer Bytes(JsonNode node, string name) => new(Convert.FromHexString(node.Text(name)));

    private static string[] Texts(JsonNode node, string name) => [.. node.Of(name).AsArray().Select(text => text!.GetValue<string>())];
}
