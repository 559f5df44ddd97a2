using System.Buffers.Binary;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Hashing;

namespace OrderService.Stacks.Transactions;

// The first bytes of a transaction (SIP-005): who may use it on which chain. One key answers for itself (109 bytes), or an origin for what
// is done and a sponsor for the fee (212 bytes):
//   0 version ‖ 1 chain id ‖ 5 authorization ‖ 6 spending condition of the origin [‖ 109 spending condition of the sponsor]
internal readonly record struct TransactionHead(StacksNetwork Network, SpendingCondition Origin, SpendingCondition? Sponsor)
{
    private const int ChainIdAt = 1;
    private const int AuthorizationAt = 5;
    private const int OriginAt = 6;
    private const int SponsorAt = OriginAt + SpendingCondition.Size;

    private const byte Standard = 4;
    private const byte Sponsored = 5;

    public int Size => SizeOf(Sponsor is not null);

    public static int SizeOf(bool isSponsored) => isSponsored ? SponsorAt + SpendingCondition.Size : SponsorAt;

    // Nonces, fees and signatures stay zero, and the sponsor is nobody, as the first hash wants them: the origin signs without knowing who
    // will pay.
    public static void WriteBlank(Span<byte> head, StacksNetwork network, Hash160 origin, bool isSponsored)
    {
        head[..SizeOf(isSponsored)].Clear();
        head[0] = network.TransactionVersion;
        BinaryPrimitives.WriteUInt32BigEndian(head[ChainIdAt..], network.ChainId);
        head[AuthorizationAt] = isSponsored ? Sponsored : Standard;
        SpendingCondition.WriteBlank(head[OriginAt..], origin);
    }

    public static void Blank(Span<byte> raw, bool isSponsored)
    {
        SpendingCondition.Blank(raw[OriginAt..]);
        if (isSponsored) raw.Slice(SponsorAt, SpendingCondition.Size).Clear();
    }

    // What the origin signs, from the blanked bytes. Also of a sponsored transaction, its authorization is the one of a key that signs for
    // itself.
    public static void PresignOrigin(ReadOnlySpan<byte> blank, ulong nonce, ulong fee, Span<byte> hash32)
    {
        Digests.Sha512_256(blank, hash32);
        SpendingCondition.Presign(hash32, Standard, nonce, fee);
    }

    // What the sponsor signs, from what the origin signed: the signature of the origin is in it.
    public static void PresignSponsor(Span<byte> hash32, in RecoverableSignature origin, ulong nonce, ulong fee)
    {
        SpendingCondition.Postsign(hash32, origin);
        SpendingCondition.Presign(hash32, Sponsored, nonce, fee);
    }

    public static void FillOrigin(Span<byte> raw, ulong nonce, ulong fee, in RecoverableSignature signature) =>
        SpendingCondition.Fill(raw[OriginAt..], nonce, fee, signature);

    public static void FillSponsor(Span<byte> raw, Hash160 sponsor, ulong nonce, ulong fee, in RecoverableSignature signature)
    {
        SpendingCondition.WriteBlank(raw[SponsorAt..], sponsor);
        SpendingCondition.Fill(raw[SponsorAt..], nonce, fee, signature);
    }

    public static bool TryRead(ReadOnlySpan<byte> raw, out TransactionHead head)
    {
        head = default;
        if (raw.Length < SizeOf(isSponsored: false) || raw[AuthorizationAt] is not (Standard or Sponsored)) return false;
        var isSponsored = raw[AuthorizationAt] == Sponsored;
        if (raw.Length < SizeOf(isSponsored)) return false;

        var network = raw[0] == StacksNetwork.Mainnet.TransactionVersion ? StacksNetwork.Mainnet : StacksNetwork.Testnet;
        if (raw[0] != network.TransactionVersion || BinaryPrimitives.ReadUInt32BigEndian(raw[ChainIdAt..]) != network.ChainId) return false;
        if (!SpendingCondition.TryRead(raw[OriginAt..], out var origin)) return false;

        SpendingCondition sponsor = default;
        if (isSponsored && !SpendingCondition.TryRead(raw[SponsorAt..], out sponsor)) return false;

        head = new(network, origin, isSponsored ? sponsor : null);
        return true;
    }
}
