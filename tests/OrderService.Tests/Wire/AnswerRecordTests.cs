using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using OrderService.Api.Charisma;
using OrderService.Api.Panora;
using OrderService.Api.SwapCoffee;
using OrderService.Api.Tread;
using OrderService.Api.Wire;

namespace OrderService.Tests.Wire;

/// <summary>
/// What a document says of a record is what is written of it: a member that is always there is written without a value too, as null, and
/// one that is not is left out then.
/// </summary>
public sealed class AnswerRecordTests
{
    private static readonly JsonSerializerContext[] Contexts =
        [WireJson.Default, CharismaJson.Default, PanoraJson.Default, SwapCoffeeJson.Default, TreadJson.Default];
    private static readonly NullabilityInfoContext Nullability = new();

    [Fact]
    public void What_is_always_there_is_null_without_a_value_and_all_else_is_left_out()
    {
        var faults = new List<string>();
        var looked = 0;
        foreach (var (context, type) in Records())
        {
            var written = Write(context, type);
            foreach (var member in type.GetProperties()
                .Where(m => m.GetMethod!.GetParameters().Length == 0 && m.GetCustomAttribute<JsonExtensionDataAttribute>() is null
                    && MayBeNull(m)))
            {
                looked++;
                var name = member.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name
                    ?? RecordNames.PolicyOf(type).ConvertName(member.Name);
                var isAlways = RecordSchemas.IsAlways(member);
                if (written.ContainsKey(name) != isAlways)
                    faults.Add($"{type.Name}.{member.Name} is {(isAlways ? "left out" : "null")} without a value");
            }
        }
        faults.ShouldBeEmpty();
        looked.ShouldBeGreaterThan(150);
    }

    [Theory]
    [InlineData(typeof(Api.Panora.Records.DcaOrderRecord),
        "panoraTxId chainId toWalletAddress fromToken toToken feeToken fromTokenAmountTotal fromTokenAmountSpent fromTokenAmountBalance fromTokenAmountWithdrawn toTokenAmountWithdrawn numberOfOrdersTotal numberOfOrdersRemaining numberOfOrdersCompleted fromTokenAmountPerOrder interval createdAtTime nextOrderTime estimatedCompletionTime avgPriceFromTokenPerToToken avgPriceToTokenPerFromToken minRateToTokenPerFromToken maxRateToTokenPerFromToken status paused cancelRequested reason platformId slippagePercentage delay txDetails txDetailsCut")]
    [InlineData(typeof(Api.Panora.Records.LimitOrderRecord),
        "panoraTxId chainId toWalletAddress fromWalletAddress fromToken toToken feeToken fromTokenAmountTotal fromTokenAmountSpent fromTokenAmountBalance fromTokenAmountWithdrawn toTokenAmountWithdrawn numberOfOrdersTotal numberOfOrdersRemaining numberOfOrdersCompleted fromTokenAmountPerOrder createdAtTime nextOrderTime expiry expiresAtTime avgPriceFromTokenPerToToken avgPriceToTokenPerFromToken rateToTokenPerFromToken status paused cancelRequested reason platformId slippagePercentage txDetails txDetailsCut")]
    [InlineData(typeof(Api.Tread.Records.OpenRecord),
        "id custom_order_id parent_order_id batch_order_id batch_order_strategy notes pair side exchanges buy_token buy_token_amount sell_token sell_token_amount executed_qty executed_buy_qty average_executed_price executed_notional target_order_qty target_remaining_qty target_token target_executed_qty pct_filled total_fee fee_asset total_fee_in_base strategy super_strategy duration accounts account_names engine_passiveness schedule_discretion pov_limit pov_target alpha_tilt strategy_params user status active is_simple failure_reason limit_price is_reverse_limit_price time_start time_end created_at updated_at pos_side fills")]
    [InlineData(typeof(Api.Tread.Records.SubmittedRecord),
        "id parent_order batch_order chained_orders created_at buy_token sell_token pair side sell_token_amount buy_token_amount target_order_qty target_remaining_qty strategy super_strategy super_strategy_name strategy_params limit_price is_reverse_limit_price time_start time_end is_simple orig_time_end duration accounts account_names unique_venues user placements executed_qty executed_buy_qty executed_price executed_notional executed_token active status engine_passiveness schedule_discretion alpha_tilt exposure_tolerance pov_limit pov_target order_condition order_condition_vars order_condition_expiry failure_reason stop_price notes custom_order_id updated_leverage vwap interval_volume arrival_price departure_price pct_filled order_variable_normal order_condition_normal paused_at resumed_at market_type max_otc pos_side order_slices auto_order_metadata batch_order_strategy chase_decay")]
    [InlineData(typeof(Api.Tread.Records.OrderDetailRecord),
        "id parent_order batch_order chained_orders created_at buy_token sell_token pair side sell_token_amount buy_token_amount target_order_qty target_remaining_qty strategy super_strategy super_strategy_name strategy_params limit_price is_reverse_limit_price time_start time_end is_simple orig_time_end duration accounts account_names unique_venues user executed_qty executed_buy_qty executed_price executed_notional executed_token active status engine_passiveness schedule_discretion alpha_tilt exposure_tolerance pov_limit pov_target order_condition order_condition_vars order_condition_expiry failure_reason stop_price notes custom_order_id updated_leverage vwap interval_volume arrival_price departure_price pct_filled order_variable_normal order_condition_normal paused_at resumed_at market_type max_otc pos_side order_slices auto_order_metadata batch_order_strategy chase_decay updated_at parent_order_id batch_order_id exchanges average_executed_price target_token target_executed_qty total_fee fee_asset total_fee_in_base resume_condition_normal start_datetime remaining_qty exchange_names trajectory participation_rate_target_percent placement_live_qty placements fills messages")]
    [InlineData(typeof(Api.Tread.Records.SummaryRecord),
        "id pair side status start_datetime duration target_token order_qty remaining_qty executed_qty executed_notional exchange_names account_names schedule_discretion engine_passiveness alpha_tilt strategy trajectory strategy_params participation_rate_target_percent market_type parent_order_id failure_reason limit_price")]
    [InlineData(typeof(Api.Tread.Records.WithStatsRecord),
        "id pair side status time_start duration target_token order_qty remaining_qty executed_qty executed_notional exchange_names account_names schedule_discretion engine_passiveness alpha_tilt strategy trajectory strategy_params participation_rate_target_percent market_type parent_order_id stats fills")]
    [InlineData(typeof(Api.Tread.Records.ListedPlacementRecord),
        "id created_at order placement_type price qty exchange fills passiveness filled external_id status sub_status is_cross is_simple contract_value client_order_id base_qty pct_filled failure_reason")]
    public void What_a_record_has_of_another_stands_where_the_wire_has_it(Type record, string names) =>
        Contexts.Select(context => context.GetTypeInfo(record)).OfType<JsonTypeInfo>().Single().Properties.Select(p => p.Name)
            .ShouldBe(names.Split(' '));

    private static IEnumerable<(JsonSerializerContext Context, Type Type)> Records()
    {
        foreach (var context in Contexts)
        {
            var open = new Stack<Type>(context.GetType().GetCustomAttributesData()
                .Where(a => a.AttributeType == typeof(JsonSerializableAttribute)).Select(a => (Type)a.ConstructorArguments[0].Value!));
            var seen = new HashSet<Type>();
            while (open.TryPop(out var type))
            {
                foreach (var argument in type.IsGenericType ? type.GetGenericArguments() : []) open.Push(argument);
                if (!type.Name.Contains("Record", StringComparison.Ordinal) || type.IsInterface || type.IsAbstract || !seen.Add(type))
                    continue;
                foreach (var member in type.GetProperties()) open.Push(member.PropertyType);
                yield return (context, type);
            }
        }
    }

    private static JsonObject Write(JsonSerializerContext context, Type type)
    {
        var record = RuntimeHelpers.GetUninitializedObject(type);
        foreach (var member in type.GetProperties())
        {
            if (member.PropertyType == typeof(NumberText)) member.SetValue(record, new NumberText("0"));
            if (member.PropertyType == typeof(RawJson)) member.SetValue(record, RawJson.Of("{}"));
        }
        return JsonNode.Parse(JsonSerializer.Serialize(record, context.GetTypeInfo(type)!))!.AsObject();
    }

    // Of a member whose type its record leaves open nothing is known.
    private static bool MayBeNull(PropertyInfo member) =>
        (member.DeclaringType is not { IsGenericType: true } open
            || !open.GetGenericTypeDefinition().GetProperty(member.Name)!.PropertyType.IsGenericParameter)
        && (Nullable.GetUnderlyingType(member.PropertyType) is not null
            || (!member.PropertyType.IsValueType && Nullability.Create(member).ReadState == NullabilityState.Nullable));
}
