using System.Text.Json;
using OrderService.Api.Tread.Records;
using OrderService.Domain.Expressions;
using OrderService.Engine.Pricing;

namespace OrderService.Api.Tread;

/// <summary>
/// What the texts of a new order mean to this service, each looked up once: what is null is not given, or does not hold, and its fault says
/// which.
/// </summary>
internal sealed record NewOrderTexts(DateTimeOffset Now)
{
    public string Pair { get; init; } = "";

    /// <summary>Null where a leg is not known.</summary>
    public TradePair? Traded { get; init; }

    public PairLegs? UnknownLegs { get; init; }

    public Strategy? Strategy { get; init; }

    public SuperStrategy? SuperStrategy { get; init; }

    public (GivenLimit? Limit, string? Fault) Limit { get; init; }

    public (GivenCondition? Condition, string? Fault) Condition { get; init; }

    public (StrategyParams Params, IReadOnlyList<string> Faults) Params { get; init; } = (StrategyParams.None, []);
}

/// <summary>Looks up what the texts of a new order mean: pairs and conditions as the registry has them now.</summary>
internal sealed class NewOrderReader(TradeAssets assets, TradedAssets names, StrategyParamsJson parameters, TimeProvider time)
{
    /// <summary>Variables that are looked at: one more than a condition may have.</summary>
    private const int VariablesMax = 17;

    /// <summary>All of them.</summary>
    public NewOrderTexts Read(NewOrderRecord given)
    {
        var (now, text) = (time.GetUtcNow(), given.Pair is { IsRead: true, Value: var pair } ? pair!.Trim() : "");
        PairLegs? legs = null;
        var traded = text.Length == 0 ? null : assets.FindPair(text, out legs);
        return new NewOrderTexts(now)
        {
            Pair = text,
            Traded = traded,
            UnknownLegs = legs,
            Strategy = given.Strategy.IsRead && Strategy.TryFind(JsonText.Of(given.Strategy.Value), out var strategy) ? strategy : null,
            SuperStrategy = given.SuperStrategy.IsRead && SuperStrategy.TryFind(JsonText.Of(given.SuperStrategy.Value), out var super)
                ? super : null,
            Limit = given.LimitPrice.IsRead ? (GivenLimits.Read(given.LimitPrice.Value, names, out var fault), fault) : default,
            Condition = given.OrderCondition.IsRead ? Condition(given) : default,
            Params = given.StrategyParams.IsRead ? parameters.Read(given.StrategyParams.Value, traded, now) : (StrategyParams.None, []),
        };
    }

    private (GivenCondition? Condition, string? Fault) Condition(NewOrderRecord given)
    {
        if (JsonText.Of(given.OrderCondition.Value) is not { } text) return (null, "must be true or false");
        if (text.Length == 0) return default;
        if (given.OrderConditionVars is { IsRead: true, Value.ValueKind: not JsonValueKind.Object })
            return (null, "unexpected order_condition_vars");
        var variables = given.OrderConditionVars.IsRead
            ? given.OrderConditionVars.Value.EnumerateObject().Take(VariablesMax)
                .Select(m => KeyValuePair.Create(m.Name, JsonText.AsGiven(m.Value))).ToList() : [];
        return ConditionReader.TryRead(text, variables, names, out var condition, out var reason)
            ? (new GivenCondition(condition), null) : (null, reason);
    }
}
