using Microsoft.Extensions.Options;
using OrderService.Domain.Pricing;

namespace OrderService.Engine.Pricing;

/// <summary>
/// What the rows say, as this node wrote or read them, and so what there is to write: what changed, and what would otherwise grow old in
/// the others' eyes. A price that stands is written again when a sixth of the time for which it may be used is over.
/// </summary>
internal sealed class ToldPrices(IOptions<PricingOptions> options)
{
    private const int RenewalsPerLife = 6;

    private readonly Dictionary<TokenId, BelievedPrice> _believed = [];
    private readonly Dictionary<(TokenId, string), HeldJump> _jumps = [];
    private HashSet<TokenId> _doubted = [];
    private string? _health;
    private DateTimeOffset _polledAt;

    /// <summary>The revision of the rows; 0 where there are none.</summary>
    public long Revision { get; private set; }

    /// <summary>Begins with the rows as they stand.</summary>
    public void Begin(PriceNews? rows, IReadOnlyList<HeldJump> jumps)
    {
        _believed.Clear();
        _jumps.Clear();
        (Revision, _doubted) = (0, []);
        foreach (var jump in jumps) _jumps[(jump.Token, jump.Source)] = jump;
        if (rows is not null) Wrote(rows);
        _health = null; // whoever begins says so at once
    }

    /// <summary>What is to be written; null where nothing is.</summary>
    public PriceNews? News(PriceState state, Guid node, DateTimeOffset now)
    {
        var believed = state.Believed.Values.Select(Dated).Where(IsNews).ToList();
        var health = _health != KeyOf(state) || IsOld(_polledAt, now) ? new ToldHealth([.. state.Sources.Values], state.Rejected) : null;
        if (believed.Count == 0 && health is null && _doubted.SetEquals(state.Doubted)) return null;
        return new PriceNews(Revision, node, state.LastPoll ?? now, state.HasLoaded, believed, [.. state.Doubted], health);
    }

    /// <summary>The rows say this now.</summary>
    public void Wrote(PriceNews news)
    {
        if (news.Revision != Revision + 1) _believed.Clear(); // the server has lost what was there, and began anew
        Revision = news.Revision;
        foreach (var price in news.Believed) _believed[price.Token] = price;
        _doubted = [.. news.Doubted];
        if (news.Health is null) return;
        (_health, _polledAt) = (KeyOf(news.HasLoaded, news.Health), news.PolledAt);
    }

    /// <summary>The jumps to be written, and those that are over.</summary>
    public (IReadOnlyList<HeldJump> Changed, IReadOnlyList<HeldJump> Over) News(IReadOnlyList<HeldJump> held)
    {
        var now = held.ToDictionary(jump => (jump.Token, jump.Source));
        return (
            [.. held.Where(jump => !_jumps.TryGetValue((jump.Token, jump.Source), out var told)
                || jump with { Last = told.Last } != told || IsOld(told.Last, jump.Last))],
            [.. _jumps.Where(told => !now.ContainsKey(told.Key)).Select(told => told.Value)]);
    }

    /// <summary>The rows have these jumps now.</summary>
    public void Wrote(IReadOnlyList<HeldJump> changed, IReadOnlyList<HeldJump> over)
    {
        foreach (var jump in over) _jumps.Remove((jump.Token, jump.Source));
        foreach (var jump in changed) _jumps[(jump.Token, jump.Source)] = jump;
    }

    private BelievedPrice Dated(BelievedPrice price) => price with { Until = price.Until ?? price.At + options.Value.StaleAfter };

    // One that may be used for a shorter time than the rows say is news at once.
    private bool IsNews(BelievedPrice price) =>
        !_believed.TryGetValue(price.Token, out var told)
            || (told.Usd, told.Sources, told.IsAlone) != (price.Usd, price.Sources, price.IsAlone)
            || price.Until < told.Until || price.Until - told.Until >= (told.Until - told.At) / RenewalsPerLife;

    private bool IsOld(DateTimeOffset told, DateTimeOffset now) => now - told >= options.Value.StaleAfter / RenewalsPerLife || now < told;

    private static string KeyOf(PriceState state) => KeyOf(state.HasLoaded, new ToldHealth([.. state.Sources.Values], state.Rejected));

    private static string KeyOf(bool hasLoaded, ToldHealth health) =>
        string.Join('\n',
            health.Sources.Select(source => $"{source.Name} {source.LastError}").Order(StringComparer.Ordinal)
                .Concat(health.Rejected.Select(one => $"{one.Token} {one.Source} {one.Reason}")).Append($"{hasLoaded}"));
}
