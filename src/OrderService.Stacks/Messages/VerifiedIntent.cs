using System.Diagnostics.CodeAnalysis;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;

namespace OrderService.Stacks.Messages;

/// <summary>
/// An intent with a signature that is known to be its owner's: it can only be made by verification. The signature is a bearer asset and
/// is not printed.
/// </summary>
public sealed class VerifiedIntent
{
    private VerifiedIntent(TransferIntent intent, StacksAddress signer, RecoverableSignature signature) =>
        (Intent, Signer, Signature) = (intent, signer, signature);

    /// <summary>What was signed.</summary>
    public TransferIntent Intent { get; }

    /// <summary>Who signed it.</summary>
    public StacksAddress Signer { get; }

    /// <summary>The signature, to be sent on chain.</summary>
    public RecoverableSignature Signature { get; }

    /// <summary>
    /// Recovers the key, derives its address with the owner's version and asks for equality. An owner that is not a single-signature
    /// address answers false.
    /// </summary>
    public static bool TryVerify(
        TransferIntent intent, RecoverableSignature signature, StacksAddress owner, [NotNullWhen(true)] out VerifiedIntent? verified)
    {
        var isOwners = owner.IsSingleSig && TryRecover(intent, signature, out var key) && key.ToHash160() == owner.Hash;
        verified = isOwners ? new(intent, owner, signature) : null;
        return isOwners;
    }

    /// <summary>The address whose key fits the signature, or null; for telling a client what is wrong, not for authority.</summary>
    public static StacksAddress? RecoverSigner(TransferIntent intent, RecoverableSignature signature, StacksNetwork network) =>
        TryRecover(intent, signature, out var key) ? key.ToAddress(network) : null;

    private static bool TryRecover(TransferIntent intent, in RecoverableSignature signature, out CompressedPublicKey key)
    {
        Span<byte> hash = stackalloc byte[StructuredMessage.HashSize];
        intent.Hash(hash);
        return Secp256k1.TryRecover(hash, signature, out key);
    }
}
