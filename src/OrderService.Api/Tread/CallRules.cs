using OrderService.Api.Tread.Records;
using OrderService.Api.Wire;

namespace OrderService.Api.Tread;

/// <summary>What a call about one order must be: it names the order.</summary>
internal abstract class OrderIdRulesOf<T> : TreadRules<T>
    where T : OrderIdRecord
{
    protected OrderIdRulesOf() => Refuse(body => body.OrderId switch
    {
        { IsGiven: false } or { Text: "" } => TreadFaults.MissingId,
        { IsRead: false } => TreadFaults.MalformedId,
        _ => null,
    });
}

/// <summary>What the call to resume an order must be.</summary>
internal sealed class ResumeRules : OrderIdRulesOf<OrderIdRecord>;

/// <summary>What the call to pause one must be; its condition is judged once the order is known to run.</summary>
internal sealed class PauseRules : OrderIdRulesOf<PauseRecord>;

/// <summary>What an amend must be: what is missing first, then the first change that is none.</summary>
internal sealed class AmendRules : TreadRules<AmendRecord>
{
    private static readonly ChangesRules Changes = new();

    public AmendRules()
    {
        Refuse(body => Missing(body) is { Count: > 0 } missing
            ? TreadFaults.Error(400, "missing_fields", $"Missing required field(s): {string.Join(", ", missing)}") : null);
        Refuse(body => body.Changes.IsRead ? null : TreadFaults.Error(400, "invalid_changes", "changes must be an object"));
        Refuse(body => body.OrderId.IsRead ? null : TreadFaults.MalformedId);
        Refuse(body => Changes.Validate(body.Changes.Value!).Errors is [var first, ..]
            ? TreadFaults.Error(400, "invalid_change", first.ErrorMessage) : null);
    }

    private static List<string> Missing(AmendRecord body)
    {
        var missing = new List<string>();
        if (!body.OrderId.IsGiven) missing.Add("order_id");
        if (!body.Changes.IsGiven || body.Changes is { IsRead: true, Value.IsNone: true }) missing.Add("changes");
        return missing;
    }
}

/// <summary>What each change must be by itself, without the order that it is about.</summary>
internal sealed class ChangesRules : TreadRules<ChangesRecord>
{
    public ChangesRules()
    {
        Tell(body => body.Stranger is { } name ? $"Invalid field: {name}" : null);
        Positive(b => b.BaseAssetQty);
        Positive(b => b.QuoteAssetQty);
        Must(b => b.Duration, (_, given) => given.IsAbsentOrRead).Says("duration must be an integer");
        Whole(b => b.Duration, TreadBounds.DurationMin, TreadBounds.DurationMax).Says(TreadBounds.DurationFault);
        Bound(b => b.PovTarget, new FieldBounds(0, 1, IsAbove: true));
        Must(b => b.PovTarget,
            (_, given) => !given.IsGiven
                || (given is { IsRead: true, Value.IsPositive: true } && given.Value.IsWithin(TreadBounds.Zero, TreadBounds.One)))
                .Says("pov_target must be between 0 and 1");
        Positive(b => b.MaxClipSize);
    }
}

/// <summary>What the call to cancel all orders must be.</summary>
internal sealed class CancelAllRules : TreadRules<CancelAllRecord>
{
    public CancelAllRules() =>
        Refuse(body => body.AccountNames.IsAbsentOrRead
            ? null : new TreadFault(400, FaultShape.Message, "invalid_account_names", "account_names must be a comma-separated string"));
}

/// <summary>What the call for messages must be.</summary>
internal sealed class OrderIdsRules : TreadRules<OrderIdsRecord>
{
    public OrderIdsRules()
    {
        Bound(b => b.OrderIds, new FieldBounds(1, GetOrderErrors.IdsMax, IsCount: true));
        Refuse(body => body.OrderIds.IsAbsentOrRead ? GetOrderErrors.FaultOf(body.OrderIds.Value ?? []) : TreadFaults.BadBody);
    }
}

/// <summary>What a condition to be tried must be: one.</summary>
internal sealed class ConditionRules : TreadRules<ConditionRecord>
{
    public ConditionRules() =>
        Refuse(body => body.Read.Reason is { } reason
            ? TreadFaults.Error(400, "invalid_order_condition", $"Invalid order condition: {reason}") : null);
}
