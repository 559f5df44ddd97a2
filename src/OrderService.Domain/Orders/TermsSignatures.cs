using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;

namespace OrderService.Domain.Orders;

/// <summary>The optional second signature, over the terms that the intent does not cover.</summary>
public static class TermsSignatures
{
    /// <summary>True where the order carries none, or one of its owner over its stored terms.</summary>
    public static bool Hold(OrderHeader order) =>
        order.TermsSignature is not { } text || (RecoverableSignature.TryParseRsv(text, out var signature) && IsOf(order.Terms, signature));

    /// <summary>True where the owner signed exactly these terms.</summary>
    public static bool IsOf(OrderTerms terms, RecoverableSignature signature)
    {
        if (terms.ValidFrom < DateTimeOffset.UnixEpoch || terms.ValidTo < DateTimeOffset.UnixEpoch) return false; // the signed form counts from 1970
        Span<byte> hash = stackalloc byte[32];
        HashOf(terms, hash);
        return Secp256k1.TryRecover(hash, signature, out var key) && key.ToHash160() == terms.Owner.Hash;
    }

    /// <summary>What is signed: 32 bytes.</summary>
    public static void HashOf(OrderTerms terms, Span<byte> hash)
    {
        ArgumentNullException.ThrowIfNull(terms);
        Message(terms).Hash(hash);
    }

    private static OrderTermsMessage Message(OrderTerms terms) => new()
    {
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
        SlippageBps = terms.SlippageBps is { } bps ? (uint)bps : null,
        TargetPrice = terms.TargetPrice?.Count,
        ValidFrom = terms.ValidFrom is { } from ? (ulong)from.ToUnixTimeMilliseconds() : null,
        ValidTo = terms.ValidTo is { } to ? (ulong)to.ToUnixTimeMilliseconds() : null,
        ChainId = terms.ChainId,
    };
}
