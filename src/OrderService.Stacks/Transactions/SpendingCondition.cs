using System.Buffers.Binary;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Hashing;

namespace OrderService.Stacks.Transactions;

// How one key answers for a transaction (SIP-005): whose it is, on which nonce, for which fee. All of its fields have fixed places, so that
// what the signature does not cover is blanked and filled in place:
//   0 hash mode ‖ 1 signer ‖ 21 nonce ‖ 29 fee ‖ 37 key encoding ‖ 38 signature v ‖ r ‖ s
internal readonly record struct SpendingCondition(Hash160 Signer, ulong Nonce, ulong Fee, RecoverableSignature Signature)
{
    public const int Size = SignatureAt + RecoverableSignature.Size;
    public const int HashSize = 32;

    private const int SignerAt = 1;
    private const int NonceAt = 21;
    private const int FeeAt = 29;
    private const int KeyEncodingAt = 37;
    private const int SignatureAt = 38;

    private const byte PayToPublicKeyHash = 0;
    private const byte Compressed = 0;

    // Nonce, fee and signature stay zero, as the first hash wants them. Mode and encoding are zero too, so a blank condition of nobody is
    // all zero.
    public static void WriteBlank(Span<byte> condition, Hash160 signer)
    {
        condition[..Size].Clear();
        condition[0] = PayToPublicKeyHash;
        signer.CopyTo(condition[SignerAt..]);
        condition[KeyEncodingAt] = Compressed;
    }

    public static void Blank(Span<byte> condition)
    {
        condition[NonceAt..KeyEncodingAt].Clear();
        condition[SignatureAt..Size].Clear();
    }

    public static void Fill(Span<byte> condition, ulong nonce, ulong fee, in RecoverableSignature signature)
    {
        BinaryPrimitives.WriteUInt64BigEndian(condition[NonceAt..], nonce);
        BinaryPrimitives.WriteUInt64BigEndian(condition[FeeAt..], fee);
        signature.CopyVrsTo(condition[SignatureAt..]);
    }

    // What a key signs: the hash before it, hashed again with the authorization, the fee and the nonce.
    public static void Presign(Span<byte> hash32, byte authorization, ulong nonce, ulong fee)
    {
        Span<byte> input = stackalloc byte[HashSize + 17];
        hash32.CopyTo(input);
        input[HashSize] = authorization;
        BinaryPrimitives.WriteUInt64BigEndian(input[(HashSize + 1)..], fee);
        BinaryPrimitives.WriteUInt64BigEndian(input[(HashSize + 9)..], nonce);
        Digests.Sha512_256(input, hash32);
    }

    // What the next key begins with: what the one before it signed, and its signature.
    public static void Postsign(Span<byte> hash32, in RecoverableSignature signature)
    {
        Span<byte> input = stackalloc byte[HashSize + 1 + RecoverableSignature.Size];
        hash32.CopyTo(input);
        input[HashSize] = Compressed;
        signature.CopyVrsTo(input[(HashSize + 1)..]);
        Digests.Sha512_256(input, hash32);
    }

    public static bool TryRead(ReadOnlySpan<byte> raw, out SpendingCondition condition)
    {
        condition = default;
        if (raw[0] != PayToPublicKeyHash || raw[KeyEncodingAt] != Compressed) return false;
        if (!RecoverableSignature.TryFromVrs(raw[SignatureAt..Size], out var signature, out _)) return false;

        condition = new(
            Hash160.FromBytes(raw[SignerAt..NonceAt]),
            BinaryPrimitives.ReadUInt64BigEndian(raw[NonceAt..]),
            BinaryPrimitives.ReadUInt64BigEndian(raw[FeeAt..]),
            signature);
        return true;
    }

    // Whether the signature over this hash is the signer's own.
    public bool IsSigned(ReadOnlySpan<byte> hash32) => Secp256k1.TryRecover(hash32, Signature, out var key) && key.ToHash160() == Signer;
}
