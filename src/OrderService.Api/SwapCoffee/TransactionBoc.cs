using OrderService.Api.SwapCoffee.Records;
using OrderService.Api.Wire;
using OrderService.Domain.Orders;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.SwapCoffee;

/// <summary>
/// The original's <c>ApiTransactionBoc</c> in its shape only. What was asked for has happened already, or waits for the cell to be sent
/// back, so there is nothing to sign:
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

    /// <summary>That of what has happened.</summary>
    public static TransactionRecord Of(string kind, StacksAddress wallet, int? number, OrderUuid? uuid) =>
        Of(new CellRecord { Format = Format, Kind = kind, Wallet = wallet.ToString(), OrderId = number, Uuid = uuid?.ToString() });

    /// <summary>That of an order that is not stored: the cell holds all of it, as it was given.</summary>
    public static TransactionRecord OfUnconfirmed(StacksAddress wallet, OrderUuid uuid, ReadOnlyMemory<byte> order) =>
        Of(new CellRecord { Format = UnconfirmedFormat, Kind = CreateOrder, Wallet = wallet.ToString(), Uuid = uuid.ToString(),
            Order = new RawJson(order) });

    private static TransactionRecord Of(CellRecord cell)
    {
        var payload = Convert.ToBase64String(JsonAnswer.Bytes(cell, SwapCoffeeJson.Default.CellRecord).Span);
        return new TransactionRecord
        {
            PayloadCell = payload, Address = cell.Wallet, Value = "0", StateInit = cell.Kind == CreateWallet ? payload : null,
        };
    }
}
