using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;

namespace OrderService.CommandLine;

/// <summary>Signs as a wallet does; every signature is 130 hex digits, R then S then V.</summary>
internal sealed class WalletSigner(PrivateKey key)
{
    public CompressedPublicKey PublicKey { get; } = key.PublicKey();

    public StacksAddress Address(StacksNetwork network) => PublicKey.ToAddress(network);

    public string Sign(string message)
    {
        Span<byte> hash = stackalloc byte[32];
        PersonalMessage.Hash(message, hash);
        return Secp256k1.Sign(hash, key).ToRsvHex();
    }

    public string Sign(TransferIntent intent)
    {
        Span<byte> hash = stackalloc byte[32];
        intent.Hash(hash);
        return Secp256k1.Sign(hash, key).ToRsvHex();
    }

    public string Sign(OrderTermsMessage terms)
    {
        Span<byte> hash = stackalloc byte[32];
        terms.Hash(hash);
        return Secp256k1.Sign(hash, key).ToRsvHex();
    }
}
