using Microsoft.Extensions.Options;
using OrderService.Domain.Ports;
using OrderService.Engine.Auth;

namespace OrderService.Api.SwapCoffee;

internal static class SwapCoffeeServices
{
    /// <summary>What the strategies API needs beside the use cases.</summary>
    public static IServiceCollection AddSwapCoffee(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SwapCoffeeOptions>().Bind(configuration.GetSection(SwapCoffeeOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<StrategiesWallets>();
        services.AddSingleton(provider => new ProofDomains(
            provider.GetRequiredService<ServiceIdentity>(), provider.GetRequiredService<ISwapRouter>(), provider.GetRequiredService<IOptions<SwapCoffeeOptions>>().Value.Domain));
        services.AddSingleton<OwnerProof>();
        services.AddSingleton<EligiblePairs>();
        services.AddSingleton<NewOrders>();
        return services;
    }
}
