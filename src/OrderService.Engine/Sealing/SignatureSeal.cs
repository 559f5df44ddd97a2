using OrderService.Stacks.Crypto;

namespace OrderService.Engine.Sealing;

/// <summary>The two signatures of an order, sealed for its row and for their place in it.</summary>
internal static class SignatureSeal
{
    /// <summary>The bytes of a sealed one.</summary>
    public const int Size = RecoverableSignature.Size + Seal.Overhead;

    private const int PurposeSize = 32;

    /// <summary>Seals one.</summary>
    public static byte[] Close(RecoverableSignature signature, Guid order, bool isOfTerms, MasterKey master)
    {
        Span<byte> rsv = stackalloc byte[RecoverableSignature.Size];
        signature.CopyRsvTo(rsv);
        return Close(rsv, order, isOfTerms, master);
    }

    /// <summary>Seals its 65 bytes.</summary>
    public static byte[] Close(ReadOnlySpan<byte> rsv, Guid order, bool isOfTerms, MasterKey master)
    {
        Span<byte> associated = stackalloc byte[PurposeSize + 16];
        Associate(order, isOfTerms, associated);
        return Seal.Close(rsv, associated, master);
    }

    /// <summary>Opens one to its 65 bytes; null where it is not this order's, or under another master key.</summary>
    public static byte[]? Open(ReadOnlySpan<byte> closed, Guid order, bool isOfTerms, MasterKey master)
    {
        Span<byte> associated = stackalloc byte[PurposeSize + 16];
        Associate(order, isOfTerms, associated);
        return Seal.Open(closed, associated, master);
    }

    private static void Associate(Guid order, bool isOfTerms, Span<byte> into)
    {
        (isOfTerms ? "order-service/terms-signature/1|"u8 : "order-service/order-signature/1|"u8).CopyTo(into);
        order.TryWriteBytes(into[PurposeSize..]);
    }
}
