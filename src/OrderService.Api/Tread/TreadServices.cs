namespace OrderService.Api.Tread;

internal static class TreadServices
{
    /// <summary>What the core order API needs beside the use cases.</summary>
    public static IServiceCollection AddTread(this IServiceCollection services)
    {
        services.AddSingleton<TradeAssets>();
        services.AddSingleton<StrategyParamsJson>();
        services.AddSingleton<NewOrderJson>();
        services.AddSingleton<FundingAccounts>();
        services.AddSingleton<NewOrders>();
        services.AddSingleton<TreadOrders>();
        services.AddSingleton<BulkCall>();
        services.AddSingleton<UserOrdersSocket>();
        return services;
    }
}
