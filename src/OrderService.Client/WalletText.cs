using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrderService.Stacks.Addresses;

namespace OrderService.Client;

/// <summary>
/// The JSON messages that a wallet signs to act, each for one service, chain and address. Their time makes each one usable once.
/// </summary>
public static class WalletText
{
    /// <summary>JSON as a person would write it. The curl quotes it for the shell; no page of HTML is near.</summary>
    public static JsonSerializerOptions Json { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text of one.</summary>
    public static string Of(
        (StacksNetwork Network, string Service) scope, StacksAddress signer, string action, DateTimeOffset now,
        params (string Name, JsonNode? Value)[] members)
    {
        var message = new JsonObject
        {
            ["service"] = scope.Service, ["chainId"] = scope.Network.ChainId, ["address"] = signer.ToString(), ["action"] = action,
        };
        foreach (var (name, value) in members) message[name] = value;
        message["timestamp"] = now.ToUnixTimeMilliseconds();
        return message.ToJsonString(Json);
    }
}
