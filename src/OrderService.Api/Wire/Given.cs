using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrderService.Api.Wire;

/// <summary>
/// What a client gave for one field of a body: nothing, something of another JSON type (null too), a text that does not read as a
/// <typeparamref name="T"/>, or a value.
/// </summary>
/// <remarks>
/// Each text is read once, by the type's own <c>TryParse</c>; the rules only say what is to be said about the outcome. In an answer it is
/// its text.
/// </remarks>
[JsonConverter(typeof(GivenWriter))]
internal readonly record struct Given<T>
{
    private readonly State _state;

    private Given(State state, string? text, T? value) => (_state, Text, Value) = (state, text, value);

    private enum State : byte
    {
        Absent,
        OtherType,
        Unread,
        Read,
    }

    /// <summary>The text as it came, where it was one.</summary>
    public string? Text { get; }

    /// <summary>The value; default where there is none.</summary>
    public T? Value { get; }

    /// <summary>True where the field was there at all.</summary>
    public bool IsGiven => _state != State.Absent;

    /// <summary>True where there is a value.</summary>
    public bool IsRead => _state == State.Read;

    /// <summary>True where there is nothing that could not be read.</summary>
    public bool IsAbsentOrRead => _state is State.Absent or State.Read;

    /// <summary>A field of the wrong JSON type.</summary>
    public static Given<T> OtherType { get; } = new(State.OtherType, null, default);

    /// <summary>A value that was not a text.</summary>
    public static Given<T> Of(T value) => new(State.Read, null, value);

    /// <summary>Reads a text.</summary>
    public static Given<T> Read(string text, TryRead<T> read) =>
        read(text, out var value) ? new(State.Read, text, value) : new(State.Unread, text, default);

    /// <summary>What a client could have given, for an answer; absent where there is no text.</summary>
    public static Given<T> Told(string? text, TryRead<T> read) => text is null ? default : Read(text, read);
}

/// <summary>Reads a text as a value; the <c>TryParse</c> of every value type fits.</summary>
internal delegate bool TryRead<T>(string? text, out T value);

/// <summary>Writes what a client could have given for a field as its text. Bodies are read by <see cref="BodyReader{T}"/> alone.</summary>
internal sealed class GivenWriter : JsonConverterFactory
{
    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Given<>);

    /// <inheritdoc/>
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert.GetGenericArguments()[0]))!;

    internal sealed class Of<T> : JsonConverter<Given<T>>
    {
        public override Given<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("a body is read by its own reader");

        public override void Write(Utf8JsonWriter writer, Given<T> value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Text);
    }
}
