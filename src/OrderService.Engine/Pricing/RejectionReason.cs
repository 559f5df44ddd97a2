using System.Text.Json;
using OrderService.Domain.Pricing;

namespace OrderService.Engine.Pricing;

/// <summary>Why an observation, or a token's price as a whole, is not believed. A closed set: each is a label of a metric.</summary>
internal enum RejectionReason
{
    /// <summary>The request for this token failed while others did not.</summary>
    NoAnswer,

    /// <summary>The text is no decimal number: a word, NaN, an empty string, null.</summary>
    NotANumber,

    /// <summary>Zero, negative, or so small that it is zero at 18 fractional digits.</summary>
    NotPositive,

    /// <summary>More than 20 integer digits.</summary>
    TooLarge,

    /// <summary>The observation's time is missing or cannot be read.</summary>
    BadTime,

    /// <summary>Older than the staleness limit.</summary>
    Stale,

    /// <summary>Its time is further ahead of our clock than the staleness limit: most likely another unit of time.</summary>
    FromFuture,

    /// <summary>A jump that nobody has confirmed yet.</summary>
    JumpHeld,

    /// <summary>Too far from the median of the fresh sources.</summary>
    Deviates,

    /// <summary>No majority of the fresh sources agrees; a reason of a token, not of one source.</summary>
    NoMajority,

    /// <summary>Fewer sources than are asked for; a reason of a token, not of one source.</summary>
    TooFewSources,

    /// <summary>Only one source knows the token, and the venue has no opinion of it that is young enough.</summary>
    NoSecondOpinion,

    /// <summary>Only one source knows the token, and the venue's pools say another price.</summary>
    OpinionDeviates,
}

/// <summary>Something that was not believed. <paramref name="Source"/> is null where the reason is about the token as a whole.</summary>
internal sealed record PriceRejection(TokenId Token, string? Source, RejectionReason Reason, string Detail);

/// <summary>The wire and metric names of the reasons.</summary>
internal static class RejectionReasons
{
    private static readonly string[] _names =
        [.. Enum.GetNames<RejectionReason>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];

    public static IReadOnlyList<string> Names => _names;

    /// <summary>
    /// Whether a price believed before must not be used either. No news, or old news, takes nothing away from what is known; all else says
    /// that something is wrong with it.
    /// </summary>
    public static bool CastsDoubt(this RejectionReason reason) => reason is not
        (RejectionReason.NoAnswer or RejectionReason.Stale or RejectionReason.TooFewSources or RejectionReason.NoSecondOpinion);

    public static string Name(this RejectionReason reason) => _names[(int)reason];

    /// <summary>The reason of a name.</summary>
    public static bool TryRead(string name, out RejectionReason reason)
    {
        var at = Array.IndexOf(_names, name);
        reason = (RejectionReason)at;
        return at >= 0;
    }
}
