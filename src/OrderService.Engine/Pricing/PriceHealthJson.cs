namespace OrderService.Engine.Pricing;

/// <summary>The health of prices as readiness shows it: texts and numbers, nothing of the model's types.</summary>
internal static class PriceHealthJson
{
    private const int shownMax = 100; // tokens and rejections each

    public static object Of(PriceHealth health, PriceLead lead) => new
    {
        node = lead.Node,
        askedBy = lead.IsMine ? lead.Node : health.AskedBy,
        lastPoll = health.LastPoll,
        sources = health.Sources.Select(source =>
            new { name = source.Name, lastSuccess = source.LastSuccess, lastError = source.LastError, lastErrorAt = source.LastErrorAt }),
        tokens = health.Tokens.Take(shownMax)
            .Select(token => new { token = token.Token.ToString(), at = token.At, isUsable = token.IsUsable, sources = token.Sources }),
        rejected = health.Rejected.Take(shownMax)
            .Select(rejection =>
                new { token = rejection.Token.ToString(), source = rejection.Source, reason = rejection.Reason.Name(),
                    detail = rejection.Detail }),
    };
}
