using System.Text.Json;
using OrderService.Dialects.Wire;
using OrderService.Domain.Orders;
using OrderService.Stacks.Addresses;

namespace OrderService.Dialects.SwapCoffee;

/// <summary>
/// The original's <c>ApiTransactionBoc</c> in its shape only. What was asked for has happened already, so there is nothing to sign or to send: the cell is JSON of ours
/// that says what it stands for, never a TON message, and its value is 0.
/// </summary>
internal static class TransactionBoc
{
    public const string CreateWallet = "create_wallet";
    public const string CreateOrder = "create_order";
    public const string CancelOrder = "cancel_order";

    private const string Format = "order-service/1, not a TON cell: nothing to sign or send";

    /// <summary>Writes the object.</summary>
    public static void Write(Utf8JsonWriter json, string kind, StacksAddress wallet, int? number, OrderUuid? uuid)
    {
        var cell = JsonAnswer.Bytes(payload => WritePayload(payload, kind, wallet, number, uuid));
        json.WriteStartObject();
        json.WriteBase64String("payload_cell", cell.Span);
        json.WriteString("address", wallet.ToString());
        json.WriteString("value", "0");
        if (kind == CreateWallet) json.WriteBase64String("state_init", cell.Span);
        json.WriteEndObject();
    }

    private static void WritePayload(Utf8JsonWriter json, string kind, StacksAddress wallet, int? number, OrderUuid? uuid)
    {
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteString("kind", kind);
        json.WriteString("wallet", wallet.ToString());
        if (number is { } id) json.WriteNumber("order_id", id);
        if (uuid is { } order) json.WriteString("uuid", order.ToString());
        json.WriteEndObject();
    }
}
