using System.Numerics;
using System.Text.Json;
using OrderService.Api.Wire;
using OrderService.Domain.Scheduling;

namespace OrderService.Api.Tread;

/// <summary>A decimal of a request: its shortest text, for the echo, and its value.</summary>
internal sealed record GivenDecimal(string Text, WireNumber Number)
{
    /// <summary>Reads the shortest text of a default.</summary>
    public static GivenDecimal Of(string text) => WireNumber.TryParse(text, out var number) ? new GivenDecimal(text, number) : throw new FormatException(text);

    /// <summary>Parts per 10^9, rounded towards zero.</summary>
    public int PerBillion => (int)Number.ScaleFloor(9);

    /// <summary>As a share; it is between 0 and 1.</summary>
    public Share Share => Share.Of(PerBillion);

    /// <summary>True within bounds given in thousandths.</summary>
    public bool IsWithin(int min, int max) => Compare(min) >= 0 && Compare(max) <= 0;

    /// <summary>True above zero.</summary>
    public bool IsPositive => Number.Digits.Sign > 0;

    // Sign of the number less so many thousandths.
    private int Compare(int thousandths)
    {
        var decimals = Math.Max(3, -Number.Exponent);
        Number.TryScale(decimals, out var count);
        return count.CompareTo(thousandths * BigInteger.Pow(10, decimals - 3));
    }
}

/// <summary>Reads the members of a request body one after the other; null is absent. What does not hold is one more fault of the list.</summary>
internal sealed class RequestFields(JsonElement root)
{
    /// <summary>What does not hold, in the order of reading.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>A member that is there and not null.</summary>
    public JsonElement? Given(string name) => root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>One more fault; answers null.</summary>
    public T? Fault<T>(string sentence)
        where T : class
    {
        Faults.Add(sentence);
        return null;
    }

    /// <summary>A decimal between two bounds in thousandths, the lower one exclusive where <paramref name="isAbove"/>.</summary>
    public GivenDecimal? Decimal(string name, int min, int max, string fault, bool isAbove = false)
    {
        if (Given(name) is not { } value) return null;
        if (JsonText.Decimal(value) is not { } number) return Fault<GivenDecimal>(fault);
        var given = new GivenDecimal(JsonText.Shortest(number), number);
        return given.IsWithin(min, max) && (!isAbove || given.IsPositive) ? given : Fault<GivenDecimal>(fault);
    }

    /// <summary>A decimal above zero.</summary>
    public GivenDecimal? Positive(string name, string fault)
    {
        if (Given(name) is not { } value) return null;
        return JsonText.Decimal(value) is { Digits.Sign: > 0 } number ? new GivenDecimal(JsonText.Shortest(number), number) : Fault<GivenDecimal>(fault);
    }

    /// <summary>A whole number between two bounds.</summary>
    public int? Whole(string name, int min, int max, string fault)
    {
        if (Given(name) is not { } value) return null;
        if (JsonText.Whole(value) is { } number && number >= min && number <= max) return (int)number;
        Faults.Add(fault);
        return null;
    }

    /// <summary>A text of at most that many characters.</summary>
    public string? Text(string name, int lengthMax, string fault)
    {
        if (Given(name) is not { } value) return null;
        return JsonText.Of(value) is { } text && text.EnumerateRunes().Count() <= lengthMax ? text : Fault<string>(fault);
    }

    /// <summary>A boolean.</summary>
    public bool? Boolean(string name, string fault)
    {
        if (Given(name) is not { } value) return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        Faults.Add(fault);
        return null;
    }

    /// <summary>A moment.</summary>
    public DateTimeOffset? Moment(string name, DateTimeOffset min, DateTimeOffset max)
    {
        if (Given(name) is not { } value) return null;
        if (TreadTime.TryRead(value, out var moment) && moment > min && moment <= max) return moment;
        Faults.Add($"Invalid {name}");
        return null;
    }
}
