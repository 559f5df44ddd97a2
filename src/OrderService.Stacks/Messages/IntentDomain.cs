using OrderService.Stacks.Addresses;
using OrderService.Stacks.Clarity;
using OrderService.Stacks.Hashing;

namespace OrderService.Stacks.Messages;

// The domain of the Blaze verifier contract, {name: "BLAZE_PROTOCOL", version: "v1.0", chain-id}, hashed once for the two networks.
internal static class IntentDomain
{
    private static readonly byte[] MainnetHash = HashOf(StacksNetwork.Mainnet.ChainId);
    private static readonly byte[] TestnetHash = HashOf(StacksNetwork.Testnet.ChainId);

    public static ClarityValue Of(uint chainId) => StructuredMessage.Domain("BLAZE_PROTOCOL", "v1.0", chainId);

    public static ReadOnlySpan<byte> Hash(uint chainId) =>
        chainId == StacksNetwork.Mainnet.ChainId ? MainnetHash
        : chainId == StacksNetwork.Testnet.ChainId ? TestnetHash
        : HashOf(chainId);

    private static byte[] HashOf(uint chainId)
    {
        var hash = new byte[StructuredMessage.HashSize];
        Digests.Sha256(ClarityWriter.ToBytes(Of(chainId)), hash);
        return hash;
    }
}
