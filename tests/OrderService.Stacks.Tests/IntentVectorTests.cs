using System.Globalization;
using System.Text.Json.Nodes;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Clarity;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Hashing;
using OrderService.Stacks.Messages;

namespace OrderService.Stacks.Tests;

public sealed class IntentVectorTests
{
    public static TheoryData<string> Intents => Vectors.Ids(Vectors.Intents.Of("intents"));

    public static TheoryData<string> Negatives => Vectors.Ids(Vectors.Intents.Of("negativeIntents"));

    public static TheoryData<string> Domains => [.. Vectors.Intents.Of("domains").AsObject().Select(domain => domain.Key)];

    [Theory, MemberData(nameof(Intents))]
    public void An_intent_has_the_bytes_hash_signature_and_signer_of_the_vector(string id)
    {
        var vector = Vectors.Intents.Of("intents").ById(id);
        var intent = General(vector);
        var key = PrivateKey.Parse(Vectors.Intents.Of("keys").Of(vector.Text("key")).Text("privateKey"));

        Convert.ToHexStringLower(ClarityWriter.ToBytes(intent.Domain)).ShouldBe(vector.Text("domainConsensusHex"));
        Convert.ToHexStringLower(ClarityWriter.ToBytes(intent.Message)).ShouldBe(vector.Text("messageConsensusHex"));
        Sha256Of(vector.Text("domainConsensusHex")).ShouldBe(vector.Text("domainHash"));
        Sha256Of(vector.Text("messageConsensusHex")).ShouldBe(vector.Text("messageHash"));
        var hash = new byte[32];
        intent.Hash(hash);
        Convert.ToHexStringLower(hash).ShouldBe(vector.Text("hash"));

        var signature = Secp256k1.Sign(hash, key);
        signature.ToRsvHex().ShouldBe(vector.Text("signatureRsv"));
        signature.ToRsvHex()
            .ShouldBe(vector.Text("r") + vector.Text("s") + "0" + vector.Of("recoveryId").GetValue<int>()
                .ToString(CultureInfo.InvariantCulture));
        Secp256k1.TryRecover(hash, signature, out var recovered).ShouldBeTrue();
        recovered.ToAddress(StacksNetwork.Mainnet).ToString().ShouldBe(vector.Text("signerMainnet"));
        recovered.ToAddress(StacksNetwork.Testnet).ToString().ShouldBe(vector.Text("signerTestnet"));
        Secp256k1.Verify(hash, signature, recovered).ShouldBeTrue();
    }

    [Theory, MemberData(nameof(Intents))]
    public void A_transfer_intent_hashes_as_its_general_form_and_verifies(string id)
    {
        var vector = Vectors.Intents.Of("intents").ById(id);
        if (Transfer(vector) is not { } transfer) return; // only the general form can carry the others

        var hash = new byte[32];
        transfer.Hash(hash);
        Convert.ToHexStringLower(hash).ShouldBe(vector.Text("hash"));

        RecoverableSignature.TryParseRsv(vector.Text("signatureRsv"), out var signature).ShouldBeTrue();
        foreach (var signer in new[] { "signerMainnet", "signerTestnet" })
        {
            var owner = StacksAddress.Parse(vector.Text(signer));
            VerifiedIntent.TryVerify(transfer, signature, owner, out var verified).ShouldBeTrue();
            verified.Signer.ShouldBe(owner);
            verified.Intent.ShouldBe(transfer);
            verified.Signature.ShouldBe(signature);
        }
        VerifiedIntent.RecoverSigner(transfer, signature, StacksNetwork.Testnet).ToString().ShouldBe(vector.Text("signerTestnet"));
    }

    [Theory, MemberData(nameof(Negatives))]
    public void A_negative_intent_is_refused_and_what_it_recovers_is_that_of_the_vector(string id)
    {
        var vector = Vectors.Intents.Of("negativeIntents").ById(id);
        var owner = StacksAddress.Parse(vector.Text("expectedOwner"));
        var transfer = Transfer(vector);
        var hash = new byte[32];
        General(vector).Hash(hash);
        Convert.ToHexStringLower(hash).ShouldBe(vector.Text("hash"));

        var isSignature = RecoverableSignature.TryParseRsv(vector.TextOrNull("signatureRsv"), out var signature, out var fault);
        isSignature.ShouldBe(fault == SignatureFault.None);
        if (isSignature)
        {
            var isRecovered = Secp256k1.TryRecover(hash, signature, out var key);
            isRecovered.ShouldBe(vector["jsRecovered"]?["address"] is not null);
            if (isRecovered) key.ToAddress(StacksNetwork.Mainnet).ToString().ShouldBe(vector.Of("jsRecovered").Text("address"));
        }
        // High-S with the recovery id flipped recovers the owner on chain; it is refused here because its low-S twin exists.
        var isAccepted = isSignature && transfer is not null && VerifiedIntent.TryVerify(transfer, signature, owner, out _);
        isAccepted.ShouldBeFalse();
    }

    [Theory, MemberData(nameof(Domains))]
    public void A_domain_has_the_bytes_and_hash_of_the_vector(string name)
    {
        var vector = Vectors.Intents.Of("domains").Of(name);
        var domain = StructuredMessage.Domain("BLAZE_PROTOCOL", "v1.0", vector.Of("chainId").GetValue<uint>());

        Convert.ToHexStringLower(ClarityWriter.ToBytes(domain)).ShouldBe(vector.Text("consensusHex"));
        Sha256Of(vector.Text("consensusHex")).ShouldBe(vector.Text("hash"));
    }

    [Fact]
    public void A_multi_signature_address_owns_no_intent()
    {
        var vector = Vectors.Intents.Of("intents").ById("intent-01");
        RecoverableSignature.TryParseRsv(vector.Text("signatureRsv"), out var signature).ShouldBeTrue();
        var hash = StacksAddress.Parse(vector.Text("signerMainnet")).Hash;

        VerifiedIntent.TryVerify(Transfer(vector)!, signature, new StacksAddress(22, hash), out _).ShouldBeTrue();
        VerifiedIntent.TryVerify(Transfer(vector)!, signature, new StacksAddress(20, hash), out _).ShouldBeFalse();
        VerifiedIntent.TryVerify(Transfer(vector)!, signature, new StacksAddress(21, hash), out _).ShouldBeFalse();
    }

    [Fact]
    public void The_longest_transfer_intent_fits_its_buffer()
    {
        var longest = ContractId.Parse("SP2ZNGJ85ENDY6QRHQ5P2D4FXKGZWCKTB2T0Z55KS." + new string('a', 40));
        var uuid = new string('z', 36);
        var transfer = new TransferIntent(longest, UInt128.MaxValue, Principal.From(longest), uuid, 7);
        var general = new StructuredIntent(longest, TransferIntent.Name, null, UInt128.MaxValue, Principal.From(longest), uuid, 7);
        byte[] hash = new byte[32], expected = new byte[32];

        transfer.Hash(hash);
        general.Hash(expected);

        hash.ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123456789012345678901234567890123456")]
    [InlineData("é")]
    public void A_uuid_that_the_chain_could_not_hold_makes_no_intent(string uuid)
    {
        var token = ContractId.Parse("SP2ZNGJ85ENDY6QRHQ5P2D4FXKGZWCKTB2T0Z55KS.token");
        Should.Throw<ArgumentException>(() => new TransferIntent(token, 1, Principal.From(token), uuid, 1));
        var intent = new TransferIntent(token, 1, Principal.From(token), "1", 1);
        Should.Throw<ArgumentException>(() => intent with { Uuid = uuid });
    }

    private static StructuredIntent General(JsonNode vector)
    {
        var fields = vector.Of("fields");
        return new(
            ContractId.Parse(fields.Text("contract")),
            fields.Text("intent"),
            fields.TextOrNull("opcode") is { } opcode ? (ReadOnlyMemory<byte>?)Convert.FromHexString(opcode) : null,
            fields.TextOrNull("amount") is { } amount ? UInt128.Parse(amount, CultureInfo.InvariantCulture) : null,
            fields.TextOrNull("target") is { } target ? Principal.Parse(target) : null,
            fields.Text("uuid"),
            vector.Of("chainId").GetValue<uint>());
    }

    private static TransferIntent? Transfer(JsonNode vector) => General(vector) switch
    {
        { Intent: TransferIntent.Name, Opcode: null, Amount: { } amount, Target: { } target } general =>
            new(general.Contract, amount, target, general.Uuid, general.ChainId),
        _ => null,
    };

    private static string Sha256Of(string hex)
    {
        var hash = new byte[32];
        Digests.Sha256(Convert.FromHexString(hex), hash);
        return Convert.ToHexStringLower(hash);
    }
}
