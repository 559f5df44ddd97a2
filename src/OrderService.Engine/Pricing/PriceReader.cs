using System.Text.Json;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;

namespace OrderService.Engine.Pricing;

/// <summary>Collects what one answer holds.</summary>
internal sealed class ReadingBuilder(string source)
{
    private readonly List<PriceObservation> _observations = [];
    private readonly List<PriceRejection> _unreadable = [];

    public void Add(PriceObservation observation) => _observations.Add(observation);

    public void Refuse(TokenId token, RejectionReason why, string detail) =>
        _unreadable.Add(new PriceRejection(token, source, why, detail));

    public SourceReading Build() => new(source, _observations, _unreadable);
}

/// <summary>Reads the price and the time of one token out of one element.</summary>
internal sealed class PriceReader(HttpPriceSourceOptions options)
{
    private const int shownMax = 60; // characters of a refused text that are told

    private readonly PricePath _price = PricePath.Of(options.PricePath);
    private readonly PricePath? _exponent = options.ExponentPath is null ? null : PricePath.Of(options.ExponentPath);
    private readonly PricePath? _time = options.TimePath is null ? null : PricePath.Of(options.TimePath);

    public void Read(JsonElement element, TokenId token, string alias, DateTimeOffset asked, ReadingBuilder found)
    {
        if (!_price.TryFind(element, alias, out var priceElement)) return; // the source does not know the token
        var text = PricePath.Text(priceElement);
        if (text is not null && _exponent is { } power)
            text = power.TryFind(element, alias, out var exponent) ? $"{text}e{PricePath.Text(exponent)}" : null;
        if (!PriceNumber.TryRead(text, out var price, out var why))
        {
            found.Refuse(token, why, $"price {Shown(text)}");
            return;
        }
        var at = asked;
        if (_time is { } path
            && !(path.TryFind(element, alias, out var timeElement) && PriceTime.TryRead(timeElement, options.TimeUnit, out at)))
        {
            found.Refuse(token, RejectionReason.BadTime, $"no readable time at {options.TimePath}");
            return;
        }
        found.Add(new PriceObservation(token, price, at));
    }

    private static string Shown(string? text)
    {
        if (text is null) return "is neither a number nor a text";
        var clean = string.Concat(text.Take(shownMax).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
        return text.Length > shownMax ? $"'{clean}…'" : $"'{clean}'";
    }
}
