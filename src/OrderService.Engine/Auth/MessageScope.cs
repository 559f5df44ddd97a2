using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrderService.Domain;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Auth;

/// <summary>
/// What a signed message must be for: one of the service's names, its chain, and the address that signed. A message without all three is
/// worth the same at every service.
/// </summary>
/// <param name="Services">The names, the first being the one that is told.</param>
/// <param name="Network">The chain.</param>
/// <param name="TakesLegacy">True where a message without any of the three passes.</param>
internal sealed record MessageScope(IReadOnlyList<string> Services, StacksNetwork Network, bool TakesLegacy)
{
    private const int PrintedMax = 2048;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Why the message is not for this service; null where it is.</summary>
    public OrderError? Refusal(WalletMessage message, string text, StacksAddress signer, DateTimeOffset now)
    {
        var isLegacy = message is { Service: null, ChainId: null, Address: null };
        if (isLegacy && TakesLegacy) return null;
        if (isLegacy) return No("legacy_message", "does not say which service it is for", text, signer, now);
        if (message.Service is not { } service || !Services.Contains(service, StringComparer.OrdinalIgnoreCase))
            return No("wrong_service", "is not for this service", text, signer, now);
        if (message.ChainId != Network.ChainId) return No("wrong_chain", $"is not for {Network.Name}", text, signer, now);
        return message.Address == signer.ToString()
            ? null : No("wrong_address", "does not name the address that signed it", text, signer, now);
    }

    private OrderError.Unauthenticated No(string code, string problem, string text, StacksAddress signer, DateTimeOffset now) =>
        new(code, $"The signed message {problem}: sign {WhatToSign(text, signer, now)}");

    // The same message as it should have been, so that a client can be mended from its log alone.
    private string WhatToSign(string text, StacksAddress signer, DateTimeOffset now)
    {
        var wanted = new JsonObject
        {
            ["service"] = Services is [var first, ..] ? first : "", ["chainId"] = Network.ChainId, ["address"] = signer.ToString(),
        };
        if (text.Length <= PrintedMax && JsonNode.Parse(text) is JsonObject given)
        {
            foreach (var (name, value) in given) wanted.TryAdd(name, value?.DeepClone());
        }
        wanted["timestamp"] = now.ToUnixTimeMilliseconds();
        return wanted.ToJsonString(Readable);
    }
}
