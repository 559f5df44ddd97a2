using System.Text.Json;
using OrderService.Api.Wire;

namespace OrderService.Api.Tread;

/// <summary>The answers of success. What an order is like must never come out of a cache.</summary>
internal static class Answers
{
    /// <summary>Some JSON.</summary>
    public static IResult Json(HttpContext context, Action<Utf8JsonWriter> write, int status = StatusCodes.Status200OK)
    {
        context.Response.Headers.CacheControl = "no-store";
        return new JsonAnswer(write, status);
    }

    /// <summary>A sentence under <c>message</c>.</summary>
    public static IResult Message(HttpContext context, string sentence, int status = StatusCodes.Status200OK) => Json(context, json =>
    {
        json.WriteStartObject();
        json.WriteString("message", sentence);
        json.WriteEndObject();
    }, status);

    /// <summary>A sentence that is the whole body.</summary>
    public static IResult Bare(HttpContext context, string sentence) => Json(context, json => json.WriteStringValue(sentence));

    /// <summary>A page of orders, each written by the route, in the envelope of the lists.</summary>
    public static IResult Page(HttpContext context, IReadOnlyList<OrderFacts> orders, int page, int size, int count, Action<Utf8JsonWriter, OrderFacts> write) => Json(context, json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("orders");
        foreach (var order in orders) write(json, order);
        json.WriteEndArray();
        json.WriteNumber("page_number", page);
        json.WriteNumber("page_size", size);
        json.WriteNumber("num_pages", Math.Max(1, (count + size - 1) / size));
        json.WriteNumber("order_count", count);
        json.WriteEndObject();
    });
}
