using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Auth;

namespace OrderService.Api.Charisma.ApiKeys;

/// <summary>A call that a wallet has signed.</summary>
internal sealed record WalletCall(SignedMessage Signed)
{
    /// <summary>Reads a key's id: 32 hex digits of either case, with or without hyphens.</summary>
    public static bool TryParseId(string text, out Guid id) =>
        Guid.TryParseExact(text, "N", out id) || Guid.TryParseExact(text, "D", out id);
}

/// <summary>
/// Lets the wallet itself through, and no key. A body carries message, signature and walletAddress (the signature may stand in the header
/// instead); a GET has the three as headers. Where the path names a key or a webhook, the message must be about that one.
/// </summary>
internal class WalletCallProof(string action) : CallerProof(Asker.Wallet, action)
{
    /// <summary>The call of a request that was let through.</summary>
    public static WalletCall CallOf(HttpContext context) => Proven<WalletCall>(context);

    /// <inheritdoc/>
    protected override async ValueTask<IResult?> RefusalAsync(HttpContext http)
    {
        var proof = await ProofReader.ReadAsync(http, http.RequestAborted);
        if (Missing(proof, http.Request) is { } missing) return CharismaErrors.From(missing);
        var demand = new AuthDemand(Action!, Owner: null, KeyId: http.Request.RouteValues["keyId"] as string,
            WebhookId: http.Request.RouteValues["webhookId"] as string);
        if (http.RequestServices.GetRequiredService<Authenticator>().Verify(http, proof, demand).IsRejected(out var why, out var verified))
            return CharismaErrors.From(why);
        http.Features.Set(new WalletCall(verified.Signed));
        return RefusalOf(http, proof.Text!); // without an order there is no bare uuid to sign
    }

    /// <summary>The answer where what was signed asks for what cannot be.</summary>
    protected virtual IResult? RefusalOf(HttpContext http, string signed) => null;

    private static OrderError? Missing(WalletProof proof, HttpRequest request)
    {
        if (proof is { Text: not null, Signature: not null, Wallet: not null }) return null;
        return HttpMethods.IsGet(request.Method)
            ? new OrderError.Unauthenticated("missing_credentials",
                $"Missing required headers: {List("X-Message", "X-Signature", "X-Wallet-Address")}")
            : new OrderError.Malformed($"Missing required fields: {List("message", "signature", "walletAddress")}")
            {
                Code = "missing_fields",
            };

        string List(string message, string signature, string wallet) => string.Join(", ",
            new[] { proof.Text is null ? message : null, proof.Signature is null ? signature : null,
                proof.Wallet is null ? wallet : null }.OfType<string>());
    }
}
