using OrderService.Domain.Pricing;

namespace OrderService.Engine.Pricing;

/// <summary>
/// What is believed after one poll, what is not, and which tokens are in doubt: their sources spoke and were not believed, so
/// the price believed before must not be used either.
/// </summary>
internal sealed record GateResult(
    IReadOnlyList<BelievedPrice> Believed, IReadOnlyList<PriceRejection> Rejected, IReadOnlyCollection<TokenId> Doubted);

/// <summary>Collects the judgement of one poll.</summary>
internal sealed class GateVerdict
{
    private readonly List<BelievedPrice> _believed = [];
    private readonly List<PriceRejection> _rejected = [];
    private readonly HashSet<TokenId> _suspect = [];

    public IReadOnlyList<BelievedPrice> Believed => _believed;

    public void Believe(BelievedPrice price) => _believed.Add(price);

    public bool Refuse(FreshObservation seen, RejectionReason why, string detail) =>
        Refuse(new PriceRejection(seen.Observation.Token, seen.Source, why, detail));

    public void Refuse(TokenId token, RejectionReason why, string detail) => Refuse(new PriceRejection(token, null, why, detail));

    public bool Refuse(PriceRejection rejection)
    {
        _rejected.Add(rejection);
        if (rejection.Reason.CastsDoubt()) _suspect.Add(rejection.Token);
        return false;
    }

    /// <summary>The tokens that are in doubt as far as they were judged.</summary>
    public IReadOnlyCollection<TokenId> Doubted => [.. _suspect.Except(_believed.Select(price => price.Token))];

    public GateResult Close() => new(_believed, _rejected, Doubted);
}
