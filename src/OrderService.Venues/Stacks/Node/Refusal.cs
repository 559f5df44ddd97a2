using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using OrderService.Domain.Ports;

namespace OrderService.Venues.Stacks.Node;

/// <summary>Reads why a node did not take a transaction. A word that is not known is kept, as far as it can be shown.</summary>
internal static class Refusal
{
    private const int WordMax = 100;

    // After these the bytes can never be mined, by any node: what is wrong is in them, or not there to be called or paid with.
    private static readonly FrozenSet<string> Definite = FrozenSet.ToFrozenSet(
    [
        "Serialization", "Deserialization", "SignatureValidation", "FeeTooLow", "NotEnoughFunds", "NoSuchContract", "NoSuchPublicFunction",
        "BadFunctionArgument",
    ]);

    // What the account holds, and what it offers to pay.
    private static readonly FrozenSet<string> OfPayer = FrozenSet.ToFrozenSet(["NotEnoughFunds", "FeeTooLow"]);

    /// <summary>The refusal in the body of a 400.</summary>
    public static SubmitOutcome.Refused Read(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
            {
                // Only the node's own field is its verdict; the same word anywhere else is somebody's text.
                if (TextOf(json.RootElement, "reason") is { } reason)
                    return new SubmitOutcome.Refused(Shown(reason), Definite.Contains(reason)) { IsOfPayer = OfPayer.Contains(reason) };
                if (TextOf(json.RootElement, "error") is { } error) return new SubmitOutcome.Refused(Shown(error), false);
            }
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // Then it is its text.
        }
        return new SubmitOutcome.Refused(Shown(Encoding.UTF8.GetString(body)), false);
    }

    private static string? TextOf(JsonElement json, string name) =>
        json.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    // It ends in events, logs and answers: nothing in it may mean anything there.
    private static string Shown(string text)
    {
        var shown = new string([.. text.Trim().Take(WordMax)
            .Select(c => char.IsAsciiLetterOrDigit(c) || " .,:_-()".Contains(c, StringComparison.Ordinal) ? c : ' ')]).Trim();
        return shown.Length == 0 ? "refused without a reason" : shown;
    }
}
