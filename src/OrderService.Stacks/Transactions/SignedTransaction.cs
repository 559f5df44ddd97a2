using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;

namespace OrderService.Stacks.Transactions;

/// <summary>
/// A transaction as it is sent to a node (SIP-005): its bytes, and what they say. Made by <see cref="UnsignedTransaction"/> or read; one
/// that was read holds well-formed signatures, but only <see cref="IsSigned"/> says whose.
/// </summary>
public sealed class SignedTransaction
{
    /// <summary>The largest transaction of the chain, in bytes: that of a block (stacks-core, MAX_TRANSACTION_LEN).</summary>
    public const int SizeMax = 2 << 20;

    private readonly byte[] raw;
    private readonly SpendingCondition origin;
    private readonly SpendingCondition? sponsor;

    internal SignedTransaction(byte[] raw, UnsignedTransaction content, in SpendingCondition origin, in SpendingCondition? sponsor)
    {
        (this.raw, this.origin, this.sponsor) = (raw, origin, sponsor);
        (Content, TxId) = (content, TxIds.Of(raw));
    }

    /// <summary>The bytes to send.</summary>
    public ReadOnlyMemory<byte> Raw => raw;

    /// <summary>64 lower-case hex digits without 0x.</summary>
    public string TxId { get; }

    /// <summary>What was signed.</summary>
    public UnsignedTransaction Content { get; }

    /// <summary>The hash160 of the key that the transaction claims to be signed with, the origin's.</summary>
    public Hash160 Signer => origin.Signer;

    /// <summary>The single-signature address of the signer on the transaction's network: the origin, whose assets it moves.</summary>
    public StacksAddress Sender => AddressOf(origin);

    /// <summary>The single-signature address of the sponsor on the transaction's network; null where the origin pays itself.</summary>
    public StacksAddress? Sponsor => sponsor is { } paying ? AddressOf(paying) : null;

    /// <summary>Whose balance the fee is taken from, and whose second nonce is used: the sponsor, or the origin itself.</summary>
    public StacksAddress Payer => Sponsor ?? Sender;

    /// <summary>
    /// The same, as the origin signed it, with another sponsor, nonce or fee: the origin's signature covers none of these. A transaction
    /// that is not sponsored, and a default key, throw InvalidOperationException.
    /// </summary>
    public SignedTransaction SponsoredBy(in PrivateKey sponsorKey, Sponsorship paid)
    {
        ArgumentNullException.ThrowIfNull(paid);
        if (sponsor is null) throw new InvalidOperationException("A transaction without a sponsor is signed by one key.");
        Span<byte> hash = stackalloc byte[SpendingCondition.HashSize];
        PresignOrigin(hash);
        var again = (byte[])raw.Clone();
        var paying = UnsignedTransaction.FillSponsor(again, hash, origin.Signature, paid, sponsorKey);
        return new(again, Content with { Sponsor = paid }, origin, paying);
    }

    /// <summary>
    /// Recovers the keys from the signatures over exactly this content; true where their hash160s are the origin's and the sponsor's.
    /// </summary>
    public bool IsSigned()
    {
        Span<byte> hash = stackalloc byte[SpendingCondition.HashSize];
        PresignOrigin(hash);
        if (!origin.IsSigned(hash)) return false;
        if (sponsor is not { } paying) return true;
        TransactionHead.PresignSponsor(hash, origin.Signature, paying.Nonce, paying.Fee);
        return paying.IsSigned(hash);
    }

    /// <summary>
    /// Reads exactly what <see cref="UnsignedTransaction"/> can sign; written again it gives the same bytes. Everything else answers false
    /// and nothing throws: more than <see cref="SizeMax"/> bytes, short or trailing bytes, several keys, uncompressed keys, other anchor
    /// modes, other payloads, modes and conditions without a name here, Clarity values that ClarityReader refuses, and signatures
    /// that RecoverableSignature refuses.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> raw, [NotNullWhen(true)] out SignedTransaction? transaction)
    {
        transaction = null;
        if (raw.Length > SizeMax || !TransactionHead.TryRead(raw, out var head)) return false;
        if (!TransactionReader.TryRead(raw[head.Size..], head, out var content)) return false;

        transaction = new(raw.ToArray(), content, head.Origin, head.Sponsor);
        return true;
    }

    /// <summary>The transaction id.</summary>
    public override string ToString() => TxId;

    // What the origin signed.
    private void PresignOrigin(Span<byte> hash32)
    {
        var rented = ArrayPool<byte>.Shared.Rent(raw.Length);
        var blank = rented.AsSpan(0, raw.Length);
        raw.CopyTo(blank);
        TransactionHead.Blank(blank, sponsor is not null);
        TransactionHead.PresignOrigin(blank, origin.Nonce, origin.Fee, hash32);
        ArrayPool<byte>.Shared.Return(rented);
    }

    private StacksAddress AddressOf(in SpendingCondition condition) => new(Content.Network.SingleSigVersion, condition.Signer);
}
