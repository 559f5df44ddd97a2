using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Features;
using OrderService.Domain;
using OrderService.Engine.Auth;

namespace OrderService.Api.Wire;

/// <summary>Reads a wallet's proof from a request.</summary>
internal static class ProofReader
{
    /// <summary>The largest body that is read for a proof, in bytes.</summary>
    public const int BodyMax = 64 * 1024;

    private const string Scheme = "SIGNATURE ";

    private const int DepthMax = 64; // an order may stand beside the proof

    private static readonly OrderError NoProof = new OrderError.Malformed("Invalid request: the body proves nothing");
    private static readonly BodyStyle Style = new(DepthMax, _ => NoProof, _ => Results.BadRequest())
    {
        IsStrict = true, NullIsAbsent = true,
    };

    /// <summary>
    /// Collects a proof from the headers <c>x-signature</c>, <c>x-public-key</c>, <c>x-message</c>, <c>x-wallet-address</c>, from
    /// <c>Authorization: SIGNATURE …</c>, and from the body <c>{message, signature, walletAddress}</c>; headers come first.
    /// A body that is not such an object gives nothing.
    /// </summary>
    public static async Task<WalletProof> ReadAsync(HttpContext context, CancellationToken token)
    {
        var headers = context.Request.Headers;
        var body = await ReadBodyAsync(context, token);
        return new WalletProof(
            Given(headers["x-signature"]) ?? FromAuthorization(headers.Authorization) ?? Given(body?.Signature.Value),
            Given(headers["x-public-key"]) ?? Given(body?.PublicKey.Value),
            Given(headers["x-message"]) ?? Given(body?.Message.Value),
            Given(headers["x-wallet-address"]) ?? Given(body?.WalletAddress.Value));
    }

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;

    private static string? FromAuthorization(string? value)
    {
        if (value is null || !value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return null;
        var hex = value[Scheme.Length..].Trim();
        return Given(hex.StartsWith("0x", StringComparison.Ordinal) ? hex[2..] : hex);
    }

    private static async Task<SignedCallRecord?> ReadBodyAsync(HttpContext context, CancellationToken token)
    {
        if (HttpMethods.IsGet(context.Request.Method)) return null;
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false }) return null;
        var buffer = new byte[Math.Min(context.Request.ContentLength ?? BodyMax, BodyMax) + 1];
        var length = await context.Request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, token);
        if (length > BodyMax)
        {
            throw new BadHttpRequestException($"Invalid request: the body is larger than {BodyMax} bytes",
                StatusCodes.Status413PayloadTooLarge);
        }
        return Read(buffer.AsMemory(0, length));
    }

    /// <summary>The proof in a body; null where it is no such object.</summary>
    internal static SignedCallRecord? Read(ReadOnlyMemory<byte> body) =>
        Utf8.IsValid(body.Span) && BodyReader<SignedCallRecord>.Read(RequestBody.WithoutMark(body).Span, Style) is { Fault: null } read
            ? read : null;
}
