using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Events;

internal static class EventsServices
{
    /// <summary>The log of what happened: its positions and its readers.</summary>
    public static IServiceCollection AddEvents(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<EventsOptions>().Bind(configuration.GetSection("Events")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<EventHead>();
        services.AddSingleton<EventReader>();
        services.AddSingleton<EventRelay>();
        services.AddExpectedWorker(WorkerNames.Events);
        services.AddHostedService(provider => provider.GetRequiredService<EventRelay>());
        return services;
    }
}
