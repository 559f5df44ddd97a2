using OrderService.Domain.Expressions;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;

namespace OrderService.Engine.Pricing;

/// <summary>
/// A class of tokens that are worth the same: a plain or native token and the subnet tokens that wrap it. <paramref name="Priced"/> is the
/// token whose price they have.
/// </summary>
internal sealed record TradedAsset(string Symbol, TokenId Priced, IReadOnlyList<Token> Tokens);

/// <summary>
/// The assets of the registry and the pairs of them, by name in any case. An asset's symbol is its plain token's; a token's own symbol or
/// contract id names its class too, and exactly that token. What two classes share names none.
/// </summary>
internal sealed class TradedAssets(TokenRegistry tokens, ISwapRouter router) : IExpressionNames
{
    private volatile Names? _names;

    private sealed record Names(IReadOnlyList<Token> Of, Dictionary<string, TradedAsset?> Assets);

    /// <summary>The asset of a symbol or contract id; null where there is none, or two.</summary>
    public TradedAsset? Find(string name) => Current().Assets.GetValueOrDefault(name);

    /// <summary>
    /// The two assets of a text like <c>cha-susdt</c>. Symbols may hold hyphens: exactly one way to split it must name two assets.
    /// </summary>
    public (TradedAsset Base, TradedAsset Quote)? PairNamed(string text)
    {
        (TradedAsset, TradedAsset)? found = null;
        for (var at = text.IndexOf('-', StringComparison.Ordinal); at >= 0; at = text.IndexOf('-', at + 1))
        {
            if (Find(text[..at]) is not { } left || Find(text[(at + 1)..]) is not { } right) continue;
            if (found is not null) return null;
            found = (left, right);
        }
        return found;
    }

    /// <inheritdoc/>
    public bool IsVenue(string venue) => string.Equals(venue, router.Terms.Venue, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public PairPrice? PairOf(string pair) =>
        PairNamed(pair) is var (left, right)
            ? new PairPrice($"{left.Symbol}-{right.Symbol}", router.Terms.Venue, left.Priced, right.Priced) : null;

    // Made again where the registry has another list.
    private Names Current()
    {
        var all = tokens.All;
        if (_names is { } known && ReferenceEquals(known.Of, all)) return known;
        var names = new Dictionary<string, TradedAsset?>(StringComparer.OrdinalIgnoreCase);
        var assets = all.GroupBy(t => t.BaseToken ?? t.Id)
            .Select(g => new TradedAsset((g.FirstOrDefault(t => t.Type != TokenType.Subnet) ?? g.First()).Symbol, g.Key, [.. g]));
        foreach (var asset in assets)
        {
            foreach (var name in asset.Tokens.SelectMany(t => new[] { t.Symbol, t.Id.ToString() }).Append(asset.Symbol)
                .Distinct(StringComparer.OrdinalIgnoreCase))
            {
                names[name] = names.ContainsKey(name) ? null : asset;
            }
        }
        return _names = new Names(all, names);
    }
}
