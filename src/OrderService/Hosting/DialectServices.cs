using FluentValidation;
using OrderService.Api.Charisma;
using OrderService.Api.Panora;
using OrderService.Api.SwapCoffee;
using OrderService.Api.Tread;
using OrderService.Api.Wire;

namespace OrderService.Hosting;

/// <summary>What every dialect needs: options, rules, CORS and the documents.</summary>
internal static class DialectServices
{
    private static readonly string[] ExposedHeaders =
        ["X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "X-RateLimit-Window", "Retry-After", "X-Order-Id", "Idempotency-Replayed", "X-Error-Code"];

    /// <summary>Registers the dialects.</summary>
    public static IServiceCollection AddDialects(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<OrdersApiOptions>().Bind(configuration.GetSection(OrdersApiOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        // They are called by endpoint filters: by itself the package checks the models of controllers, and there are none.
        services.AddValidatorsFromAssemblyContaining<NewOrderRules>(ServiceLifetime.Singleton, includeInternalTypes: true);
        services.AddSingleton<OwnWallets>().AddSingleton<PlaceOrder>().AddSingleton<PanoraOrders>();
        services.AddSwapCoffee(configuration);
        services.AddTread();
        services.AddProofs();
        services.AddDocuments();
        return services.AddCors(cors => cors.AddDefaultPolicy(policy =>
        {
            var origins = configuration.GetSection("Cors:Origins").Get<string[]>() ?? [];
            // Nothing here rests on cookies, so any page may ask; credentials are never allowed, whatever the origins.
            _ = origins.Length == 0 || origins.Contains("*") ? policy.AllowAnyOrigin() : policy.WithOrigins(origins);
            policy.AllowAnyMethod().AllowAnyHeader().WithExposedHeaders(ExposedHeaders);
        }));
    }
}
