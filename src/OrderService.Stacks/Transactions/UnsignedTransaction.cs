using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;

namespace OrderService.Stacks.Transactions;

/// <summary>
/// A transaction before its signature (SIP-005): any anchor mode, and one key that signs for itself, or an origin with a sponsor who pays.
/// The fee is in micro-STX; of a sponsored transaction only the sponsor's is paid, and the origin's is signed as it is, usually 0. A
/// network that was never set throws ArgumentException, a mode without a name ArgumentOutOfRangeException. Equal where everything in it is;
/// the post-conditions must not change afterwards.
/// </summary>
public sealed record UnsignedTransaction(
    StacksNetwork Network,
    ulong Nonce,
    ulong Fee,
    TransactionPayload Payload,
    IReadOnlyList<PostCondition> PostConditions,
    PostConditionMode Mode = PostConditionMode.Deny,
    Sponsorship? Sponsor = null)
{
    /// <summary>The network that accepts it.</summary>
    public StacksNetwork Network { get; init => field = Checked(value); } = Checked(Network);

    /// <summary>What becomes of movements that no post-condition names.</summary>
    public PostConditionMode Mode { get; init => field = Checked(value); } = Checked(Mode);

    /// <summary>
    /// Signs as the single-signature account (P2PKH) of the compressed key. The same content and key always give the same bytes. A default
    /// key, content of more than <see cref="SignedTransaction.SizeMax"/> bytes, and a sponsored transaction throw
    /// InvalidOperationException.
    /// </summary>
    public SignedTransaction Sign(in PrivateKey key)
    {
        if (Sponsor is not null) throw new InvalidOperationException("A sponsored transaction is signed by two keys.");

        Span<byte> hash = stackalloc byte[SpendingCondition.HashSize];
        var signer = key.PublicKey().ToHash160();
        var raw = PresignOrigin(signer, hash);
        return new(raw, this, FillOrigin(raw, signer, Secp256k1.Sign(hash, key)), null);
    }

    /// <summary>
    /// Signs as the origin, for what is done, and as the sponsor, for the fee: two single-signature accounts, which may be the same. The
    /// same content and keys always give the same bytes. A default key, content of more than <see cref="SignedTransaction.SizeMax"/> bytes,
    /// and a transaction that is not sponsored throw InvalidOperationException.
    /// </summary>
    public SignedTransaction Sign(in PrivateKey originKey, in PrivateKey sponsorKey)
    {
        if (Sponsor is not { } paid) throw new InvalidOperationException("A transaction without a sponsor is signed by one key.");

        Span<byte> hash = stackalloc byte[SpendingCondition.HashSize];
        var signer = originKey.PublicKey().ToHash160();
        var raw = PresignOrigin(signer, hash);
        var origin = FillOrigin(raw, signer, Secp256k1.Sign(hash, originKey));
        return new(raw, this, origin, FillSponsor(raw, hash, origin.Signature, paid, sponsorKey));
    }

    /// <summary>
    /// The same with an origin whose key is not handed out: its hash160, and who signs for it. A signature of another key gives a
    /// transaction that <see cref="SignedTransaction.IsSigned"/> denies.
    /// </summary>
    public SignedTransaction Sign(Hash160 origin, HashSigner sign, in PrivateKey sponsorKey)
    {
        ArgumentNullException.ThrowIfNull(sign);
        if (Sponsor is not { } paid) throw new InvalidOperationException("A transaction without a sponsor is signed by one key.");

        Span<byte> hash = stackalloc byte[SpendingCondition.HashSize];
        var raw = PresignOrigin(origin, hash);
        var signed = FillOrigin(raw, origin, sign(hash));
        return new(raw, this, signed, FillSponsor(raw, hash, signed.Signature, paid, sponsorKey));
    }

    /// <inheritdoc/>
    public bool Equals(UnsignedTransaction? other) => other is not null
        && Network == other.Network && Nonce == other.Nonce && Fee == other.Fee && Mode == other.Mode && Sponsor == other.Sponsor
        && Payload == other.Payload && PostConditions.SequenceEqual(other.PostConditions);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        PostConditions.Aggregate(HashCode.Combine(Network, Nonce, Fee, Mode, Sponsor, Payload), HashCode.Combine);

    // From what the origin signed in the hash, which is overwritten.
    internal static SpendingCondition FillSponsor(
        Span<byte> raw, Span<byte> hash32, in RecoverableSignature origin, Sponsorship paid, in PrivateKey sponsorKey)
    {
        TransactionHead.PresignSponsor(hash32, origin, paid.Nonce, paid.Fee);
        var sponsor = new SpendingCondition(sponsorKey.PublicKey().ToHash160(), paid.Nonce, paid.Fee, Secp256k1.Sign(hash32, sponsorKey));
        TransactionHead.FillSponsor(raw, sponsor.Signer, sponsor.Nonce, sponsor.Fee, sponsor.Signature);
        return sponsor;
    }

    // Its bytes with room for the signature, and in the hash what the origin signs.
    private byte[] PresignOrigin(Hash160 signer, Span<byte> hash)
    {
        var raw = TransactionWriter.ToBytes(this, signer);
        if (raw.Length > SignedTransaction.SizeMax) throw new InvalidOperationException("The transaction is too large for the chain.");

        TransactionHead.PresignOrigin(raw, Nonce, Fee, hash);
        return raw;
    }

    private SpendingCondition FillOrigin(byte[] raw, Hash160 signer, RecoverableSignature signature)
    {
        TransactionHead.FillOrigin(raw, Nonce, Fee, signature);
        return new(signer, Nonce, Fee, signature);
    }

    private static StacksNetwork Checked(StacksNetwork network) =>
        network != default ? network : throw new ArgumentException("The network was never set.", nameof(network));

    private static PostConditionMode Checked(PostConditionMode mode) =>
        Enum.IsDefined(mode) ? mode : throw new ArgumentOutOfRangeException(nameof(mode));
}
