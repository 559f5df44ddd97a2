using System.Text;
using System.Text.Json.Nodes;
using OrderService.Api.Charisma;
using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Domain.Transactions;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;

namespace OrderService.Tests.Charisma;

/// <summary>
/// Bodies and really signed orders to test the native wire with. The key is fixed, so that answers can be compared as text.
/// </summary>
internal static class Samples
{
    public static readonly PrivateKey Key = PrivateKey.Parse("7287ba251d44a4d3fd9276c88ce34c5c52a038955511cccaf77e61068649c17801");
    public static readonly StacksAddress Owner = Key.PublicKey().ToAddress(StacksNetwork.Testnet);
    public static readonly VenueTerms Venue = new("simulated", StacksNetwork.Testnet, new ContractId(Owner, "x-multihop-rc9"));
    public static readonly DateTimeOffset Start = new(2030, 1, 1, 12, 0, 0, 7, TimeSpan.Zero);
    public const string Uuid = "669e8e74-6b2b-477e-9e4d-cd1399a0ef20";
    public const string TxId = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    /// <summary>A manual order, signed.</summary>
    public static JsonObject Body(params (string Name, JsonNode? Value)[] changes)
    {
        var body = new JsonObject
        {
            ["owner"] = Owner.ToString(), ["inputToken"] = $"{Owner}.charisma-token-subnet-v1", ["outputToken"] = ".stx",
            ["amountIn"] = "1000000",
            ["recipient"] = Owner.ToString(), ["signature"] = Signature(), ["uuid"] = Uuid,
        };
        foreach (var (name, value) in changes) body[name] = value;
        return body;
    }

    public static string Signature()
    {
        var hash = new byte[32];
        Intent().Hash(hash);
        return Secp256k1.Sign(hash, Key).ToRsvHex();
    }

    public static NewOrderRecord Read(string json, int clientFieldsBytesMax = 4096) =>
        Read(Encoding.UTF8.GetBytes(json), clientFieldsBytesMax);

    public static NewOrderRecord Read(ReadOnlySpan<byte> json, int clientFieldsBytesMax = 4096) =>
        BodyReader<NewOrderRecord>.Read(json, CharismaBodies.Style with { OthersBytesMax = clientFieldsBytesMax });

    public static OrderTerms Terms() => new()
    {
        Uuid = OrderUuid.Parse(Uuid), Owner = Owner, Recipient = Principal.From(Owner),
        SellToken = new ContractId(Owner, "charisma-token-subnet-v1"),
        BuyToken = TokenId.Stx, AmountIn = new TokenAmount(1_000_000), Router = Venue.Router, ChainId = Venue.Network.ChainId,
        Trigger = SliceTrigger.Manual,
    };

    public static Order Order(OrderTerms? terms = null, string? clientFields = null, string? termsSignature = null) =>
        OrderService.Domain.Orders.Order.Create(Verified(), terms ?? Terms(), "charisma", termsSignature, clientFields, attemptsMax: 1,
            Start).Value;

    /// <summary>Sends the order's only slice.</summary>
    public static SwapAttempt Send(Order order, DateTimeOffset now)
    {
        order.ClaimByCall(Guid.NewGuid(), now.AddSeconds(30), now).IsRejected(out _).ShouldBeFalse();
        return order.Broadcast(1, AttemptKind.Swap, new PreparedTransaction(TxId, [1], Owner, 0, TokenAmount.Zero), new TokenAmount(10),
            new TokenAmount(9), now);
    }

    /// <summary>Writes what only the store writes.</summary>
    public static void Set(object target, string property, object? value) =>
        target.GetType().GetProperty(property)!.SetValue(target, value);

    private static TransferIntent Intent() =>
        new(new ContractId(Owner, "charisma-token-subnet-v1"), 1_000_000, Principal.From(Venue.Router), Uuid, Venue.Network.ChainId);

    public static VerifiedIntent Verified()
    {
        RecoverableSignature.TryParseRsv(Signature(), out var signature).ShouldBeTrue();
        VerifiedIntent.TryVerify(Intent(), signature, Owner, out var verified).ShouldBeTrue();
        return verified!;
    }
}
