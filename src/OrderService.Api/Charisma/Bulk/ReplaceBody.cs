using System.Text.Json;
using Microsoft.Extensions.Options;
using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain;

namespace OrderService.Api.Charisma.Bulk;

/// <summary>The body of a call to replace an order: the order that takes its place, beside a wallet's proof where there is one.</summary>
internal static class ReplaceBody
{
    /// <summary>Reads the new order of a request as the body of one order is read.</summary>
    public static Task<Result<NewOrderRecord>> ReadAsync(HttpContext context)
    {
        var options = context.RequestServices.GetRequiredService<IOptions<OrdersApiOptions>>().Value;
        return RequestBody.ReadAsync(context, DialectLimits.BodyMax, json => Read(json, options));
    }

    /// <summary>Reads UTF-8 that is known to be valid.</summary>
    public static Result<NewOrderRecord> Read(ReadOnlyMemory<byte> json, OrdersApiOptions options)
    {
        if (BatchBody.TryParse(json, out var document) is { } fault) return fault;
        using (document)
        {
            JsonElement? order = null;
            foreach (var field in document!.RootElement.EnumerateObject())
            {
                if (field.Name is "message" or "signature" or "walletAddress" or "publicKey") continue;
                if (field.Name != "order") return new OrderError.Field(field.Name, "is not a field of a replacement: say order, whose fields are those of a new order");
                if (order is not null) return BatchBody.Malformed("the field order is given twice");
                order = field.Value;
            }
            return order is { ValueKind: JsonValueKind.Object } given ? BatchBody.ReadOrder(given, options) : new OrderError.Field("order", "must be the order that takes its place");
        }
    }
}
