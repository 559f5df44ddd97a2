using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace OrderService.Venues.Simulated;

/// <summary>
/// The bytes of the simulated chain's transactions: compact JSON with its members in one order, so that equal calls have equal bytes.
/// </summary>
internal static class CallBytes
{
    /// <summary>The most bytes that are read.</summary>
    public const int SizeMax = 4_096;

    /// <summary>An object of the members that are written.</summary>
    public static byte[] Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(1_024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads bytes; anything but what <paramref name="write"/> makes of what was read answers false.</summary>
    public static bool TryRead<T>(
        ReadOnlyMemory<byte> raw, Func<JsonElement, T> read, Func<T, byte[]> write, [NotNullWhen(true)] out T? call)
        where T : class
    {
        call = null;
        if (raw.Length is 0 or > SizeMax) return false;
        try
        {
            using var document = JsonDocument.Parse(raw);
            call = read(document.RootElement);
        }
        catch (Exception problem) when (problem is JsonException or FormatException or InvalidOperationException or KeyNotFoundException
            or ArgumentException)
        {
            return false;
        }
        return write(call).AsSpan().SequenceEqual(raw.Span);
    }

    /// <summary>A member that is a text.</summary>
    public static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? throw new FormatException(name);
}
