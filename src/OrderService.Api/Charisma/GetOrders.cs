using System.Text.Json;
using OrderService.Domain;
using OrderService.Engine.Orders;

namespace OrderService.Api.Charisma;

/// <summary>GET orders and orders/index: an owner's orders, by page or by cursor. Only the owner may ask, unless the operator lets everyone.</summary>
internal static class GetOrders
{
    public static async Task<IResult> HandleAsync(HttpContext context, ListOrders list, CancellationToken token)
    {
        if ((await list.HandleAsync(ListProof.QueryOf(context), token)).IsRejected(out var why, out var page)) return CharismaErrors.From(why);
        Answers.NoStore(context);
        return Answers.Success(json => Write(json, page));
    }

    private static void Write(Utf8JsonWriter json, OrderPage page)
    {
        json.WriteStartArray("data");
        foreach (var view in page.Orders) OrderJson.Write(json, view);
        json.WriteEndArray();
        if (page is { Page: { } number, Total: { } total }) WritePagination(json, page, number, total);
        else json.WriteString("nextCursor", page.NextCursor);
    }

    private static void WritePagination(Utf8JsonWriter json, OrderPage page, int number, long total)
    {
        var pages = (total + page.Limit - 1) / page.Limit;
        json.WriteStartObject("pagination");
        json.WriteNumber("total", total);
        json.WriteBoolean("totalIsExact", page.TotalIsExact);
        json.WriteNumber("page", number);
        json.WriteNumber("limit", page.Limit);
        json.WriteNumber("totalPages", pages);
        json.WriteBoolean("hasNextPage", number < pages || !page.TotalIsExact);
        json.WriteBoolean("hasPrevPage", number > 1);
        json.WriteEndObject();
        if (page.NextCursor is { } next) json.WriteString("nextCursor", next);
    }
}
