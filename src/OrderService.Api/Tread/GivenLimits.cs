using System.Text.Json;
using OrderService.Domain.Expressions;

namespace OrderService.Api.Tread;

/// <summary>Reads limit prices: a number above zero, or an expression.</summary>
internal static class GivenLimits
{
    public const string NotPositive = "Limit price must be a positive number";

    /// <summary>No limit, and nothing wrong with that.</summary>
    public static GivenLimit? None(out string? fault)
    {
        fault = null;
        return null;
    }

    /// <summary>The limit; null with no fault for <c>""</c>, which is none. A number is echoed as its text.</summary>
    public static GivenLimit? Read(JsonElement value, IExpressionNames names, out string? fault)
    {
        var text = JsonText.AsGiven(value).Trim();
        if (text.Length == 0) return None(out fault);
        if (JsonText.Decimal(value) is { } number)
        {
            fault = number.Digits.Sign > 0 ? null : NotPositive;
            if (fault is not null) return null;
            return Expression(JsonText.Shortest(number), text, names, out fault);
        }
        if (value.ValueKind != JsonValueKind.String)
        {
            fault = "Invalid limit_price: must be a number";
            return null;
        }
        return Expression(text, text, names, out fault);
    }

    private static GivenLimit? Expression(string text, string shown, IExpressionNames names, out string? fault)
    {
        if (!LimitReader.TryRead(text, names, out var limit, out var reason))
        {
            fault = $"Invalid limit_price: {reason}";
            return null;
        }
        fault = limit.IsConstant && limit.Constant()?.ToPrice() is null ? NotPositive : null;
        return fault is null ? new GivenLimit(shown, limit.IsConstant ? limit.Constant()?.ToPrice() : null, limit) : null;
    }
}
