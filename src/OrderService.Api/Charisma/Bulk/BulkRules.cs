using System.Globalization;
using System.Linq.Expressions;
using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Switches;

namespace OrderService.Api.Charisma.Bulk;

/// <summary>
/// What the rules of calls about several orders share: a member that is not known is refused, since who misspelt it would believe in it.
/// </summary>
internal abstract class BulkRules<T> : RequestRules<T>
    where T : RequestRecord
{
    /// <summary>No other members than the record has.</summary>
    protected void NoOthers(string problem) => Refuse(body => body.Stranger is { } name ? new OrderError.Field(name, problem) : null);

    /// <summary>True or false, where it is given.</summary>
    protected void Truth(Expression<Func<T, Given<bool>>> field) =>
        Must(field, (_, given) => given.IsAbsentOrRead).Says("must be true or false");
}

/// <summary>What a batch of new orders must be; what is wrong with one of them is that order's own fault.</summary>
internal sealed class NewBatchRules : BulkRules<NewBatchRecord>
{
    public NewBatchRules()
    {
        NoOthers("is not a field of a batch: say orders and atomic");
        Truth(b => b.Atomic);
        Bound(b => b.Orders, new FieldBounds(1, NewBatchRecord.OrdersMax, IsCount: true));
        Must(b => b.Orders, (_, orders) => orders is { IsRead: true, Value.Count: > 0 and <= NewBatchRecord.OrdersMax })
            .Says($"must be a list of 1 to {NewBatchRecord.OrdersMax} orders");
    }
}

/// <summary>What a call that replaces an order must be; its new order has rules of its own.</summary>
internal sealed class ReplaceOrderRules : BulkRules<ReplaceOrderRecord>
{
    public ReplaceOrderRules()
    {
        NoOthers("is not a field of a replacement: say order, whose fields are those of a new order");
        Must(b => b.Order, (_, order) => order.IsRead).Says("must be the order that takes its place");
    }
}

/// <summary>What a call about named orders must be: the same where a wallet signed it and where it stands beside a key.</summary>
internal abstract class ManyRulesOf<T> : BulkRules<T>
    where T : ManyRecord
{
    protected ManyRulesOf()
    {
        NoOthers("is not known here");
        Bound(b => b.Uuids, new FieldBounds(1, NewBatchRecord.OrdersMax, IsCount: true));
        Refuse(body => body.ReadUuids().Error);
    }
}

/// <summary>What a call to cancel named orders must be.</summary>
internal sealed class ManyRules : ManyRulesOf<ManyRecord>;

/// <summary>What a call to execute named orders must be.</summary>
internal sealed class ExecuteManyRules : ManyRulesOf<ExecuteManyRecord>
{
    public ExecuteManyRules() => Truth(b => b.Retry);
}

/// <summary>What a call about all orders that fit must be: all of them have to be asked for in so many words.</summary>
internal abstract class CancelAllRulesOf<T> : BulkRules<T>
    where T : CancelAllRecord
{
    private static readonly FilterRules Filter = new();

    protected CancelAllRulesOf()
    {
        NoOthers("is not known here");
        Must(b => b.Filter, (_, filter) => filter.IsRead).Says("is required: {} means all orders of the wallet");
        Refuse(body => Filter.FirstRefusal(body.Filter.Value!) is OrderError.Field wrong
            ? new OrderError.Field($"filter.{wrong.Name}", wrong.Problem) : null);
    }
}

/// <summary>What a call to cancel all orders must be.</summary>
internal sealed class CancelAllRules : CancelAllRulesOf<CancelAllRecord>;

/// <summary>What a call to arm a dead man's switch must be.</summary>
internal sealed class CancelAllAfterRules : CancelAllRulesOf<CancelAllAfterRecord>
{
    public CancelAllAfterRules()
    {
        Bound(b => b.TimeoutSeconds, new FieldBounds(0, CancelSwitch.SecondsMax));
        Must(b => b.TimeoutSeconds,
            (_, given) => given.IsRead && given.Value.TryScale(0, out var seconds) && seconds >= 0 && seconds <= CancelSwitch.SecondsMax
                && CancelSwitch.IsTimeout((int)seconds))
            .Says(string.Create(CultureInfo.InvariantCulture,
                $"must be a whole number of {CancelSwitch.SecondsMin} to {CancelSwitch.SecondsMax}, or 0 to take the switch away"));
    }
}

/// <summary>What a filter of orders must be.</summary>
internal sealed class FilterRules : BulkRules<FilterRecord>
{
    public FilterRules()
    {
        NoOthers("is not known here");
        Must(b => b.Token, (_, token) => token.IsAbsentOrRead).Says("must be a token: a contract id, or .stx");
        Must(b => b.Pair, (_, pair) => pair.IsAbsentOrRead).Says("must be two tokens with a / between them");
        Bound(b => b.StrategyId, new FieldBounds(1, OrderBodyRecord.StrategyIdMax, IsCount: true));
        Must(b => b.StrategyId,
            (_, id) => !id.IsGiven
                || (id is { IsRead: true, Value.Length: > 0 and <= OrderBodyRecord.StrategyIdMax }
                    && !id.Value.Contains('\0', StringComparison.Ordinal)))
            .Says($"must be text of 1 to {OrderBodyRecord.StrategyIdMax} characters");
        Must(b => b.GroupId, (_, group) => group.IsAbsentOrRead).Says("must be a uuid");
        Must(b => b.Side, (_, side) => side.IsAbsentOrRead).Says("must be buy or sell");
        Must(b => b.Side, (body, side) => !side.IsGiven || body.Token.IsGiven || body.Pair.IsGiven)
            .Says("needs the token or the pair that it is a side of");
    }
}
