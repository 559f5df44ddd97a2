using Microsoft.EntityFrameworkCore.Diagnostics;
using OrderService.Engine.Execution.Curves;
using OrderService.Engine.Pricing;

namespace OrderService.Engine.Orders.Curves;

internal static class CurvesServices
{
    /// <summary>The use cases of orders that are planned slice by slice, and what plans them.</summary>
    public static IServiceCollection AddCurves(this IServiceCollection services)
    {
        services.AddSingleton<TradedAssets>();
        services.AddSingleton<CurveExpressions>();
        services.AddSingleton<VolumeHistory>();
        services.AddSingleton<VolumeWorker>();
        services.AddSingleton<IInterceptor, EndingStatistics>();
        services.AddSingleton<CurveMarket>();
        services.AddSingleton<CurveLimit>();
        services.AddSingleton<FavourablePrice>();
        services.AddSingleton<PlanCurveSlice>();
        services.AddSingleton<AdvanceCurves>();
        services.AddSingleton<PauseCurve>();
        services.AddSingleton<ResumeCurve>();
        services.AddSingleton<AmendCurve>();
        services.AddSingleton<FindCurves>();
        services.AddSingleton<FollowCurves>();
        return services;
    }
}
