using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;

namespace OrderService.Domain.Orders;

/// <summary>What a slice that waits for a quote needs of its route's rate at no depth.</summary>
public enum QuoteSide
{
    /// <summary>The rate is at or above the need.</summary>
    Rise,

    /// <summary>The rate is at or below the need.</summary>
    Fall,

    /// <summary>The rate's share of what the believed prices say is at or above the need; zero where any belief will do.</summary>
    Band,
}

/// <summary>What is sold for what: all that wait for one such quote share one question.</summary>
public readonly record struct QuoteRoute(TokenId Sell, TokenId Buy)
{
    private const char Between = '>';

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static QuoteRoute Parse(string text)
    {
        var parts = text.Split(Between);
        return new QuoteRoute(TokenId.Parse(parts[0]), TokenId.Parse(parts[1]));
    }

    /// <summary>Both tokens as one text, by which the store finds what waits.</summary>
    public override string ToString() => $"{Sell}{Between}{Buy}";
}

/// <summary>A slice is asked about again once its route's rate at no depth is on that side of this one.</summary>
public readonly record struct QuoteNeed(QuoteRoute Route, QuoteSide Side, Price Rate);
