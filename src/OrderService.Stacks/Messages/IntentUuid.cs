using OrderService.Stacks.Clarity;

namespace OrderService.Stacks.Messages;

// The verifier takes (string-ascii 36) and spends the text, case included; it does not ask for the form of a UUID.
internal static class IntentUuid
{
    public const int Max = 36;

    public static string Checked(string uuid) => uuid.Length is > 0 and <= Max && ClarityText.IsAscii(uuid)
        ? uuid
        : throw new ArgumentException("An intent's uuid is 1 to 36 ASCII characters.", nameof(uuid));
}
