using OrderService.Domain.Pricing;

namespace OrderService.Engine.Pricing;

/// <summary>
/// Which sources know which tokens: those whose map names a token, and those that spoke of it in their last answer. A source that does not
/// answer goes on counting, so that nobody becomes the only source of a token by silencing the other.
/// </summary>
internal sealed class PriceCoverage
{
    private readonly Dictionary<string, HashSet<TokenId>> _mapped = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<TokenId>> _heard = new(StringComparer.Ordinal);

    /// <summary>The source is there for these tokens, whether it speaks of them or not.</summary>
    public void Expect(string source, IEnumerable<TokenId> tokens) => _mapped[source] = [.. tokens];

    /// <summary>Takes an answer: its tokens are those that the source knows. A question that failed says neither yes nor no.</summary>
    public void Hear(SourceReading reading)
    {
        var before = _heard.GetValueOrDefault(reading.Source);
        var told = reading.Observations.Where(seen => seen.Origin == PriceOrigin.Source).Select(seen => seen.Token);
        var refused = reading.Unreadable.Where(one => one.Reason != RejectionReason.NoAnswer || before?.Contains(one.Token) == true);
        _heard[reading.Source] = [.. told, .. refused.Select(one => one.Token)];
    }

    /// <summary>Takes it from another node that the source spoke of the token.</summary>
    public void Recall(string source, TokenId token)
    {
        if (_heard.TryGetValue(source, out var tokens)) tokens.Add(token);
        else _heard[source] = [token];
    }

    /// <summary>The sources that know the token, by name.</summary>
    public IReadOnlyList<string> Of(TokenId token) =>
        [.. _mapped.Concat(_heard).Where(source => source.Value.Contains(token)).Select(source => source.Key).Distinct()
            .Order(StringComparer.Ordinal)];
}
