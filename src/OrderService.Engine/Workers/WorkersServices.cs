using OrderService.Engine.Clock;
using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Workers;

internal static class WorkersServices
{
    /// <summary>What background workers run with, and the one that watches the clock for the others.</summary>
    public static IServiceCollection AddWorkers(this IServiceCollection services)
    {
        services.AddSingleton<NodeName>();
        services.AddSingleton<WorkLeases>();
        services.AddSingleton<PartitionShare>();
        services.AddSingleton<PartitionWorker>();
        services.AddSingleton<WorkerContext>();
        services.AddSingleton<ClockWorker>();
        services.AddSingleton<ClockStart>();
        services.AddSingleton(provider => ClockWorker.Check(provider.GetRequiredService<EngineClock>()));
        services.AddExpectedWorker(WorkerNames.Clock);
        services.AddHostedService(provider => provider.GetRequiredService<ClockWorker>());
        return services;
    }
}
