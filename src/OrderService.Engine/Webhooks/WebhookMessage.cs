using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OrderService.Domain.Events;
using OrderService.Engine.Events;

namespace OrderService.Engine.Webhooks;

/// <summary>
/// A message as Standard Webhooks has it: an id that is the same however often it is sent, and a body of type, timestamp and data. What is
/// signed is id, time of the send and body, with each secret that is good at that time (version v1: HMAC-SHA256).
/// </summary>
internal sealed record WebhookMessage(string Id, byte[] Body)
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The message of an event.</summary>
    public static WebhookMessage Of(string logId, LoggedEvent happened) => new(
        string.Create(CultureInfo.InvariantCulture, $"msg_{logId}_{happened.Position}"), Written(happened.Kind, happened.At, json =>
        {
            json.WriteString("log", logId);
            json.WriteNumber("position", happened.Position);
            json.WriteString("kind", happened.Kind);
            json.WriteString("at", Moment(happened.At));
            json.WriteString("actor", happened.Actor);
            Optional(json, "owner", happened.Owner);
            Optional(json, "order", happened.OrderUuid);
            Optional(json, "dialect", happened.Dialect);
            Optional(json, "orderStatus", happened.OrderStatus);
            Optional(json, "orderFilled", happened.OrderFilled);
            Optional(json, "orderReason", happened.OrderReason);
            if (happened.Slice is { } slice) json.WriteNumber("slice", slice);
            if (happened.Facts is not { } facts) return;
            json.WritePropertyName("facts");
            json.WriteRawValue(facts);
        }));

    /// <summary>A message that says nothing but that it arrived.</summary>
    public static WebhookMessage Test(Guid endpoint, DateTimeOffset now) =>
        new($"msg_test_{Guid.NewGuid():N}", Written("webhook.test", now, json => json.WriteString("webhook", endpoint.ToString("N"))));

    /// <summary>The header <c>webhook-signature</c>.</summary>
    public string SignatureAt(long unixSeconds, IEnumerable<byte[]> secrets)
    {
        var head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Id}.{unixSeconds}."));
        byte[] signed = [.. head, .. Body];
        return string.Join(' ', secrets.Select(secret => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(secret, signed))}"));
    }

    private static byte[] Written(string type, DateTimeOffset at, Action<Utf8JsonWriter> writeData)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            json.WriteString("timestamp", Moment(at));
            json.WriteStartObject("data");
            writeData(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static string Moment(DateTimeOffset at) => MomentText.Of(at);

    private static void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null) json.WriteString(name, value);
    }
}
