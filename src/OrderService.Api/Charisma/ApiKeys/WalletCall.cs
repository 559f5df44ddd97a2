using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Auth;

namespace OrderService.Api.Charisma.ApiKeys;

/// <summary>A call that a wallet has signed: the signed message and what it says.</summary>
internal sealed record WalletCall(SignedMessage Signed, WalletMessage Message)
{
    /// <summary>
    /// The proven call, or why there is none. A body carries message, signature and walletAddress (the signature may stand in the header
    /// instead); a GET has the three as headers.
    /// </summary>
    public static async Task<Result<WalletCall>> ProveAsync(HttpContext context, Authenticator authenticator, string action, string? keyId, CancellationToken token)
    {
        var proof = await ProofReader.ReadAsync(context, token);
        if (Missing(proof, context.Request) is { } missing) return missing;
        if (authenticator.Verify(proof, new AuthDemand(action, Owner: null, KeyId: keyId)).IsRejected(out var why, out var verified)) return why;
        return new WalletCall(verified.Signed, verified.Message!); // without an order there is no bare uuid to sign
    }

    /// <summary>Reads a key's id: 32 hex digits of either case, with or without hyphens.</summary>
    public static bool TryParseId(string text, out Guid id) => Guid.TryParseExact(text, "N", out id) || Guid.TryParseExact(text, "D", out id);

    private static OrderError? Missing(WalletProof proof, HttpRequest request)
    {
        if (proof is { Text: not null, Signature: not null, Wallet: not null }) return null;
        return HttpMethods.IsGet(request.Method)
            ? new OrderError.Unauthenticated("missing_credentials", $"Missing required headers: {List("X-Message", "X-Signature", "X-Wallet-Address")}")
            : new OrderError.Malformed($"Missing required fields: {List("message", "signature", "walletAddress")}") { Code = "missing_fields" };

        string List(string message, string signature, string wallet) => string.Join(", ",
            new[] { proof.Text is null ? message : null, proof.Signature is null ? signature : null, proof.Wallet is null ? wallet : null }.OfType<string>());
    }
}
