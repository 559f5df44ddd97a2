using FluentValidation;
using OrderService.Api.Charisma;
using OrderService.Api.Panora;
using OrderService.Api.SwapCoffee;
using OrderService.Api.Tread;
using OrderService.Api.Wire;
using OrderService.Engine.Persistence;
using OrderService.Engine.Telemetry;

namespace OrderService.Hosting;

/// <summary>The dialects, and what all of them need: options, proofs, CORS and the documents.</summary>
internal static class DialectServices
{
    private static readonly string[] ExposedHeaders =
        [RateBudgets.PolicyHeader, RateBudgets.LeftHeader, "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset",
            "X-RateLimit-Window", "Retry-After", "ETag", "X-Order-Id", "Idempotent-Replayed", "X-Error-Code", "X-Request-Id"];

    /// <summary>
    /// Every dialect that the service speaks; what is nobody's path is answered as the first one does. A new one is added here and nowhere
    /// else.
    /// </summary>
    public static IReadOnlyList<IDialect> All =>
        [new CharismaDialect(), PanoraDialect.Dca, PanoraDialect.Limit, new SwapCoffeeDialect(), new TreadDialect()];

    /// <summary>Registers dialects: all, or only some.</summary>
    public static IServiceCollection AddDialects(
        this IServiceCollection services, IConfiguration configuration, IReadOnlyList<IDialect>? some = null)
    {
        var dialects = new Dialects(some ?? All);
        services.AddSingleton(dialects);
        services.AddOptions<OrdersApiOptions>().Bind(configuration.GetSection(OrdersApiOptions.Section)).ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddProofs();
        // The rules of every body. An endpoint filter calls them: by itself the package checks the models of controllers, and there are
        // none.
        services.AddValidatorsFromAssemblyContaining<IDialect>(ServiceLifetime.Singleton, found => IsOfOne(found, dialects),
            includeInternalTypes: true);
        foreach (var rules in services.Select(s => s.ServiceType)
            .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IValidator<>)).ToList())
        {
            services.AddSingleton(provider => (IBoundedRules)provider.GetRequiredService(rules));
        }
        foreach (var dialect in dialects.All)
        {
            services.AddExpectedDialect(dialect.Name);
            dialect.AddServices(services, configuration);
        }
        services.AddDocuments(dialects);
        return services.AddCors(cors => cors.AddDefaultPolicy(policy =>
        {
            var origins = configuration.GetSection("Cors:Origins").Get<string[]>() ?? [];
            // Nothing here rests on cookies, so any page may ask; credentials are never allowed, whatever the origins.
            _ = origins.Length == 0 || origins.Contains("*") ? policy.AllowAnyOrigin() : policy.WithOrigins(origins);
            policy.AllowAnyMethod().AllowAnyHeader().WithExposedHeaders(ExposedHeaders);
        }));
    }

    private static bool IsOfOne(AssemblyScanner.AssemblyScanResult found, Dialects dialects) =>
        dialects.All.Any(
            dialect => $"{found.ValidatorType.Namespace}.".StartsWith($"{dialect.GetType().Namespace}.", StringComparison.Ordinal));

    /// <summary>Maps the routes of the registered dialects.</summary>
    public static void MapDialects(this WebApplication app)
    {
        var routes = app.MapGroup("").AddEndpointFilter(new StandbyFilter());
        foreach (var dialect in app.Services.GetRequiredService<Dialects>().All) dialect.Map(routes);
    }
}
