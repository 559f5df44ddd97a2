using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;

namespace OrderService.Client;

/// <summary>Signs as a wallet does; every signature is 130 hex digits, R then S then V.</summary>
public sealed class WalletSigner(PrivateKey key)
{
    /// <summary>The key that its signatures are checked with.</summary>
    public CompressedPublicKey PublicKey { get; } = key.PublicKey();

    /// <summary>Its address on a network.</summary>
    public StacksAddress Address(StacksNetwork network) => PublicKey.ToAddress(network);

    /// <summary>Signs a text.</summary>
    public string Sign(string message)
    {
        Span<byte> hash = stackalloc byte[32];
        PersonalMessage.Hash(message, hash);
        return Secp256k1.Sign(hash, key).ToRsvHex();
    }

    /// <summary>Signs what moves funds once.</summary>
    public string Sign(TransferIntent intent)
    {
        Span<byte> hash = stackalloc byte[32];
        intent.Hash(hash);
        return Secp256k1.Sign(hash, key).ToRsvHex();
    }

    /// <summary>Signs all terms of an order.</summary>
    public string Sign(OrderTermsMessage terms)
    {
        Span<byte> hash = stackalloc byte[32];
        terms.Hash(hash);
        return Secp256k1.Sign(hash, key).ToRsvHex();
    }
}
