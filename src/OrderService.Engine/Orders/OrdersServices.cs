using OrderService.Engine.Execution;
using OrderService.Engine.Orders.Curves;
using OrderService.Engine.Orders.Explain;
using OrderService.Engine.Sealing;

namespace OrderService.Engine.Orders;

internal static class OrdersServices
{
    /// <summary>The use cases, one each.</summary>
    public static IServiceCollection AddOrders(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<OrdersOptions>().Bind(configuration.GetSection("Orders")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<OpenOrderCounts>();
        services.AddSingleton<BaseAssets>();
        services.AddSingleton<TermsRules>();
        services.AddSingleton<VerifyIntent>();
        services.AddSingleton<MakeOrder>();
        services.AddSingleton<PlaceOrder>();
        services.AddSingleton<PlaceOrders>();
        services.AddSingleton<OrderSeals>();
        services.AddSingleton<JudgeKeySale>();
        services.AddSingleton<ReserveOrder>();
        services.AddSingleton<AuthoriseSlice>();
        services.AddSingleton<FindOrder>();
        services.AddSingleton<KnowsId>();
        services.AddSingleton<FindGroup>();
        services.AddSingleton<ReadStory>();
        services.AddSingleton<TrailBests>();
        services.AddSingleton<PriceGates>();
        services.AddSingleton<OrderGates>();
        services.AddSingleton<ExplainOrder>();
        services.AddSingleton<PreviewOrder>().AddSingleton<PreviewFunds>();
        services.AddSingleton<ReplayTrigger>();
        services.AddSingleton<SearchGate>();
        services.AddSingleton<ListOrders>();
        services.AddSingleton<ListScheduledOrders>();
        services.AddSingleton<ChooseSlippage>();
        services.AddSingleton<ChangeOrder>();
        services.AddSingleton<CancelOrder>();
        services.AddSingleton<CancelAllOrders>();
        services.AddSingleton<ReplaceOrder>();
        services.AddSingleton<AmendTerms>();
        services.AddSingleton<PublicNumbers>();
        services.AddSingleton<AmendOrder>();
        services.AddSingleton<AbsentOrders>();
        services.AddSingleton<CancelBySystem>();
        services.AddSingleton<PauseOrder>();
        services.AddSingleton<ResumeOrder>();
        services.AddSingleton<ExecuteOrder>();
        services.AddSingleton<RouteRates>();
        services.AddSingleton<JudgeQuote>();
        services.AddCurves();
        services.AddSingleton<WorthItsFee>();
        services.AddSingleton<PlanExecution>();
        services.AddSingleton<ExecuteSlice>();
        services.AddSingleton<SendStored>();
        services.AddSingleton<OutbidPastWindow>();
        services.AddSingleton<SendAgain>();
        services.AddSingleton<RaiseFees>();
        services.AddSingleton<FundLegs>();
        services.AddSingleton<SettleTransactions>();
        return services;
    }
}
