using OrderService.Stacks.Hashing;

namespace OrderService.Stacks.Transactions;

/// <summary>The ids of transactions (SIP-005): SHA-512/256 of the signed bytes, as 64 lower-case hex digits without 0x.</summary>
public static class TxIds
{
    /// <summary>The id of these bytes, whatever they are.</summary>
    public static string Of(ReadOnlySpan<byte> raw)
    {
        Span<byte> hash = stackalloc byte[32];
        Digests.Sha512_256(raw, hash);
        return Convert.ToHexStringLower(hash);
    }
}
