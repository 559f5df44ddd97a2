using System.Globalization;
using System.Text.Json;
using OrderService.Api.Wire;
using OrderService.Engine.Orders;

namespace OrderService.Api.Charisma;

/// <summary>The answers of this dialect: <c>{"status": "success", …}</c>.</summary>
internal static class Answers
{
    /// <summary>One order.</summary>
    public static IResult Order(HttpContext context, OrderView view)
    {
        NoStore(context);
        context.Response.Headers["X-Order-Id"] = view.Order.Terms.Uuid.ToString();
        return Success(json =>
        {
            if (OrderJson.CodeOf(view) is { } code) json.WriteString("code", code);
            json.WritePropertyName("data");
            OrderJson.Write(json, view);
        });
    }

    /// <summary><c>{"status": "success", "data": …}</c>.</summary>
    public static IResult Data(Action<Utf8JsonWriter> writeData) => Success(json =>
    {
        json.WritePropertyName("data");
        writeData(json);
    });

    /// <summary><c>{"status": "success", …}</c> with the members that the argument writes.</summary>
    public static IResult Success(Action<Utf8JsonWriter> writeMembers) => new JsonAnswer(json =>
    {
        json.WriteStartObject();
        json.WriteString("status", "success");
        writeMembers(json);
        json.WriteEndObject();
    });

    /// <summary>An order's status must never come out of a cache: the original let lists be served stale after a create or a cancel.</summary>
    public static void NoStore(HttpContext context) => context.Response.Headers.CacheControl = "no-store";

    /// <summary>Writes an amount as this wire has them in quotes: a number as far as every client can hold one (2^53), a text beyond.</summary>
    public static void Amount(this Utf8JsonWriter json, string name, UInt128 units)
    {
        if (units <= 1UL << 53) json.WriteNumber(name, (ulong)units);
        else json.WriteString(name, units.ToString(CultureInfo.InvariantCulture));
    }
}
