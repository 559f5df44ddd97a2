using OrderService.Domain.Expressions;
using OrderService.Domain.Pricing;

namespace OrderService.Domain.Tests.Expressions;

/// <summary>A venue with ten pairs against sUSDT, and a world in which some prices are known.</summary>
internal sealed class Names : IExpressionNames
{
    public static Names Known { get; } = new();

    public static readonly string[] Symbols = ["CHA", "WELSH", "stSTX-2", "v.1", "A", "B", "C", "D", "E", "F"];

    public bool IsVenue(string venue) => string.Equals(venue, "simulated", StringComparison.OrdinalIgnoreCase);

    public PairPrice? PairOf(string pair)
    {
        var symbol = Array.Find(Symbols, s => string.Equals($"{s}-sUSDT", pair, StringComparison.OrdinalIgnoreCase));
        return symbol is null ? null : new PairPrice($"{symbol}-sUSDT", "simulated", TokenId.Stx, TokenId.Usd);
    }

    public static Condition Condition(string text) =>
        ConditionReader.TryRead(text, Known, out var condition, out var fault) ? condition : throw new InvalidOperationException(fault);

    public static Expression Limit(string text) =>
        LimitReader.TryRead(text, Known, out var limit, out var fault) ? limit : throw new InvalidOperationException(fault);

    public static FixedNumber Number(string text) =>
        FixedNumber.TryParse(text.TrimStart('-'), out var number)
            ? (text[0] == '-' ? new FixedNumber(-number.Count) : number) : throw new FormatException(text);
}

/// <summary>Prices and quantities by name; what is not in it is not known.</summary>
internal sealed class PlayWorld : IExpressionWorld
{
    public Dictionary<string, FixedNumber> Prices { get; } = new(StringComparer.Ordinal);

    public Dictionary<QuantityWord, FixedNumber> Quantities { get; } = [];

    public DateTimeOffset Now { get; set; } = new(2026, 12, 1, 9, 0, 0, TimeSpan.Zero);

    public FixedNumber? PriceOf(PairPrice pair) => Prices.TryGetValue(pair.Name, out var price) ? price : null;

    public FixedNumber? QuantityOf(QuantityWord word) => Quantities.TryGetValue(word, out var quantity) ? quantity : null;
}
