using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;

namespace OrderService.Domain.Orders;

/// <summary>
/// The optional second signature, over the terms that the intent does not cover. There are two forms of what is signed: version 2 has all
/// terms, version 1 those that orders had at first. One that has more is not signed as version 1; orders that were stored so before there
/// was a second keep theirs.
/// </summary>
public static class TermsSignatures
{
    /// <summary>The version that covers all terms.</summary>
    public const int Version = 2;

    private const int FirstVersion = 1;

    /// <summary>True where the owner signed exactly these terms, so that nothing of them is left open.</summary>
    public static bool IsOf(OrderTerms terms, RecoverableSignature signature)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return IsOf(terms, signature, Version) || (!HasMore(terms) && IsOf(terms, signature, FirstVersion));
    }

    /// <summary>True where a new order carries none, or one of its owner over its terms.</summary>
    public static bool Hold(OrderHeader order) =>
        order.TermsSignature is not { } text || (RecoverableSignature.TryParseRsv(text, out var signature) && IsOf(order.Terms, signature));

    /// <summary>
    /// True where that is so of a stored order: one with a price band of the client's may be from before there was a second version.
    /// </summary>
    public static bool IsOfStored(OrderTerms terms, RecoverableSignature signature)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return IsOf(terms, signature, Version) || (!HasMore(terms with { MaxDeviationBps = null }) && IsOf(terms, signature, FirstVersion));
    }

    /// <summary>True where the owner signed them as version 1, which leaves some of them open.</summary>
    public static bool IsOfLess(OrderTerms terms, RecoverableSignature signature)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return HasMore(terms) && IsOf(terms, signature, FirstVersion);
    }

    /// <summary>What is signed: 32 bytes.</summary>
    public static void HashOf(OrderTerms terms, Span<byte> hash, int version = Version)
    {
        ArgumentNullException.ThrowIfNull(terms);
        Message(terms, version).Hash(hash);
    }

    private static bool IsOf(OrderTerms terms, RecoverableSignature signature, int version)
    {
        // the signed form counts from 1970
        if (terms.ValidFrom < DateTimeOffset.UnixEpoch || terms.ValidTo < DateTimeOffset.UnixEpoch) return false;
        Span<byte> hash = stackalloc byte[32];
        HashOf(terms, hash, version);
        return Secp256k1.TryRecover(hash, signature, out var key) && key.ToHash160() == terms.Owner.Hash;
    }

    // What version 1 does not cover. An unprotected output was never asked of it.
    private static bool HasMore(OrderTerms terms) =>
        terms is { MaxDeviationBps: not null } or { LimitPrice: not null } or { IsImmediate: true } or { TrailingBps: not null }
            or { TrailingAmount: not null } or { GroupId: not null };

    private static OrderTermsMessage Message(OrderTerms terms, int version) => new()
    {
        Version = version,
        Uuid = terms.Uuid.ToString(),
        Owner = terms.Owner.ToString(),
        InputToken = terms.SellToken.ToString(),
        OutputToken = terms.BuyToken.ToString(),
        Recipient = terms.Recipient.ToString(),
        Router = terms.Router.ToString(),
        ConditionToken = terms.Trigger == SliceTrigger.Time ? "*" : terms.ConditionToken?.ToString() ?? "",
        BaseAsset = terms.BaseAsset?.ToString() ?? "",
        Direction = terms.Direction?.ToString().ToLowerInvariant() ?? "",
        AmountIn = terms.AmountIn.Units,
        MinAmountOut = terms.MinAmountOut?.Units,
        SlippageBps = (uint?)terms.SlippageBps,
        TargetPrice = terms.TargetPrice?.Count,
        ValidFrom = (ulong?)terms.ValidFrom?.ToUnixTimeMilliseconds(),
        ValidTo = (ulong?)terms.ValidTo?.ToUnixTimeMilliseconds(),
        MaxDeviationBps = (uint?)terms.MaxDeviationBps,
        AcceptsUnprotectedOutput = terms.AcceptsUnprotectedOutput,
        LimitPrice = terms.LimitPrice?.Count,
        TrailingBps = (uint?)terms.TrailingBps,
        TrailingAmount = terms.TrailingAmount?.Count,
        TimeInForce = terms.TimeInForce.ToString().ToLowerInvariant(),
        GroupId = terms.GroupId?.ToString() ?? "",
        Leg = (uint?)terms.Leg,
        ChainId = terms.ChainId,
    };
}
