using Microsoft.Extensions.Options;
using OrderService.Engine.Partitions;

namespace OrderService.Engine.Auth;

internal static class AuthServices
{
    /// <summary>Who may ask: wallets' signatures, API keys with their limits and statistics, and the ledger of used messages.</summary>
    public static IServiceCollection AddAuth(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AuthOptions>().Bind(configuration.GetSection(AuthOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<AuthOptions>, AdminKeyRules>();
        services.AddOptions<ServiceOptions>().Bind(configuration.GetSection(ServiceOptions.Section)).ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<ServiceOptions>, ServiceRules>();
        services.AddLimits(configuration).AddSingleton<OwnerBudgets>();
        services.AddSingleton<ServiceIdentity>();
        services.AddSingleton<MessageLedger>();
        services.AddSingleton<IdempotencyLedger>();
        services.AddSingleton<ApiKeyMeter>();
        services.AddSingleton<ApiKeyUsage>();
        services.AddSingleton<FindApiKey>();
        services.AddWholeStore();
        services.AddSingleton<KeyStore>();
        services.AddSingleton<KeyStores>();
        services.AddSingleton<CreateApiKey>();
        services.AddSingleton<ListApiKeys>();
        services.AddSingleton<ReadApiKey>();
        services.AddSingleton<RevokeApiKey>();
        services.AddSingleton<MessageSweeper>();
        services.AddHostedService(provider => provider.GetRequiredService<ApiKeyUsage>());
        services.AddHostedService(provider => provider.GetRequiredService<MessageSweeper>());
        return services;
    }

    /// <summary>What may be used up in a minute.</summary>
    public static IServiceCollection AddLimits(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<LimitsOptions>().Bind(configuration.GetSection(LimitsOptions.Section)).ValidateDataAnnotations()
            .ValidateOnStart();
        return services;
    }
}
