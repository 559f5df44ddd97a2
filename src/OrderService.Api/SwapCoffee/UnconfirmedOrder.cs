using System.Text.Unicode;
using OrderService.Domain;

namespace OrderService.Api.SwapCoffee;

/// <summary>An order that waits to be confirmed: all of it is with the client, judged anew when it comes back.</summary>
internal sealed record UnconfirmedOrder(Guid Id, NewOrderBody Body)
{
    /// <summary>What was sent is no such cell.</summary>
    public static readonly OrderError.Field NotOurs = new("payload_cell", "must be the payload_cell that creating the order answered");

    /// <summary>Reads <c>{"payload_cell": …}</c>, the cell as <see cref="TransactionBoc.WriteUnconfirmed"/> writes it.</summary>
    public static Result<UnconfirmedOrder> Read(ReadOnlyMemory<byte> json)
    {
        if (JsonFields.ReadBody(json, body => body.Text("payload_cell")).IsRejected(out var why, out var cell)) return why;
        var payload = new byte[cell.Length];
        if (!Convert.TryFromBase64String(cell, payload, out var length) || !Utf8.IsValid(payload.AsSpan(0, length))) return NotOurs;
        var read = JsonFields.ReadBody(payload.AsMemory(0, length), ReadPayload);
        return read.Error is OrderError.Malformed ? NotOurs : read;
    }

    private static Result<UnconfirmedOrder> ReadPayload(JsonFields payload)
    {
        if (payload.Text("kind").IsRejected(out _, out var kind) || kind != TransactionBoc.CreateOrder) return NotOurs;
        if (payload.Text("uuid").IsRejected(out _, out var uuid) || !Guid.TryParseExact(uuid, "D", out var id)) return NotOurs;
        if (payload.Object("order").IsRejected(out _, out var order)) return NotOurs;
        return NewOrderJson.Read(order).IsRejected(out var why, out var body) ? why : new UnconfirmedOrder(id, body);
    }
}
