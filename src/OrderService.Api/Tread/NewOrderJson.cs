using System.Text.Json;
using OrderService.Api.Wire;
using OrderService.Domain.Expressions;
using OrderService.Domain.Orders;
using OrderService.Engine.Pricing;

namespace OrderService.Api.Tread;

/// <summary>Reads the JSON of a new order, as the table of the contract has its fields: what is missing first, then the number of quantities, then every other fault in one list.</summary>
internal sealed class NewOrderJson(TradeAssets assets, TradedAssets names, StrategyParamsJson parameters, TimeProvider time)
{
    private const int SimpleDuration = 86_400;
    private const int StartDaysMax = 366;
    private const int MetadataBytesMax = 4 * 1024;
    private const int ExpressionFaultMax = 16;

    private static readonly string[] Quantities = ["base_asset_qty", "quote_asset_qty", "sell_token_amount"];

    private static readonly Dictionary<string, (int Min, int Max, bool IsAbove, string Fault)> Bounds = new(StringComparer.Ordinal)
    {
        ["engine_passiveness"] = (TreadBounds.Zero, TreadBounds.One, false, "engine_passiveness must be between 0 and 1"),
        ["schedule_discretion"] = (TreadBounds.Least, TreadBounds.DiscretionMax, false, "schedule_discretion must be between 0.02 and 0.5"),
        ["alpha_tilt"] = (-TreadBounds.One, TreadBounds.One, false, "alpha_tilt must be between -1 and 1"),
        ["pov_limit"] = (TreadBounds.Zero, TreadBounds.One, true, "pov_limit must be greater than 0 and at most 1"),
        ["pov_target"] = (TreadBounds.Zero, TreadBounds.One, true, "pov_target must be greater than 0 and at most 1"),
        ["max_otc"] = (TreadBounds.Zero, TreadBounds.One, false, "max_otc must be between 0 and 1"),
        ["exposure_tolerance"] = (TreadBounds.Least, TreadBounds.One, false, "exposure_tolerance must be between 0.02 and 1"),
    };

    /// <summary>The order, or why it is none.</summary>
    public (NewOrderBody? Body, TreadFault? Fault) Read(JsonElement root)
    {
        var fields = new RequestFields(root);
        if (Missing(fields) is { Count: > 0 } missing) return (null, TreadFaults.Error(400, "missing_fields", $"Missing required fields: {TreadFaults.Listed(missing)}"));
        var sized = Quantities.Where(name => fields.Given(name) is not null).ToList();
        if (sized.Count != 1)
            return (null, TreadFaults.Errors(400, "invalid_quantity", $"{(sized.Count == 0 ? "Need one" : "Cannot have more than one")} of the qty fields: {TreadFaults.Listed(Quantities)}"));
        var body = Read(fields, sized[0]);
        return fields.Faults.Count > 0 || body is null ? (null, TreadFaults.Errors(400, "invalid_order", [.. fields.Faults])) : (body, null);
    }

    private static List<string> Missing(RequestFields fields)
    {
        var isSimple = fields.Given("strategy") is { } given && Strategy.TryFind(JsonText.Of(given), out var strategy) && strategy.IsSimple;
        string[] needed = isSimple || fields.Given("pov_target") is not null ? ["pair", "accounts", "side", "strategy"] : ["pair", "accounts", "side", "duration", "strategy"];
        return [.. needed.Where(name => fields.Given(name) is not { } value || (name == "accounts" && value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0))];
    }

    // In the order in which the faults are listed.
    private NewOrderBody? Read(RequestFields fields, string sized)
    {
        var (pairText, pair, legs) = Pair(fields);
        var side = Side(fields);
        if (fields.Faults.Any(f => f is PairRequired or SideFault)) fields.Faults.Insert(0, "Invalid order data");
        var accounts = Accounts(fields);
        var given = JsonText.AsGiven(fields.Given("strategy")!.Value);
        if (!Strategy.TryFind(given, out var strategy)) fields.Faults.Add($"Invalid strategy: {given}");
        var duration = Duration(fields) ?? (strategy?.IsSimple == true ? SimpleDuration : null);
        var sizedBy = (SizedBy)Array.IndexOf(Quantities, sized);
        var quantity = Quantity(fields, sized, sizedBy, side, pair);
        var (passiveness, discretion, tilt) = (Bounded(fields, "engine_passiveness"), Bounded(fields, "schedule_discretion"), Bounded(fields, "alpha_tilt"));
        var (povLimit, povTarget) = (Bounded(fields, "pov_limit"), Bounded(fields, "pov_target"));
        var limit = Limit(fields, strategy == Strategy.Limit);
        var isReverse = fields.Boolean("is_reverse_limit_price", "is_reverse_limit_price must be a boolean");
        var now = time.GetUtcNow();
        var start = fields.Moment("start_datetime", DateTimeOffset.MinValue, now.AddDays(StartDaysMax));
        var condition = Condition(fields);
        var expiry = fields.Moment("order_condition_expiry", now, DateTimeOffset.MaxValue);
        var stop = Stop(fields);
        var strategyParams = parameters.Read(fields, pair, now);
        var super = Super(fields);
        var slices = fields.Whole("order_slices", 1, TreadBounds.SlicesMax, "order_slices must be an integer between 1 and 100");
        var (maxOtc, exposure) = (Bounded(fields, "max_otc"), Bounded(fields, "exposure_tolerance"));
        CheckTarget(fields, sizedBy, side);
        var posSide = PosSide(fields);
        var leverage = Leverage(fields);
        var customId = fields.Text("custom_order_id", TreadBounds.CustomIdMax, "custom_order_id must be at most 64 characters");
        var notes = fields.Text("notes", TreadBounds.NotesMax, "notes must be at most 1000 characters");
        var decay = fields.Whole("chase_decay", int.MinValue, int.MaxValue, "Invalid chase_decay");
        var metadata = Metadata(fields);
        if (fields.Faults.Count > 0) return null;
        return new NewOrderBody
        {
            PairText = pairText!, Pair = pair, UnknownLegs = legs, Side = side!.Value, Accounts = accounts!, Strategy = strategy!, SuperStrategy = super, Duration = duration, SizedBy = sizedBy,
            Quantity = quantity!.Value, Passiveness = passiveness ?? GivenDecimal.Of(super?.Passiveness ?? "0.02"), Discretion = discretion ?? GivenDecimal.Of("0.06"),
            Tilt = tilt ?? GivenDecimal.Of(super?.Tilt ?? "0"), PovLimit = povLimit, PovTarget = povTarget, Limit = limit, IsReverseLimit = isReverse == true, Start = start > now ? start : null,
            Condition = condition, ConditionExpiry = expiry, StopPrice = stop, Params = strategyParams, OrderSlices = slices, MaxOtc = maxOtc, ExposureTolerance = exposure,
            PosSide = posSide, Leverage = leverage, CustomId = customId ?? "", Notes = notes ?? "", ChaseDecay = decay, Metadata = metadata, AsksForOtherVenue = AsksForOtherVenue(fields),
        };
    }

    private const string PairRequired = "Pair is required";
    private const string SideFault = "Side must be either 'Buy' or 'Sell'";

    private (string? Text, TradePair? Pair, PairLegs? Unknown) Pair(RequestFields fields)
    {
        var text = JsonText.Of(fields.Given("pair")!.Value)?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            fields.Faults.Add(PairRequired);
            return default;
        }
        var pair = assets.FindPair(text, out var legs);
        if (pair is null && legs is null) fields.Faults.Add($"Invalid pair {text}");
        return (text, pair, legs);
    }

    private static TradeSide? Side(RequestFields fields)
    {
        var text = JsonText.Of(fields.Given("side")!.Value);
        if (string.Equals(text, "buy", StringComparison.OrdinalIgnoreCase)) return TradeSide.Buy;
        if (string.Equals(text, "sell", StringComparison.OrdinalIgnoreCase)) return TradeSide.Sell;
        fields.Faults.Add(SideFault);
        return null;
    }

    private static List<string>? Accounts(RequestFields fields)
    {
        var value = fields.Given("accounts")!.Value;
        var names = value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= TreadBounds.AccountsMax ? value.EnumerateArray().Select(JsonText.Of).ToList() : null;
        return names is not null && names.TrueForAll(name => name is not null) ? [.. names.Select(name => name!)] : fields.Fault<List<string>>("Accounts must be a list of account names");
    }

    private static int? Duration(RequestFields fields) =>
        fields.Whole("duration", TreadBounds.DurationMin, TreadBounds.DurationMax, $"Duration must be an integer between {JsonText.Text(TreadBounds.DurationMin)} and {JsonText.Text(TreadBounds.DurationMax)}");

    private static WireNumber? Quantity(RequestFields fields, string name, SizedBy sizedBy, TradeSide? side, TradePair? pair)
    {
        if (fields.Positive(name, $"{name} must be a positive number") is not { } given) return null;
        var isBase = sizedBy == SizedBy.BaseQty || (sizedBy == SizedBy.SellAmount && side == TradeSide.Sell);
        var decimals = pair is null ? (int?)null : isBase ? pair.Base.Decimals : pair.Quote.Decimals;
        if (decimals is { } most && !given.Number.TryScale(most, out _)) fields.Faults.Add($"{name} has more than {JsonText.Text(most)} decimals");
        return given.Number;
    }

    private static GivenDecimal? Bounded(RequestFields fields, string name)
    {
        var (min, max, isAbove, fault) = Bounds[name];
        return fields.Decimal(name, min, max, fault, isAbove);
    }

    private GivenLimit? Limit(RequestFields fields, bool isNeeded)
    {
        var limit = fields.Given("limit_price") is { } value ? GivenLimits.Read(value, names, out var fault) : GivenLimits.None(out fault);
        if (fault is not null) fields.Faults.Add(fault);
        else if (limit is null && isNeeded) fields.Faults.Add(GivenLimits.NotPositive);
        return limit;
    }

    private GivenCondition? Condition(RequestFields fields)
    {
        if (fields.Given("order_condition") is not { } value) return null;
        if (JsonText.Of(value) is not { } text) return fields.Fault<GivenCondition>("Invalid order condition: must be true or false");
        if (text.Length == 0) return null;
        if (Variables(fields) is not { } variables) return fields.Fault<GivenCondition>("Invalid order condition: unexpected order_condition_vars");
        return ConditionReader.TryRead(text, variables, names, out var condition, out var fault) ? new GivenCondition(condition) : fields.Fault<GivenCondition>($"Invalid order condition: {fault}");
    }

    private static List<KeyValuePair<string, string>>? Variables(RequestFields fields)
    {
        if (fields.Given("order_condition_vars") is not { } given) return [];
        if (given.ValueKind != JsonValueKind.Object) return null;
        var variables = given.EnumerateObject().Take(ExpressionFaultMax + 1).Select(m => KeyValuePair.Create(m.Name, JsonText.AsGiven(m.Value))).ToList();
        return variables;
    }

    private static GivenDecimal? Stop(RequestFields fields)
    {
        const string Fault = "Stop price must be a positive number";
        if (fields.Given("stop_price") is not { } value) return null;
        if (JsonText.Decimal(value) is { } number && number.TryScale(0, out var whole) && whole == -1) return null;
        return fields.Positive("stop_price", Fault) is { } given && given.Number.ScaleFloor(OrderService.Domain.Amounts.Price.Decimals) is { Sign: > 0 } count && count <= (System.Numerics.BigInteger)OrderService.Domain.Amounts.Price.MaxValue.Count
            ? given : fields.Faults.Contains(Fault) ? null : fields.Fault<GivenDecimal>(Fault);
    }

    private static SuperStrategy? Super(RequestFields fields)
    {
        if (fields.Given("super_strategy") is not { } value) return null;
        return SuperStrategy.TryFind(JsonText.Of(value), out var found) ? found : fields.Fault<SuperStrategy>($"Invalid super_strategy: {JsonText.AsGiven(value)}");
    }

    private static void CheckTarget(RequestFields fields, SizedBy sizedBy, TradeSide? side)
    {
        if (fields.Given("target_asset") is not { } value || side is null) return;
        var isBase = sizedBy == SizedBy.BaseQty || (sizedBy == SizedBy.SellAmount && side == TradeSide.Sell);
        if (!string.Equals(JsonText.Of(value), isBase ? "base" : "quote", StringComparison.OrdinalIgnoreCase)) fields.Faults.Add("target_asset does not match the quantity field");
    }

    private static string? PosSide(RequestFields fields)
    {
        if (fields.Given("pos_side") is not { } value) return null;
        return JsonText.Of(value) is { } text && text.ToLowerInvariant() is "long" or "short" ? text : fields.Fault<string>("pos_side must be 'long' or 'short'");
    }

    private static int? Leverage(RequestFields fields)
    {
        if (fields.Given("updated_leverage") is not { } value) return null;
        if (JsonText.Whole(value) == 1) return 1;
        fields.Faults.Add("Invalid leverage value for the specified venue");
        return null;
    }

    private static string Metadata(RequestFields fields)
    {
        if (fields.Given("auto_order_metadata") is not { } value) return "{}";
        var text = value.GetRawText();
        if (value.ValueKind == JsonValueKind.Object && System.Text.Encoding.UTF8.GetByteCount(text) <= MetadataBytesMax && !text.Contains("\\u0000", StringComparison.Ordinal)) return text;
        fields.Faults.Add("Invalid auto_order_metadata");
        return "{}";
    }

    // What would silently not be done: a stop loss that is ignored is worse than an order that is refused.
    private static bool AsksForOtherVenue(RequestFields fields) =>
        (fields.Given("market_type") is { } market && !string.Equals(JsonText.Of(market), "spot", StringComparison.OrdinalIgnoreCase))
        || (fields.Given("exit_conditions") is { } exits && !IsEmpty(exits))
        || (fields.Given("scale_order_count") is { } count && JsonText.Whole(count) is not (0 or 1));

    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        JsonValueKind.String => JsonText.Of(value) is "",
        JsonValueKind.False => true,
        _ => false,
    };
}
