using System.Text.Json;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Auth;
using OrderService.Stacks.Crypto;

namespace OrderService.Api.SwapCoffee;

/// <summary>The header <c>x-verify</c>: JSON in the shape of the original's wallet proof, made by a Stacks wallet. The state-init has no meaning here and may be anything.</summary>
internal sealed record XVerify(CompressedPublicKey Key, RecoverableSignature Signature, string Domain, long Timestamp, string Payload)
{
    public const string Header = "x-verify";

    private const int TextMax = 4096;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 4, AllowDuplicateProperties = false };

    /// <summary>The plain text that the wallet signs.</summary>
    public string Message => ProofDomains.MessageOf(Domain, Timestamp, Payload);

    /// <summary>Reads the header's text.</summary>
    public static Result<XVerify> Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return Bad("missing_credentials", "is missing: send the wallet's proof");
        if (text.Length > TextMax) return Bad("invalid_message", $"must be at most {TextMax} characters");
        try
        {
            using var document = StrictJson.Parse(System.Text.Encoding.UTF8.GetBytes(text), Options);
            return document.RootElement.ValueKind == JsonValueKind.Object ? ReadProof(new JsonFields(document.RootElement)) : Malformed();
        }
        catch (JsonException)
        {
            return Malformed();
        }
    }

    private static Result<XVerify> ReadProof(JsonFields fields)
    {
        if (fields.Text("public_key").IsRejected(out var why, out var keyText) || fields.Object("proof").IsRejected(out why, out var proof)) return Bad(why);
        if (!CompressedPublicKey.TryParse(keyText, out var key)) return Bad("invalid_message", "public_key must be a secp256k1 public key in 66 hex digits");
        if (proof.Text("domain_val").IsRejected(out why, out var domain) || proof.Text("payload").IsRejected(out why, out var payload)) return Bad(why);
        if (proof.Whole("domain_len", 0, TextMax, orText: true).IsRejected(out why, out var length) || proof.OptionalNumber("timestamp", orText: true).IsRejected(out why, out var number)) return Bad(why);
        if (length != System.Text.Encoding.UTF8.GetByteCount(domain)) return Bad("invalid_message", "proof.domain_len must be the length of domain_val in bytes");
        if (payload.Length == 0) return Bad("invalid_message", "proof.payload must not be empty");
        if (number is not { } time || !time.TryScale(0, out var seconds) || seconds < 0 || seconds > long.MaxValue) return Bad("invalid_message", "proof.timestamp must be the unix time in seconds");
        if (proof.Text("signature").IsRejected(out why, out var signatureText)) return Bad(why);
        if (!RecoverableSignature.TryParseRsv(signatureText, out var signature)) return Bad("invalid_signature", $"proof.signature {SignatureHints.Of(signatureText)}");
        return new XVerify(key, signature, domain, (long)seconds, payload);
    }

    private static OrderError.Unauthenticated Malformed() => Bad("invalid_message", "must be a JSON object without repeated names");

    private static OrderError.Unauthenticated Bad(OrderError why) => Bad("invalid_message", why.Message);

    private static OrderError.Unauthenticated Bad(string code, string problem) => new(code, $"{Header} {problem}");
}
