using System.Text.Json.Nodes;
using OrderService.Domain;
using OrderService.Engine.Auth;
using OrderService.Stacks.Addresses;

namespace OrderService.Tests.Auth;

/// <summary>
/// What wallets really sign, and what the original's verifier says of bad proofs. We are stricter than it in two points: high-S and the
/// legacy prefix.
/// </summary>
public sealed class MessageVectorTests
{
    private const string Uuid = "669e8e74-6b2b-477e-9e4d-cd1399a0ef20";

    private static readonly JsonNode Vectors =
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Vectors", "messages.json")))!;
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1763690000000);
    private static readonly ProofVerifier Verifier = new(new MessageScope([], StacksNetwork.Mainnet, TakesLegacy: true), new AuthOptions());

    [Theory]
    [InlineData("msg-01", "cancel_order", Uuid, null)]
    [InlineData("msg-03", "create_api_key", null, null)]
    [InlineData("msg-05", "list_api_keys", null, null)]
    [InlineData("msg-07", "get_api_key_stats", null, "0123456789abcdef0123456789abcdef")]
    public void Messages_of_wallets_prove_their_signers(string id, string action, string? uuid, string? keyId)
    {
        var vector = Find("messages", id);
        var signer = StacksAddress.Parse((string)vector["signerMainnet"]!);
        foreach (var publicKey in new[] { null, (string?)vector["headers"]!["x-public-key"] })
        {
            var proof = new WalletProof((string)vector["signatureRsv"]!, publicKey, (string)vector["message"]!, signer.ToString());
            var verified = Verifier.Verify(proof, new AuthDemand(action, signer, uuid, keyId), Now).Value;
            Convert.ToHexStringLower(verified.Signed.Digest).ShouldBe((string)vector["hash"]!);
        }
    }

    [Fact]
    public void Every_bad_proof_is_refused_also_the_two_that_the_original_accepts()
    {
        var owner = StacksAddress.Parse((string)Find("messages", "msg-01")["signerMainnet"]!);
        foreach (var vector in Vectors["negativeMessages"]!.AsArray())
        {
            var proof = new WalletProof((string)vector!["headers"]!["x-signature"]!, (string)vector["headers"]!["x-public-key"]!,
                (string)vector["message"]!, null);
            var refused = Verifier.Verify(proof, new AuthDemand("cancel_order", owner, (string)vector["message"]!), Now).Error;
            refused.ShouldNotBeNull((string)vector["what"]!).Code.ShouldBe("invalid_signature", (string)vector["what"]!);
        }
    }

    private static JsonNode Find(string list, string id) => Vectors[list]!.AsArray().Single(v => (string?)v!["id"] == id)!;
}
