using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.Options;
using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain;

namespace OrderService.Api.Charisma.Bulk;

/// <summary>The body of POST orders/batch as it came: its orders, each as the body of one order is read, and whether they are stored together.</summary>
internal sealed record BatchBody(IReadOnlyList<NewOrderRecord> Orders, bool IsAtomic)
{
    /// <summary>Orders of a call.</summary>
    public const int OrdersMax = 100;

    /// <summary>The largest body of such a call, in bytes.</summary>
    public const int BytesMax = 512 * 1024;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 }; // each order is read again by stricter rules

    /// <summary>Reads the body of a request.</summary>
    public static Task<Result<BatchBody>> ReadAsync(HttpContext context)
    {
        var options = context.RequestServices.GetRequiredService<IOptions<OrdersApiOptions>>().Value;
        return RequestBody.ReadAsync(context, BytesMax, json => Read(json, options));
    }

    /// <summary>Reads UTF-8 that is known to be valid. What is wrong with one order is that order's own fault.</summary>
    public static Result<BatchBody> Read(ReadOnlyMemory<byte> json, OrdersApiOptions options)
    {
        if (TryParse(json, out var document) is { } fault) return fault;
        using (document) return Read(document!.RootElement, options);
    }

    /// <summary>The JSON object of a body whose members are orders, or what is wrong with it.</summary>
    public static OrderError? TryParse(ReadOnlyMemory<byte> json, out JsonDocument? document)
    {
        document = null;
        try
        {
            document = JsonDocument.Parse(json, Options);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return Malformed("the body must be a JSON object");
            foreach (var field in document.RootElement.EnumerateObject()) _ = field.Name; // half a surrogate pair is found only when it is read
            return null;
        }
        catch (JsonException fault)
        {
            return Malformed($"the body is not JSON (line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1})");
        }
        catch (InvalidOperationException)
        {
            return Malformed("a field's name is not valid text");
        }
    }

    /// <summary>An order that stands in a body, read as the body of one order is.</summary>
    public static NewOrderRecord ReadOrder(JsonElement order, OrdersApiOptions options)
    {
        var text = JsonMarshal.GetRawUtf8Value(order);
        var read = BodyReader<NewOrderRecord>.Read(text, CharismaBodies.Style, options.ClientFieldsBytesMax);
        if (text.Length > options.BodyBytesMax) read.Fault = Malformed($"an order is larger than {options.BodyBytesMax} bytes");
        return read;
    }

    /// <summary>A body that cannot be read.</summary>
    public static OrderError.Malformed Malformed(string problem) => new($"Invalid request: {problem}");

    private static Result<BatchBody> Read(JsonElement body, OrdersApiOptions options)
    {
        (JsonElement? Orders, JsonElement? Atomic) given = default;
        foreach (var field in body.EnumerateObject())
        {
            switch (field.Name)
            {
                case "orders" when given.Orders is null: given.Orders = field.Value; break;
                case "atomic" when given.Atomic is null: given.Atomic = field.Value; break;
                case "orders" or "atomic": return Malformed($"the field {field.Name} is given twice");
                default: return new OrderError.Field(field.Name, "is not a field of a batch: say orders and atomic");
            }
        }
        if (given.Atomic is { ValueKind: not (JsonValueKind.True or JsonValueKind.False) }) return new OrderError.Field("atomic", "must be true or false");
        if (given.Orders is not { ValueKind: JsonValueKind.Array } orders || orders.GetArrayLength() is 0 or > OrdersMax) return new OrderError.Field("orders", $"must be a list of 1 to {OrdersMax} orders");
        return new BatchBody([.. orders.EnumerateArray().Select(order => ReadOrder(order, options))], given.Atomic is { ValueKind: JsonValueKind.True });
    }
}
