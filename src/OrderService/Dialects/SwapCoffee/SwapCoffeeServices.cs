using Microsoft.Extensions.DependencyInjection.Extensions;

namespace OrderService.Dialects.SwapCoffee;

internal static class SwapCoffeeServices
{
    /// <summary>What the strategies API needs beside the use cases.</summary>
    public static IServiceCollection AddSwapCoffee(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SwapCoffeeOptions>().Bind(configuration.GetSection(SwapCoffeeOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<IStrategiesWallets, NoStrategiesWallets>();
        services.AddSingleton<OwnerProof>();
        services.AddSingleton<EligiblePairs>();
        return services;
    }
}
