using System.Buffers.Binary;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Hashing;

namespace OrderService.Stacks.Transactions;

// The first 109 bytes of a transaction that one key signs for itself (SIP-005): version, chain, and the spending condition. All of its fields
// have fixed places, so that what the signature does not cover is blanked and filled in place:
//   0 version ‖ 1 chain id ‖ 5 authorization ‖ 6 hash mode ‖ 7 signer ‖ 27 nonce ‖ 35 fee ‖ 43 key encoding ‖ 44 signature v ‖ r ‖ s
internal readonly record struct TransactionHead(StacksNetwork Network, Hash160 Signer, ulong Nonce, ulong Fee, RecoverableSignature Signature)
{
    public const int Size = SignatureAt + RecoverableSignature.Size;
    public const int HashSize = 32;

    private const int ChainIdAt = 1;
    private const int AuthorizationAt = 5;
    private const int HashModeAt = 6;
    private const int SignerAt = 7;
    private const int NonceAt = 27;
    private const int FeeAt = 35;
    private const int KeyEncodingAt = 43;
    private const int SignatureAt = 44;

    private const byte Standard = 4;
    private const byte PayToPublicKeyHash = 0;
    private const byte Compressed = 0;

    // Nonce, fee and signature stay zero, as the first hash wants them.
    public static void WriteBlank(Span<byte> head, StacksNetwork network, Hash160 signer)
    {
        head[..Size].Clear();
        head[0] = network.TransactionVersion;
        BinaryPrimitives.WriteUInt32BigEndian(head[ChainIdAt..], network.ChainId);
        head[AuthorizationAt] = Standard;
        head[HashModeAt] = PayToPublicKeyHash;
        signer.CopyTo(head[SignerAt..]);
        head[KeyEncodingAt] = Compressed;
    }

    public static void Blank(Span<byte> raw)
    {
        raw[NonceAt..KeyEncodingAt].Clear();
        raw[SignatureAt..Size].Clear();
    }

    public static void Fill(Span<byte> raw, ulong nonce, ulong fee, in RecoverableSignature signature)
    {
        BinaryPrimitives.WriteUInt64BigEndian(raw[NonceAt..], nonce);
        BinaryPrimitives.WriteUInt64BigEndian(raw[FeeAt..], fee);
        signature.CopyVrsTo(raw[SignatureAt..]);
    }

    // What is signed: the hash of the blanked bytes, hashed again with the authorization, the fee and the nonce.
    public static void Presign(ReadOnlySpan<byte> blank, ulong nonce, ulong fee, Span<byte> hash32)
    {
        Span<byte> input = stackalloc byte[HashSize + 17];
        Digests.Sha512_256(blank, input);
        input[HashSize] = Standard;
        BinaryPrimitives.WriteUInt64BigEndian(input[(HashSize + 1)..], fee);
        BinaryPrimitives.WriteUInt64BigEndian(input[(HashSize + 9)..], nonce);
        Digests.Sha512_256(input, hash32);
    }

    public static bool TryRead(ReadOnlySpan<byte> raw, out TransactionHead head)
    {
        head = default;
        if (raw.Length < Size) return false;
        if (raw[AuthorizationAt] != Standard || raw[HashModeAt] != PayToPublicKeyHash || raw[KeyEncodingAt] != Compressed) return false;

        var network = raw[0] == StacksNetwork.Mainnet.TransactionVersion ? StacksNetwork.Mainnet : StacksNetwork.Testnet;
        if (raw[0] != network.TransactionVersion || BinaryPrimitives.ReadUInt32BigEndian(raw[ChainIdAt..]) != network.ChainId) return false;
        if (!RecoverableSignature.TryFromVrs(raw[SignatureAt..Size], out var signature, out _)) return false;

        head = new(
            network,
            Hash160.FromBytes(raw[SignerAt..NonceAt]),
            BinaryPrimitives.ReadUInt64BigEndian(raw[NonceAt..]),
            BinaryPrimitives.ReadUInt64BigEndian(raw[FeeAt..]),
            signature);
        return true;
    }
}
