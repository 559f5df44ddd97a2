using System.Text.Json.Nodes;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;

namespace OrderService.Tests.Auth;

/// <summary>A key that signs messages, and the requests that carry them.</summary>
internal sealed class TestWallet(PrivateKey key, StacksNetwork network)
{
    public TestWallet() : this(PrivateKey.Generate(), StacksNetwork.Testnet)
    {
    }

    public StacksAddress Address { get; } = key.PublicKey().ToAddress(network);

    public string PublicKey { get; } = key.PublicKey().ToString();

    public string Sign(string text)
    {
        var hash = new byte[32];
        PersonalMessage.Hash(text, hash);
        return Secp256k1.Sign(hash, key).ToRsvHex();
    }

    /// <summary>The documented body, signed.</summary>
    public string Body(string message, string? signature = null) =>
        new JsonObject { ["message"] = message, ["signature"] = signature ?? Sign(message),
            ["walletAddress"] = Address.ToString() }.ToJsonString();

    /// <summary>The documented headers of a GET, signed.</summary>
    public (string, string)[] Headers(string message) =>
        [("X-Message", message), ("X-Signature", Sign(message)), ("X-Wallet-Address", Address.ToString())];

    public const string Service = "wallets.test";

    public string KeyMessage(string name, string permissions, DateTimeOffset at, string more = "", string service = Service) =>
        $$"""{{{Scope(service)}},"action":"create_api_key","keyName":"{{name}}","permissions":[{{permissions}}],"timestamp":{{at.ToUnixTimeMilliseconds()}}{{more}}}""";

    public string Message(string action, DateTimeOffset at, string more = "", string service = Service) =>
        $$"""{{{Scope(service)}},"action":"{{action}}","timestamp":{{at.ToUnixTimeMilliseconds()}}{{more}}}""";

    public string OrderMessage(string action, string uuid, DateTimeOffset at) => Message(action, at, $",\"uuid\":\"{uuid}\"");

    private string Scope(string service) => $"\"service\":\"{service}\",\"chainId\":{network.ChainId},\"address\":\"{Address}\"";
}
