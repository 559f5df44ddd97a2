using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;

namespace OrderService.Stacks.Transactions;

/// <summary>
/// A transaction before its signature (SIP-005): standard authorization, no sponsor, any anchor mode. The fee is in micro-STX. A network that
/// was never set throws ArgumentException, a mode without a name ArgumentOutOfRangeException. Equal where everything in it is; the
/// post-conditions must not change afterwards.
/// </summary>
public sealed record UnsignedTransaction(
    StacksNetwork Network,
    ulong Nonce,
    ulong Fee,
    TransactionPayload Payload,
    IReadOnlyList<PostCondition> PostConditions,
    PostConditionMode Mode = PostConditionMode.Deny)
{
    /// <summary>The network that accepts it.</summary>
    public StacksNetwork Network { get; init => field = Checked(value); } = Checked(Network);

    /// <summary>What becomes of movements that no post-condition names.</summary>
    public PostConditionMode Mode { get; init => field = Checked(value); } = Checked(Mode);

    /// <summary>
    /// Signs as the single-signature account (P2PKH) of the compressed key. The same content and key always give the same bytes. A default key,
    /// and content of more than <see cref="SignedTransaction.SizeMax"/> bytes, throw InvalidOperationException.
    /// </summary>
    public SignedTransaction Sign(in PrivateKey key)
    {
        var signer = key.PublicKey().ToHash160();
        var raw = TransactionWriter.ToBytes(this, signer);
        if (raw.Length > SignedTransaction.SizeMax) throw new InvalidOperationException("The transaction is too large for the chain.");

        Span<byte> hash = stackalloc byte[TransactionHead.HashSize];
        TransactionHead.Presign(raw, Nonce, Fee, hash);
        var signature = Secp256k1.Sign(hash, key);
        TransactionHead.Fill(raw, Nonce, Fee, signature);
        return new(raw, this, signer, signature);
    }

    /// <inheritdoc/>
    public bool Equals(UnsignedTransaction? other) => other is not null
        && Network == other.Network && Nonce == other.Nonce && Fee == other.Fee && Mode == other.Mode
        && Payload == other.Payload && PostConditions.SequenceEqual(other.PostConditions);

    /// <inheritdoc/>
    public override int GetHashCode() => PostConditions.Aggregate(HashCode.Combine(Network, Nonce, Fee, Mode, Payload), HashCode.Combine);

    private static StacksNetwork Checked(StacksNetwork network) =>
        network != default ? network : throw new ArgumentException("The network was never set.", nameof(network));

    private static PostConditionMode Checked(PostConditionMode mode) =>
        Enum.IsDefined(mode) ? mode : throw new ArgumentOutOfRangeException(nameof(mode));
}
