using System.Text.Json;
using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;

namespace OrderService.Api.Charisma;

/// <summary>
/// How a client spelt the terms that have several spellings: what it sent is what it reads back, as it compares texts. A spelling is kept
/// among the client's own fields, and told only where it means what the terms say.
/// </summary>
internal sealed class Spelling
{
    private static readonly Spelling Usual = new();

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>True where the field's text is not the one that the service would write.</summary>
    public static bool IsOwn(OrderBodyRecord body, string name) => name switch
    {
        "amountIn" => IsOwn(body.AmountIn, amount => amount.ToString()),
        "minAmountOut" => IsOwn(body.MinAmountOut, amount => amount.ToString()),
        "targetPrice" => IsOwn(body.TargetPrice, price => price.ToString()),
        "limitPrice" => IsOwn(body.LimitPrice, price => price.ToString()),
        "trailingAmount" => IsOwn(body.TrailingAmount, price => price.ToString()),
        "validFrom" => IsOwn(body.ValidFrom, IsoTime.Exact),
        "validTo" => IsOwn(body.ValidTo, IsoTime.Exact),
        "slippage" => body.Slippage.IsGiven,
        _ => false,
    };

    /// <summary>The spellings among an order's client fields.</summary>
    public static Spelling Of(Order order)
    {
        if (order.ClientFields is not { } fields) return Usual;
        var spelling = new Spelling();
        using var document = JsonDocument.Parse(fields);
        foreach (var name in (ReadOnlySpan<string>)["amountIn", "minAmountOut", "targetPrice", "limitPrice", "trailingAmount", "validFrom",
            "validTo"])
        {
            if (document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String)
                spelling._texts[name] = value.GetString()!;
        }
        return spelling;
    }

    /// <summary>The amount as it was spelt.</summary>
    public string? Amount(string name, TokenAmount? amount) => Text(name, amount, TokenAmount.TryParse, a => a.ToString());

    /// <summary>The price as it was spelt.</summary>
    public string? Price(string name, Price? price) => Text(name, price, Domain.Amounts.Price.TryParse, p => p.ToString());

    /// <summary>The moment as it was spelt.</summary>
    public string? Moment(string name, DateTimeOffset? moment) => Text(name, moment, IsoTime.TryParse, IsoTime.Exact);

    private static bool IsOwn<T>(Given<T> given, Func<T, string> write)
        where T : struct => given is { IsRead: true, Text: { } text } && text != write(given.Value);

    private string? Text<T>(string name, T? value, TryRead<T> read, Func<T, string> write)
        where T : struct, IEquatable<T>
    {
        if (value is not { } term) return null;
        return _texts.TryGetValue(name, out var text) && read(text, out var spelt) && spelt.Equals(term) ? text : write(term);
    }
}
