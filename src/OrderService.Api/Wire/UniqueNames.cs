using System.Text.Json;

namespace OrderService.Api.Wire;

/// <summary>Looks through a value that nobody reads for names that are given twice, or are no text.</summary>
internal static class UniqueNames
{
    /// <summary>True where there are none; the reader is left at the end of the value then.</summary>
    public static bool Skip(ref Utf8JsonReader reader, out BodyFault fault)
    {
        fault = default;
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray)) return true;
        var open = new Stack<HashSet<string>?>();
        do
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject: open.Push(new HashSet<string>(StringComparer.Ordinal)); break;
                case JsonTokenType.StartArray: open.Push(null); break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray: open.Pop(); break;
                case JsonTokenType.PropertyName:
                    if (!WireValue.TryReadText(ref reader, out var name)) fault = new BodyFault(BodyFaultKind.NameNotText);
                    else if (!open.Peek()!.Add(name)) fault = new BodyFault(BodyFaultKind.NameTwice, name);
                    if (fault != default) return false;
                    break;
                default: break;
            }
        }
        while (open.Count > 0 && reader.Read());
        return true;
    }
}
