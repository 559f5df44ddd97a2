using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using OrderService.Domain;

namespace OrderService.Api.Wire;

/// <summary>
/// Reads the JSON object of a body, UTF-8 that is known to be valid, into its record. What is wrong with a member is for the record's rules
/// to say; what is wrong with the whole is its fault.
/// </summary>
internal static class BodyReader<T>
    where T : RequestRecord
{
    private const int NamesUsual = 16;

    /// <summary>The record.</summary>
    public static T Read(ReadOnlySpan<byte> json, BodyStyle style)
    {
        var record = Activator.CreateInstance<T>();
        if (json.IsEmpty) return Faulty(record, style.Malformed(new BodyFault(BodyFaultKind.Empty)));
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = style.DepthMax });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return Faulty(record, NotObject(ref reader, style));
            record.Fault = ReadMembers(record, ref reader, json, style);
            if (record.Fault is null) reader.Read(); // what follows the object is refused here
            return record;
        }
        catch (JsonException fault)
        {
            return Faulty(record,
                style.Malformed(new BodyFault(BodyFaultKind.NotJson, null, fault.LineNumber.GetValueOrDefault() + 1,
                    fault.BytePositionInLine.GetValueOrDefault() + 1)));
        }
    }

    private static OrderError NotObject(ref Utf8JsonReader reader, BodyStyle style)
    {
        while (style.IsStrict && reader.Read()) continue; // where it is not even JSON, that is said
        return style.Malformed(new BodyFault(BodyFaultKind.NotObject));
    }

    private static OrderError? ReadMembers(T record, ref Utf8JsonReader reader, ReadOnlySpan<byte> json, BodyStyle style)
    {
        var names = new HashSet<string>(NamesUsual, StringComparer.Ordinal);
        var others = new KeptFields(style.OthersBytesMax);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var start = (int)reader.TokenStartIndex;
            if (!BodyMembers<T>.TryReadName(ref reader, out var name)) return style.Malformed(new BodyFault(BodyFaultKind.NameNotText));
            if (!names.Add(name)) return style.Malformed(new BodyFault(BodyFaultKind.NameTwice, name));
            reader.Read();
            if (style.IsStrict && FaultWithin(reader) is { } within) return style.Malformed(within);
            if (style.TakesDotted && BodyGroups<T>.TryRead(record, name, ref reader, style, names, out var again))
            {
                if (again is not null) return style.Malformed(new BodyFault(BodyFaultKind.NameTwice, again));
                continue;
            }
            var open = record as OpenRequestRecord;
            if (BodyMembers<T>.All.TryGetValue(name, out var read))
            {
                read(record, ref reader, style);
                if (open?.KeepsSpelling(name) != true) continue;
            }
            else
            {
                OrderError? refusal = null;
                var isKept = open?.KeepsOther(name, ref reader, out refusal) == true;
                reader.Skip();
                if (refusal is not null) return refusal;
                record.Stranger ??= name;
                if (!isKept) continue;
            }
            if (!others.TryAdd(json[start..(int)reader.BytesConsumed])) return others.TooMuch();
        }
        if (record is OpenRequestRecord keeping) keeping.ClientFields = others.Json;
        return others.IsTooMuch ? others.TooMuch() : null;
    }

    /// <summary>
    /// The record of an object inside a body whose names are known to be unique; null where it is no object. One that keeps its client's
    /// own fields is read as a body of its own is, and is there whatever it is.
    /// </summary>
    public static T? ReadInner(ref Utf8JsonReader reader, BodyStyle style)
    {
        if (typeof(T).IsSubclassOf(typeof(OpenRequestRecord)))
            return ReadEntry(JsonMarshal.GetRawUtf8Value(JsonElement.ParseValue(ref reader)), style);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }
        var record = Activator.CreateInstance<T>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (BodyMembers<T>.All.TryGetValue(name, out var read))
            {
                read(record, ref reader, style);
                continue;
            }
            record.Stranger ??= name;
            reader.Skip();
        }
        return record;
    }

    private static T ReadEntry(ReadOnlySpan<byte> json, BodyStyle style)
    {
        var record = Read(json, style.OfEntry);
        return json.Length > style.EntryBytesMax
            ? Faulty(record, style.Malformed(new BodyFault(BodyFaultKind.EntryTooLarge, Byte: style.EntryBytesMax))) : record;
    }

    // A look ahead: the reader that is given is a copy.
    private static BodyFault? FaultWithin(Utf8JsonReader ahead) => UniqueNames.Skip(ref ahead, out var fault) ? null : fault;

    private static T Faulty(T record, OrderError fault)
    {
        record.Fault = fault;
        return record;
    }

    // The client's own fields, one behind the other as they came.
    private ref struct KeptFields(int bytesMax)
    {
        private StringBuilder? _kept;

        public readonly string? Json => _kept is null ? null : _kept.ToString() + '}';

        public readonly bool IsTooMuch => Json is { } fields && Encoding.UTF8.GetByteCount(fields) > bytesMax;

        public bool TryAdd(ReadOnlySpan<byte> field)
        {
            (_kept is null ? _kept = new StringBuilder("{") : _kept.Append(',')).Append(Encoding.UTF8.GetString(field));
            return _kept.Length <= bytesMax;
        }

        public readonly OrderError.Field TooMuch() =>
            new("metadata", $"and the order's other own fields may take {bytesMax} bytes of JSON together", "metadata_too_large");
    }
}
