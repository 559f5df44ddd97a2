using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;

namespace OrderService.Stacks.Transactions;

/// <summary>
/// A transaction as it is sent to a node (SIP-005): its bytes, and what they say. Made by <see cref="UnsignedTransaction.Sign"/> or read; one that
/// was read holds a well-formed signature, but only <see cref="IsSigned"/> says whose.
/// </summary>
public sealed class SignedTransaction
{
    /// <summary>The largest transaction of the chain, in bytes: that of a block (stacks-core, MAX_TRANSACTION_LEN).</summary>
    public const int SizeMax = 2 << 20;

    private readonly byte[] raw;
    private readonly RecoverableSignature signature;

    internal SignedTransaction(byte[] raw, UnsignedTransaction content, Hash160 signer, in RecoverableSignature signature)
    {
        this.raw = raw;
        this.signature = signature;
        (Content, Signer, TxId) = (content, signer, TxIds.Of(raw));
    }

    /// <summary>The bytes to send.</summary>
    public ReadOnlyMemory<byte> Raw => raw;

    /// <summary>64 lower-case hex digits without 0x.</summary>
    public string TxId { get; }

    /// <summary>What was signed.</summary>
    public UnsignedTransaction Content { get; }

    /// <summary>The hash160 of the key that the transaction claims to be signed with.</summary>
    public Hash160 Signer { get; }

    /// <summary>The single-signature address of the signer on the transaction's network: the origin, who pays the fee.</summary>
    public StacksAddress Sender => new(Content.Network.SingleSigVersion, Signer);

    /// <summary>Recovers the key from the signature over exactly this content; true where its hash160 is the signer's.</summary>
    public bool IsSigned()
    {
        var rented = ArrayPool<byte>.Shared.Rent(raw.Length);
        var blank = rented.AsSpan(0, raw.Length);
        raw.CopyTo(blank);
        TransactionHead.Blank(blank);
        Span<byte> hash = stackalloc byte[TransactionHead.HashSize];
        TransactionHead.Presign(blank, Content.Nonce, Content.Fee, hash);
        ArrayPool<byte>.Shared.Return(rented);

        return Secp256k1.TryRecover(hash, signature, out var key) && key.ToHash160() == Signer;
    }

    /// <summary>
    /// Reads exactly what <see cref="UnsignedTransaction.Sign"/> can write; written again it gives the same bytes. Everything else answers false and
    /// nothing throws: more than <see cref="SizeMax"/> bytes, short or trailing bytes, sponsors, several keys, uncompressed keys, other anchor modes,
    /// other payloads, modes and conditions without a name here, Clarity values that ClarityReader refuses, and signatures
    /// that RecoverableSignature refuses.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> raw, [NotNullWhen(true)] out SignedTransaction? transaction)
    {
        transaction = null;
        if (raw.Length > SizeMax || !TransactionHead.TryRead(raw, out var head)) return false;
        if (!TransactionReader.TryRead(raw[TransactionHead.Size..], head, out var content)) return false;

        transaction = new(raw.ToArray(), content, head.Signer, head.Signature);
        return true;
    }

    /// <summary>The transaction id.</summary>
    public override string ToString() => TxId;
}
