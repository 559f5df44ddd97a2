using System.Globalization;
using OrderService.Domain.Pricing;

namespace OrderService.Engine.Pricing;

/// <summary>
/// Why a token has no believed price, in one word of a closed set: what an order that waits for it shows, and what readiness warns of.
/// </summary>
internal static class PriceAbsence
{
    public const string Held = "price_held";
    public const string Disputed = "price_disputed";
    public const string Unconfirmed = "price_unconfirmed";
    public const string Stale = "price_stale";
    public const string Unreadable = "price_unreadable";
    public const string Unknown = "no_believed_price";

    private const int warningsMax = 20;

    /// <summary>
    /// The word for a token that cannot be read now. A jump that waits says more than that nobody else is there to confirm it.
    /// </summary>
    public static string Of(TokenId token, PriceHealth health)
    {
        var reasons = health.Rejected.Where(rejection => rejection.Token == token).Select(rejection => rejection.Reason).ToHashSet();
        if (reasons.Contains(RejectionReason.JumpHeld)) return Held;
        if (reasons.Overlaps([RejectionReason.Deviates, RejectionReason.NoMajority, RejectionReason.OpinionDeviates])) return Disputed;
        if (reasons.Contains(RejectionReason.Stale)) return Stale;
        if (reasons.Overlaps([RejectionReason.TooFewSources, RejectionReason.NoSecondOpinion])) return Unconfirmed;
        if (reasons.Any(reason => reason.CastsDoubt())) return Unreadable;
        return health.Tokens.Any(known => known.Token == token) ? Stale : Unknown;
    }

    /// <summary>
    /// A sentence for each token that orders cannot rest on, with whoever is to blame and how old its word is, and for each that rests on
    /// one source.
    /// </summary>
    public static IReadOnlyList<string> Warnings(PriceHealth health)
    {
        var rejected = health.Rejected.ToLookup(rejection => rejection.Token);
        var usable = health.Tokens.Where(known => known.IsUsable).Select(known => known.Token).ToHashSet();
        var absent = health.Tokens.Select(known => known.Token).Union(rejected.Select(group => group.Key))
            .Where(token => !usable.Contains(token));
        return [.. absent.Select(token => Sentence(token, health, rejected[token])).Concat(Alone(health, rejected)).Take(warningsMax)];
    }

    private static string Sentence(TokenId token, PriceHealth health, IEnumerable<PriceRejection> rejected)
    {
        var told = string.Join("; ", rejected.Select(one => $"{one.Source ?? "all sources"}: {one.Reason.Name()}, {one.Detail}"));
        if (told.Length == 0 && health.Tokens.FirstOrDefault(known => known.Token == token) is { } last)
            told = string.Create(CultureInfo.InvariantCulture, $"{last.Sources}: last heard of {(long)last.Age.TotalSeconds} s ago");
        return $"{token} has no believed price ({Of(token, health)}), and orders that watch it wait. {told}";
    }

    private static IEnumerable<string> Alone(PriceHealth health, ILookup<TokenId, PriceRejection> rejected) =>
        health.Tokens.Where(known => known.IsUsable && known.IsAlone && !rejected[known.Token].Any())
            .Select(known => $"{known.Token} rests on one source and the venue's pools ({known.Sources}): give it a second source");
}
