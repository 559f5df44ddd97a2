using System.Text;
using OrderService.Api.SwapCoffee.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Auth;
using OrderService.Stacks.Crypto;

namespace OrderService.Api.SwapCoffee;

/// <summary>
/// The header <c>x-verify</c>: JSON in the shape of the original's wallet proof, made by a Stacks wallet. The state-init has no meaning
/// here and may be anything.
/// </summary>
internal sealed record XVerify(CompressedPublicKey Key, RecoverableSignature Signature, string Domain, long Timestamp, string Payload)
{
    public const string Header = "x-verify";

    /// <summary>Characters of the header.</summary>
    public const int TextMax = 4096;

    private static readonly BodyStyle Style = new(4, _ => Bad("invalid_message", "must be a JSON object without repeated names"),
        SwapCoffeeErrors.From) { IsStrict = true, NullIsAbsent = true };
    private static readonly ProofRules Rules = new();

    /// <summary>The plain text that the wallet signs.</summary>
    public string Message => ProofDomains.MessageOf(Domain, Timestamp, Payload);

    /// <summary>Reads the header's text.</summary>
    public static Result<XVerify> Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return Bad("missing_credentials", "is missing: send the wallet's proof");
        if (text.Length > TextMax) return Bad("invalid_message", $"must be at most {TextMax} characters");
        var header = BodyReader<ProofHeaderRecord>.Read(Encoding.UTF8.GetBytes(text), Style);
        if (Rules.FirstRefusal(header) is { } why)
        {
            return why is OrderError.Field wrong
                ? Bad(wrong.Code == "invalid_signature" ? wrong.Code : "invalid_message", wrong.Message) : why;
        }
        var proof = header.Proof.Value!;
        return new XVerify(header.PublicKey.Value, proof.Signature.Value, proof.DomainVal.Value!, proof.Seconds, proof.Payload.Value!);
    }

    private static OrderError.Unauthenticated Bad(string code, string problem) => new(code, $"{Header} {problem}");
}
