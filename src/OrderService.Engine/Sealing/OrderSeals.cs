using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Stacks.Crypto;

namespace OrderService.Engine.Sealing;

/// <summary>Seals the signatures of a new order for the store, and opens those of a stored one for as long as a step needs them.</summary>
internal sealed class OrderSeals(MasterKeyRing ring)
{
    private static readonly OrderError.NotExecutable Invalid =
        new("stored_signature_invalid", "the stored signature does not authorise the stored terms");

    /// <summary>Seals them; why not, where there is no master key.</summary>
    public OrderError? Keep(Order order)
    {
        if (order.Signature is null && order.TermsSignature is null) return null;
        if (ring.Key is not { } master) return MasterKeyRing.Missing;
        order.KeepSealed(Closed(order.Signature, order.Id, isOfTerms: false, master),
            Closed(order.TermsSignature, order.Id, isOfTerms: true, master));
        return null;
    }

    /// <summary>
    /// The wallet's signature over the order's intent. Sealed under another master key it waits for a process that has that one.
    /// </summary>
    public Result<RecoverableSignature> Open(OrderHeader order)
    {
        if (order.SealedSignature is not { } stored) return Invalid;
        if (ring.Key is not { } master) return MasterKeyRing.Missing;
        if (!Seal.IsUnder(stored, master)) return MasterKeyRing.Rotated;
        return SignatureSeal.Open(stored, order.Id, isOfTerms: false, master) is { } rsv
            && RecoverableSignature.TryFromRsv(rsv, out var signature, out _) ? signature : Invalid;
    }

    /// <summary>
    /// True where the stored order carries no signature over its terms, or one of its owner over exactly these. The band that holds is then
    /// the one that was signed, where one was.
    /// </summary>
    public bool TermsHold(OrderHeader order)
    {
        if (!order.IsTermsBound) return true;
        if (order.Terms.MaxDeviationBps is { } band && order.PriceBandBps != band) return false;
        return ring.Key is { } master && order.SealedTermsSignature is { } stored
            && SignatureSeal.Open(stored, order.Id, isOfTerms: true, master) is { } rsv
            && RecoverableSignature.TryFromRsv(rsv, out var signature, out _) && TermsSignatures.IsOfStored(order.Terms, signature);
    }

    /// <summary>A signature over an order's terms as it is stored.</summary>
    public Result<byte[]> SealTerms(RecoverableSignature signature, Guid order) =>
        ring.Key is { } master ? SignatureSeal.Close(signature, order, isOfTerms: true, master) : MasterKeyRing.Missing;

    private static byte[]? Closed(string? text, Guid order, bool isOfTerms, MasterKey master) =>
        RecoverableSignature.TryParseRsv(text, out var signature) ? SignatureSeal.Close(signature, order, isOfTerms, master) : null;
}
