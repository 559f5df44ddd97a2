using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Pricing;

namespace OrderService.Api.Tread;

/// <summary>Names of assets and pairs, in any case, as the registry has them now.</summary>
internal sealed class TradeAssets(TokenRegistry tokens, ISwapRouter router)
{
    /// <summary>The only name of an exchange.</summary>
    public string Venue => router.Terms.Venue;

    /// <summary>Every class, in the venue's order.</summary>
    public IReadOnlyList<TradeAsset> All => Classes(tokens.All);

    /// <summary>
    /// The asset of a class's symbol, of a token's own symbol or of its id; null where there is none or two classes share the symbol.
    /// </summary>
    public TradeAsset? Find(string name)
    {
        var all = tokens.All;
        var classes = Classes(all).Where(a => Same(a.Symbol, name)).ToList();
        if (classes.Count > 0) return classes.Count == 1 ? classes[0] : null;
        var own = all.Where(t => Same(t.Symbol, name) || Same(t.Id.ToString(), name)).ToList();
        return own is [var token]
            ? token.Type == TokenType.Subnet ? new TradeAsset(token.Symbol, null, token) : new TradeAsset(token.Symbol, token, null) : null;
    }

    /// <summary>
    /// The pair of a text, tried at each hyphen: exactly one split must have two known assets. Else null with the legs of the split that
    /// comes nearest.
    /// </summary>
    public TradePair? FindPair(string text, out PairLegs? nearest)
    {
        var splits = Splits(text).Select(s => (Legs: s, Base: Find(s.BaseName), Quote: Find(s.QuoteName))).ToList();
        var known = splits.Where(s => s is { Base: not null, Quote: not null }).ToList();
        var best = splits.OrderByDescending(s => (s.Base is null ? 0 : 1) + (s.Quote is null ? 0 : 1)).FirstOrDefault();
        nearest = best.Legs is { } legs && known.Count == 0
            ? legs with { IsBaseKnown = best.Base is not null, IsQuoteKnown = best.Quote is not null } : null;
        return known is [var only] ? new TradePair(only.Base!, only.Quote!, only.Legs.Variant) : null;
    }

    /// <summary>Digits after the point of a token; null where it is not known.</summary>
    public int? DecimalsOf(TokenId token) => tokens.Find(token)?.Decimals;

    private static List<TradeAsset> Classes(IReadOnlyList<Token> all)
    {
        var subnets = all.Where(t => t.BaseToken is not null).ToLookup(t => t.BaseToken!.Value);
        var heads = all.Where(t => t.BaseToken is null || all.All(o => o.Id != t.BaseToken));
        return [.. heads.Select(t => t.Type == TokenType.Subnet
            ? new TradeAsset(t.Symbol, null, t) : new TradeAsset(t.Symbol, t, subnets[t.Id].FirstOrDefault()))];
    }

    private static IEnumerable<PairLegs> Splits(string text)
    {
        for (var at = text.IndexOf('-', StringComparison.Ordinal); at >= 0; at = text.IndexOf('-', at + 1))
        {
            var (left, right) = (text[..at], text[(at + 1)..]);
            var colon = left.IndexOf(':', StringComparison.Ordinal);
            if (left.Length == 0 || right.Length == 0) continue;
            yield return colon < 0 ? new PairLegs(left, right, null) : new PairLegs(left[..colon], right, left[(colon + 1)..]);
        }
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}

/// <summary>How a text was split into a pair.</summary>
internal sealed record PairLegs(string BaseName, string QuoteName, string? Variant)
{
    public bool IsBaseKnown { get; init; }

    public bool IsQuoteKnown { get; init; }
}
