using OrderService.Domain.Pricing;

namespace OrderService.Engine.Pricing;

/// <summary>Which tokens routes lead to. A shortest way visits no token twice, so it is a route.</summary>
internal static class TokenReach
{
    /// <summary>The tokens at most so many links away, the start left out; links lead both ways.</summary>
    public static IReadOnlyCollection<TokenId> From(TokenId start, IEnumerable<(TokenId A, TokenId B)> links, int hopsMax)
    {
        var neighbours = links.SelectMany(l => ((TokenId From, TokenId To)[])[(l.A, l.B), (l.B, l.A)]).ToLookup(l => l.From, l => l.To);
        var reached = new HashSet<TokenId> { start };
        IReadOnlyList<TokenId> edge = [start];
        for (var hops = 0; hops < hopsMax && edge.Count > 0; hops++) edge = [.. edge.SelectMany(t => neighbours[t]).Where(reached.Add)];
        reached.Remove(start);
        return reached;
    }
}
