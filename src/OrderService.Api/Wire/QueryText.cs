using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using OrderService.Domain;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.Wire;

/// <summary>Query parameters as JavaScript servers read them.</summary>
internal static class QueryText
{
    /// <summary>The first value of a parameter without the blanks around it; null where it is absent or blank.</summary>
    public static string? Text(this IQueryCollection query, string name) =>
        query[name].FirstOrDefault()?.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>Reads how many are asked for, a whole number of 1 to so many; leaves it as it is where nothing says.</summary>
    public static OrderError? LimitRefusal(this IQueryCollection query, int max, ref int limit) =>
        query.Text("limit") is not { } text
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit >= 1 && limit <= max)
            ? null : new OrderError.Field("limit", $"must be a whole number of 1 to {max}");

    /// <summary>Reads whose things are asked for; null where nothing says.</summary>
    public static OrderError? OwnerRefusal(this IQueryCollection query, out StacksAddress? owner)
    {
        owner = null;
        if (query.Text("owner") is not { } text) return null;
        if (!StacksAddress.TryParse(text, out var address))
            return new OrderError.Field("owner", "must be a Stacks address", "invalid_principal");
        owner = address;
        return null;
    }

    /// <summary>True or false in any case, as languages print their truths; 1 and 0 too.</summary>
    public static bool TryParseTruth([NotNullWhen(true)] string? text, out bool truth)
    {
        truth = text == "1";
        return truth || text == "0" || bool.TryParse(text, out truth);
    }

    /// <summary>
    /// parseInt of base ten: leading white space and a sign, then the digits there are ("10abc" is 10, "1.9" is 1), cut at the largest int.
    /// False where there are none.
    /// </summary>
    public static bool TryParseInt([NotNullWhen(true)] string? text, out int number)
    {
        number = 0;
        if (text is null) return false;
        var rest = text.AsSpan().TrimStart();
        var isNegative = rest.StartsWith("-");
        if (isNegative || rest.StartsWith("+")) rest = rest[1..];
        var digits = rest.IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? rest[..end] : rest;
        foreach (var digit in digits) number = (int)Math.Min(int.MaxValue, number * 10L + (digit - '0'));
        if (isNegative) number = -number;
        return !digits.IsEmpty;
    }
}
