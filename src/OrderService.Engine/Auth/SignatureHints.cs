using OrderService.Stacks.Crypto;

namespace OrderService.Engine.Auth;

/// <summary>
/// What is wrong with the text of a signature, and what is expected instead: most that are refused are right but for their order or their
/// prefix.
/// </summary>
internal static class SignatureHints
{
    private const int Length = 130;

    /// <summary>The rest of a sentence that begins with what carries the signature; null for a text that is one.</summary>
    public static string? Of(string? text)
    {
        if (RecoverableSignature.TryParseRsv(text, out _, out var fault)) return null;
        return fault switch
        {
            SignatureFault.Length => OfLength(text ?? ""),
            SignatureFault.NotHex => "must be 130 hex digits",
            SignatureFault.RecoveryId => OfRecoveryId(text!),
            SignatureFault.HighS => "must have a low s: wallets sign in that form",
            _ => "has an r or s outside the curve's order",
        };
    }

    /// <summary>The same bytes read as v, r, s, which is how transactions have them; null where they are none.</summary>
    public static RecoverableSignature? VFirst(RecoverableSignature signature)
    {
        var hex = signature.ToRsvHex();
        return RecoverableSignature.TryParseRsv(hex[2..] + hex[..2], out var turned) ? turned : null;
    }

    private static string OfLength(string text) => text switch
    {
        ['0', 'x' or 'X', ..] => "must be 130 hex digits (65 bytes r, s, v) without 0x",
        { Length: Length - 2 } => "lacks its recovery id: it must be 130 hex digits, r, s, then v of 00 to 03",
        _ => "must be 130 hex digits (65 bytes r, s, v) without 0x",
    };

    private static string OfRecoveryId(string text)
    {
        if (VFirst(text))
            return $"begins with its recovery id (v, r, s, as transactions have it): send r, s, v, the first byte {text[..2]} at the end";
        var last = text[^2..].ToLowerInvariant();
        return last is "1b" or "1c" or "1d" or "1e"
            ? $"ends with v = {last}, as Ethereum has it: the recovery id must be 00 to 03, which is 27 less"
            : "must end with a recovery id of 00 to 03";
    }

    private static bool VFirst(string text) => RecoverableSignature.TryParseRsv(text[2..] + text[..2], out _);
}
