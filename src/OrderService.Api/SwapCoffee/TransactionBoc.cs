using System.Text.Json;
using OrderService.Api.Wire;
using OrderService.Domain.Orders;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.SwapCoffee;

/// <summary>
/// The original's <c>ApiTransactionBoc</c> in its shape only. What was asked for has happened already, or waits for the cell to be sent back, so there is nothing to sign:
/// the cell is JSON of ours that says what it stands for, never a TON message, and its value is 0.
/// </summary>
internal static class TransactionBoc
{
    public const string CreateWallet = "create_wallet";
    public const string CreateOrder = "create_order";
    public const string CancelOrder = "cancel_order";
    public const string AmendOrder = "amend_order";

    private const string Format = "order-service/1, not a TON cell: nothing to sign or send";
    private const string UnconfirmedFormat = "order-service/1, not a TON cell: no order yet, to be sent to the route order/confirm";

    /// <summary>Writes the object.</summary>
    public static void Write(Utf8JsonWriter json, string kind, StacksAddress wallet, int? number, OrderUuid? uuid)
    {
        var cell = Cell(Format, kind, wallet, payload =>
        {
            if (number is { } id) payload.WriteNumber("order_id", id);
            if (uuid is { } order) payload.WriteString("uuid", order.ToString());
        });
        Write(json, cell.Span, wallet, hasState: kind == CreateWallet);
    }

    /// <summary>Writes the object of an order that is not stored: the cell holds all of it, as it was given.</summary>
    public static void WriteUnconfirmed(Utf8JsonWriter json, StacksAddress wallet, OrderUuid uuid, ReadOnlyMemory<byte> order)
    {
        var cell = Cell(UnconfirmedFormat, CreateOrder, wallet, payload =>
        {
            payload.WriteString("uuid", uuid.ToString());
            payload.WritePropertyName("order");
            payload.WriteRawValue(order.Span, skipInputValidation: true); // it was read already
        });
        Write(json, cell.Span, wallet, hasState: false);
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> cell, StacksAddress wallet, bool hasState)
    {
        json.WriteStartObject();
        json.WriteBase64String("payload_cell", cell);
        json.WriteString("address", wallet.ToString());
        json.WriteString("value", "0");
        if (hasState) json.WriteBase64String("state_init", cell);
        json.WriteEndObject();
    }

    private static ReadOnlyMemory<byte> Cell(string format, string kind, StacksAddress wallet, Action<Utf8JsonWriter> writeMore) => JsonAnswer.Bytes(payload =>
    {
        payload.WriteStartObject();
        payload.WriteString("format", format);
        payload.WriteString("kind", kind);
        payload.WriteString("wallet", wallet.ToString());
        writeMore(payload);
        payload.WriteEndObject();
    });
}
