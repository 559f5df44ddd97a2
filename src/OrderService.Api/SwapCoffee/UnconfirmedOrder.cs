using System.Text.Unicode;
using OrderService.Api.SwapCoffee.Records;
using OrderService.Api.Wire;
using OrderService.Domain;

namespace OrderService.Api.SwapCoffee;

/// <summary>An order that waits to be confirmed: all of it is with the client, judged anew when it comes back.</summary>
internal sealed record UnconfirmedOrder(Guid Id, NewOrderBody Body)
{
    /// <summary>What was sent is no such cell.</summary>
    public static readonly OrderError.Field NotOurs = new("payload_cell", "must be the payload_cell that creating the order answered");

    /// <summary>Opens a cell as <see cref="TransactionBoc.OfUnconfirmed"/> makes it.</summary>
    public static Result<UnconfirmedOrder> Open(string cell)
    {
        var payload = new byte[cell.Length];
        if (!Convert.TryFromBase64String(cell, payload, out var length) || !Utf8.IsValid(payload.AsSpan(0, length))) return NotOurs;
        var read = BodyReader<ReturnedCellRecord>.Read(payload.AsSpan(0, length), SwapCoffeeBodies.CellStyle);
        if (read is not { Fault: null, Kind.Value: TransactionBoc.CreateOrder, Uuid: { IsRead: true, Value: var id },
            Order: { IsRead: true, Value: { } order } })
        {
            return NotOurs;
        }
        if (!NewOrderJson.Read(order).IsRejected(out var why, out var body)) return new UnconfirmedOrder(id, body);
        return why is OrderError.Field wrong ? new OrderError.Field($"order.{wrong.Name}", wrong.Problem) : NotOurs;
    }

    /// <summary>Reads a uuid with hyphens.</summary>
    public static bool TryReadId(string? text, out Guid id) => Guid.TryParseExact(text, "D", out id);
}
