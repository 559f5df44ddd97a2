using System.Globalization;
using System.Text.Json.Nodes;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;
using OrderService.Tests.Reliability;

namespace OrderService.Tests.StacksVenue;

/// <summary>A wallet of the devnet, which really signs.</summary>
internal sealed class DevnetWallet(DevnetProcess devnet, PrivateKey key)
{
    /// <summary>Its key.</summary>
    public PrivateKey Key => key;

    /// <summary>Its address.</summary>
    public StacksAddress Address => key.PublicKey().ToAddress(StacksNetwork.Testnet);

    /// <summary>
    /// The body of an order that is due at once: sells CHA of the subnet. The output is a contract's name, or <c>.stx</c>.
    /// </summary>
    public SignedOrder DueOrder(
        string output = ".stx", UInt128? amountIn = null, string sell = "charisma-token-subnet-v1", string? uuid = null)
    {
        var order = ManualOrder(output, amountIn, sell, uuid);
        (order.Body["conditionToken"], order.Body["targetPrice"], order.Body["direction"]) = ("*", "0", "gt");
        return order;
    }

    /// <summary>The body of an order that waits for a call.</summary>
    public SignedOrder ManualOrder(
        string output = ".stx", UInt128? amountIn = null, string sell = "charisma-token-subnet-v1", string? uuid = null)
    {
        var (id, amount, token) = (uuid ?? Guid.NewGuid().ToString(), amountIn ?? 1_000_000, ContractId.Parse(devnet.Contract(sell), null));
        return new SignedOrder(id, new JsonObject
        {
            ["uuid"] = id, ["owner"] = Address.ToString(), ["recipient"] = Address.ToString(), ["inputToken"] = token.ToString(),
            ["outputToken"] = output == ".stx" ? output : devnet.Contract(output),
            ["amountIn"] = amount.ToString(CultureInfo.InvariantCulture),
            ["signature"] = Sign(token, amount, id).ToRsvHex(),
        });
    }

    /// <summary>The headers of a call about an order.</summary>
    public (string Message, string Signature) Prove(string action, string uuid)
    {
        var message = new JsonObject { ["service"] = DevnetProcess.ServiceName, ["chainId"] = StacksNetwork.Testnet.ChainId,
            ["address"] = Address.ToString(), ["action"] = action, ["uuid"] = uuid,
            ["timestamp"] = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), ["nonce"] = Guid.NewGuid().ToString("N") }.ToJsonString();
        var hash = new byte[32];
        PersonalMessage.Hash(message, hash);
        return (message, Secp256k1.Sign(hash, key).ToRsvHex());
    }

    /// <summary>Signs an intent to the devnet's router, or to another.</summary>
    public RecoverableSignature Sign(ContractId token, UInt128 amount, string uuid, string? router = null)
    {
        var hash = new byte[32];
        new TransferIntent(token, amount, Principal.From(ContractId.Parse(router ?? devnet.Contract("x-multihop-rc9"), null)), uuid,
            StacksNetwork.Testnet.ChainId).Hash(hash);
        return Secp256k1.Sign(hash, key);
    }
}
