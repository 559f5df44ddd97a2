using System.Text.Json.Nodes;
using OrderService.Api.Wire;
using OrderService.Domain.Accounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Auth;
using OrderService.Engine.Clock;
using OrderService.Engine.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;

namespace OrderService.Api.Charisma;

/// <summary>
/// Orders and messages that really work when they are pasted: signed for this venue by the published demo key, which only venues of play
/// money have, each order with a fresh uuid. On any other venue the signature is a placeholder.
/// </summary>
internal sealed class SignedExample(
    ISwapRouter router, TokenRegistry tokens, ServiceIdentity service, TimeProvider time, IServiceProvider services)
{
    private const string Placeholder = "<130 hex digits: the wallet's signature over the transfer intent>";
    private const string Amount = "1000000";

    private readonly PrivateKey? _key = services.GetService<DemoWallet>()?.Key;

    /// <summary>Whose the examples are: the demo wallet, where there is one.</summary>
    public StacksAddress Owner => _key is { } key ? key.PublicKey().ToAddress(router.Terms.Network) : router.Terms.Router.Issuer;

    /// <summary>What the orders sell: the first token that an intent can move.</summary>
    public TokenId SellToken => tokens.All.FirstOrDefault(t => t.Type == TokenType.Subnet)?.Id ?? TokenId.Of(router.Terms.Router);

    /// <summary>An order that is due at once.</summary>
    public JsonObject AtOnce() => With(Order(), ("conditionToken", "*"), ("targetPrice", "0"), ("direction", "gt"));

    /// <summary>An order that waits until STX costs 1,000 dollars, for a month.</summary>
    public JsonObject AtPrice() => With(
        new JsonObject(Order().Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone()))) { ["maxDeviationBps"] = 300 },
        ("conditionToken", ".stx"), ("baseAsset", "USD"), ("targetPrice", "1000"), ("direction", "gt"),
        ("validTo", IsoTime.Text(time.GetUtcNow().AddDays(30))), ("strategyType", "split"));

    /// <summary>An order that only a call to execute fires.</summary>
    public JsonObject Manual() => With(Order(), ("description", "fired by my bot"));

    /// <summary>A message that asks for an action now, as the text that is to be signed.</summary>
    public string Message(string action, params (string Name, JsonNode? Value)[] members)
    {
        var message = new JsonObject
        {
            ["service"] = service.Name, ["chainId"] = router.Terms.Network.ChainId, ["address"] = Owner.ToString(), ["action"] = action,
            ["timestamp"] = time.RealNow().ToUnixTimeMilliseconds(),
        };
        foreach (var (name, value) in members) message[name] = value;
        return message.ToJsonString();
    }

    /// <summary>The demo wallet's signature over a plain text, as <c>x-signature</c> takes it.</summary>
    public string Sign(string text)
    {
        var hash = new byte[32];
        PersonalMessage.Hash(text, hash);
        return _key is { } key ? Secp256k1.Sign(hash, key).ToRsvHex() : Placeholder;
    }

    private JsonObject Order()
    {
        var (owner, sell) = (Owner, SellToken);
        var uuid = OrderUuid.New();
        return With(
            [], ("owner", owner.ToString()), ("inputToken", sell.ToString()), ("outputToken", ".stx"), ("amountIn", Amount),
            ("recipient", owner.ToString()), ("uuid", uuid.ToString()), ("signature", SignIntent(sell, uuid)));
    }

    private string SignIntent(TokenId sell, OrderUuid uuid)
    {
        if (_key is not { } key || !sell.IsContract(out var token)) return Placeholder;
        var venue = router.Terms;
        var intent = new TransferIntent(token.Value, UInt128.Parse(Amount, null), Principal.From(venue.Router), uuid.ToString(),
            venue.Network.ChainId);
        var hash = new byte[StructuredMessage.HashSize];
        intent.Hash(hash);
        return Secp256k1.Sign(hash, key).ToRsvHex();
    }

    private static JsonObject With(JsonObject order, params (string Name, string Value)[] fields)
    {
        foreach (var (name, value) in fields) order[name] = value;
        return order;
    }
}
