using System.Text.Json.Nodes;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Reliability;

/// <summary>The demo account of the simulated venue, which really signs.</summary>
internal static class Wallet
{
    private const long AmountIn = 1_000_000;

    private static readonly SimulatedWorld World = SimulatedWorld.Of(new SimulatedOptions());
    private static readonly PrivateKey Key = PrivateKey.Parse(new SimulatedOptions().DemoKey);
    private static readonly StacksAddress Owner = Key.PublicKey().ToAddress(World.Network);
    private static readonly ContractId Sell = ContractId.Parse(
        World.TokenList.First(t => t.Type == TokenType.Subnet && t.Symbol.StartsWith("CHA", StringComparison.Ordinal)).Id.ToString(), null);
    private static long s_nonce;

    /// <summary>Somebody else of the same network.</summary>
    public static string OtherRecipient { get; } = World.FeeCollector.ToString();

    /// <summary>The body of an order that is due at once (or from a moment on).</summary>
    public static SignedOrder DueOrder(DateTimeOffset? validFrom = null)
    {
        var order = ManualOrder();
        (order.Body["conditionToken"], order.Body["targetPrice"], order.Body["direction"]) = ("*", "0", "gt");
        if (validFrom is { } from)
        {
            order.Body["validFrom"] = from.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'",
                System.Globalization.CultureInfo.InvariantCulture);
        }
        return order;
    }

    /// <summary>The body of an order that waits for a call.</summary>
    public static SignedOrder ManualOrder()
    {
        var uuid = Guid.NewGuid().ToString();
        var hash = new byte[32];
        new TransferIntent(Sell, AmountIn, Principal.From(World.Router), uuid, World.Network.ChainId).Hash(hash);
        return new SignedOrder(uuid, new JsonObject
        {
            ["uuid"] = uuid, ["owner"] = Owner.ToString(), ["recipient"] = Owner.ToString(), ["inputToken"] = Sell.ToString(),
            ["outputToken"] = ".stx",
            ["amountIn"] = AmountIn.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["signature"] = Secp256k1.Sign(hash, Key).ToRsvHex(),
        });
    }

    /// <summary>
    /// The headers of a call about an order: a JSON message of the action, and its signature. Each is fresh, since each holds once.
    /// </summary>
    public static (string Message, string Signature) Prove(string action, string uuid)
    {
        var message = new JsonObject
        {
            ["service"] = OrderService.Tests.Auth.TestWallet.Service, ["chainId"] = World.Network.ChainId, ["address"] = Owner.ToString(),
            ["action"] = action, ["uuid"] = uuid, ["timestamp"] = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
            ["nonce"] = Interlocked.Increment(ref s_nonce),
        }.ToJsonString();
        return (message, SignText(message));
    }

    /// <summary>The documented form: the signature over the bare uuid.</summary>
    public static string SignText(string text)
    {
        var hash = new byte[32];
        PersonalMessage.Hash(text, hash);
        return Secp256k1.Sign(hash, Key).ToRsvHex();
    }
}

/// <summary>A body that is ready to be posted, as often as one likes.</summary>
internal sealed record SignedOrder(string Uuid, JsonObject Body)
{
    /// <summary>The same signature under other terms.</summary>
    public SignedOrder With(string field, string value)
    {
        var body = (JsonObject)Body.DeepClone();
        body[field] = value;
        return new SignedOrder(Uuid, body);
    }
}
