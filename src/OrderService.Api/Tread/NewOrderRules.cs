using System.Linq.Expressions;
using System.Numerics;
using System.Text;
using System.Text.Json;
using FluentValidation;
using OrderService.Api.Tread.Records;
using OrderService.Api.Wire;
using OrderService.Domain.Amounts;

namespace OrderService.Api.Tread;

/// <summary>
/// What a new order must be, as the table of the contract has its fields: what is missing first, then the number of quantities, then every
/// other fault in one list.
/// </summary>
internal sealed class NewOrderRules : TreadRules<NewOrderRecord>
{
    private const int StartDaysMax = 366;
    private const int MetadataBytesMax = 4 * 1024;
    private const string PairRequired = "Pair is required";
    private const string SideFault = "Side must be either 'Buy' or 'Sell'";

    private static readonly string[] Quantities = [NameOf((NewOrderRecord b) => b.BaseAssetQty),
        NameOf((NewOrderRecord b) => b.QuoteAssetQty), NameOf((NewOrderRecord b) => b.SellTokenAmount)];

    public NewOrderRules()
    {
        ClassLevelCascadeMode = CascadeMode.Continue;
        Refuse(body => Missing(body) is { Count: > 0 } missing
            ? TreadFaults.Error(400, "missing_fields", $"Missing required fields: {TreadFaults.Listed(missing)}") : null);
        Refuse(body => body.Sizes.Count == 1 ? null
            : TreadFaults.Errors(400, "invalid_quantity",
                $"{(body.Sizes.Count == 0 ? "Need one" : "Cannot have more than one")} of the qty fields: {TreadFaults.Listed(Quantities)}"));
        When(body => body.Sizes.Count == 1 && Missing(body).Count == 0, () =>
        {
            Parties();
            Sizing();
            Timing();
            Venue();
            Labels();
        });
    }

    private static List<string> Missing(NewOrderRecord body)
    {
        var needsNone = body.Texts.Strategy?.IsSimple == true || body.PovTarget.IsGiven;
        (string Name, bool IsThere)[] needed =
        [
            ("pair", body.Pair.IsGiven), ("accounts", body.Accounts is { IsGiven: true } and not { IsRead: true, Value.Count: 0 }),
            ("side", body.Side.IsGiven), ("duration", needsNone || body.Duration.IsGiven),
            ("strategy", body.Strategy.IsGiven),
        ];
        return [.. needed.Where(field => !field.IsThere).Select(field => field.Name)];
    }

    private void Parties()
    {
        Tell(body => body.Texts.Pair.Length == 0 || !body.Side.IsRead ? "Invalid order data" : null);
        Tell(body =>
            body.Texts switch { { Pair.Length: 0 } =>
                PairRequired, { Traded: null, UnknownLegs: null, Pair: var pair } => $"Invalid pair {pair}", _ => null });
        Must(b => b.Side, (_, side) => side.IsRead).Says(SideFault);
        Bound(b => b.Accounts, new FieldBounds(1, TreadBounds.AccountsMax, IsCount: true));
        Must(b => b.Accounts,
            (_, accounts) => accounts is { IsRead: true, Value.Count: <= TreadBounds.AccountsMax }
                && accounts.Value.All(name => name is not null && !name.Contains('\0', StringComparison.Ordinal)))
                .Says("Accounts must be a list of account names");
        Tell(body => body.Texts.Strategy is null ? $"Invalid strategy: {JsonText.AsGiven(body.Strategy.Value)}" : null);
        Whole(b => b.Duration, TreadBounds.DurationMin, TreadBounds.DurationMax).Says(TreadBounds.DurationFault);
    }

    private void Sizing()
    {
        Quantity(b => b.BaseAssetQty);
        Quantity(b => b.QuoteAssetQty);
        Quantity(b => b.SellTokenAmount);
        Within(b => b.EnginePassiveness, TreadBounds.Zero, TreadBounds.One);
        Within(b => b.ScheduleDiscretion, TreadBounds.Least, TreadBounds.DiscretionMax);
        Within(b => b.AlphaTilt, -TreadBounds.One, TreadBounds.One);
        Within(b => b.PovLimit, TreadBounds.Zero, TreadBounds.One, isAbove: true);
        Within(b => b.PovTarget, TreadBounds.Zero, TreadBounds.One, isAbove: true);
        Tell(body => body.Texts.Limit.Fault
            ?? (body.Texts.Limit.Limit is null && body.Texts.Strategy == Strategy.Limit ? GivenLimits.NotPositive : null));
        Must(b => b.IsReverseLimitPrice, (_, given) => given.IsAbsentOrRead).Says("is_reverse_limit_price must be a boolean");
    }

    private void Timing()
    {
        Must(b => b.StartDatetime, (body, start) => !start.IsGiven || (start.IsRead && start.Value <= body.Texts.Now.AddDays(StartDaysMax)))
            .Says("Invalid start_datetime");
        Tell(body => body.Texts.Condition.Fault is { } fault ? $"Invalid order condition: {fault}" : null);
        Must(b => b.OrderConditionExpiry, (body, expiry) => !expiry.IsGiven || (expiry.IsRead && expiry.Value > body.Texts.Now))
            .Says("Invalid order_condition_expiry");
        Must(b => b.StopPrice, (_, stop) => !stop.IsGiven || (stop.IsRead && (IsNone(stop.Value!) || IsPrice(stop.Value!))))
            .Says("Stop price must be a positive number");
    }

    private void Venue()
    {
        Tell(body => body.Texts.Params.Faults);
        Tell(body => body.SuperStrategy.IsGiven && body.Texts.SuperStrategy is null
            ? $"Invalid super_strategy: {JsonText.AsGiven(body.SuperStrategy.Value)}" : null);
        Whole(b => b.OrderSlices, 1, TreadBounds.SlicesMax)
            .Says($"order_slices must be an integer between 1 and {JsonText.Text(TreadBounds.SlicesMax)}");
        Within(b => b.MaxOtc, TreadBounds.Zero, TreadBounds.One);
        Within(b => b.ExposureTolerance, TreadBounds.Least, TreadBounds.One);
        Must(b => b.TargetAsset, (body, target) => !target.IsGiven || !body.Side.IsRead || Is(target, body.IsOfBase ? "base" : "quote"))
            .Says("target_asset does not match the quantity field");
        Must(b => b.PosSide, (_, side) => !side.IsGiven || Is(side, "long") || Is(side, "short"))
            .Says("pos_side must be 'long' or 'short'");
        Whole(b => b.UpdatedLeverage, 1, 1).Says("Invalid leverage value for the specified venue");
    }

    private void Labels()
    {
        Text(b => b.CustomOrderId, TreadBounds.CustomIdMax);
        Text(b => b.Notes, TreadBounds.NotesMax);
        Whole(b => b.ChaseDecay, int.MinValue, int.MaxValue).Says("Invalid chase_decay");
        Must(b => b.AutoOrderMetadata, (_, kept) => !kept.IsGiven || IsKept(kept.Value)).Says("Invalid auto_order_metadata");
    }

    private void Quantity(Expression<Func<NewOrderRecord, Given<GivenDecimal>>> field)
    {
        Positive(field);
        var (name, read) = (NameOf(field), field.Compile());
        Tell(body => Own(body) is { } most && read(body) is { IsRead: true, Value: { IsPositive: true, Number: var number } }
            && !number.TryScale(most, out _) ? $"{name} has more than {JsonText.Text(most)} decimals" : null);

        static int? Own(NewOrderRecord body) => body.Texts.Traded is { } pair ? (body.IsOfBase ? pair.Base : pair.Quote).Decimals : null;
    }

    private static bool Is(Given<string> given, string word) =>
        string.Equals(given.IsRead ? given.Value : null, word, StringComparison.OrdinalIgnoreCase);

    /// <summary>-1, which is no stop.</summary>
    public static bool IsNone(GivenDecimal stop) => stop.Number.TryScale(0, out var whole) && whole == -1;

    private static bool IsPrice(GivenDecimal stop) =>
        stop.Number.ScaleFloor(Price.Decimals) is { Sign: > 0 } count && count <= (BigInteger)Price.MaxValue.Count;

    private static bool IsKept(JsonElement given) =>
        given.ValueKind == JsonValueKind.Object && given.GetRawText() is var text && Encoding.UTF8.GetByteCount(text) <= MetadataBytesMax
            && !text.Contains("\\u0000", StringComparison.Ordinal);
}
