using OrderService.Api.Wire;

namespace OrderService.Api.Charisma.ApiKeys;

/// <summary>
/// The same where the message says more than what it is about: that is read from the text that was signed, as a body is, and judged by its
/// rules.
/// </summary>
internal sealed class WalletAskProof<T>(string action) : WalletCallProof(action)
    where T : RequestRecord
{
    /// <summary>What is asked for by a request that was let through.</summary>
    public static T AskedOf(HttpContext context) => Proven<T>(context);

    /// <inheritdoc/>
    protected override IResult? RefusalOf(HttpContext http, string signed)
    {
        var asked = SignedText.Read<T>(signed);
        if (RequestRules<T>.Of(http).FirstRefusal(asked) is { } why) return CharismaErrors.From(why);
        http.Features.Set(asked);
        return null;
    }
}
