using System.CommandLine;
using System.Diagnostics.CodeAnalysis;

namespace OrderService.CommandLine;

/// <summary>Reads a text as a value, or answers false.</summary>
internal delegate bool TryRead<T>([NotNullWhen(true)] string? text, out T value);

/// <summary>
/// Options that are read by the same parsers as the wire. A refusal names the option and the rule, never the text: it may be a secret.
/// </summary>
internal static class ParsedOption
{
    public static Option<T?> Of<T>(string name, string description, TryRead<T> read, string rule, bool isRequired = false)
        where T : struct => new(name)
        {
            Description = description,
            Required = isRequired,
            CustomParser = result =>
            {
                if (read(result.Tokens[0].Value, out var value)) return value;
                result.AddError($"{name} {rule}.");
                return null;
            },
        };
}
