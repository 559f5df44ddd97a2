using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Switches;

internal static class SwitchesServices
{
    /// <summary>Dead man's switches. They fire on every node: one that serves HTTP only has to keep its word too.</summary>
    public static IServiceCollection AddSwitches(this IServiceCollection services)
    {
        services.AddSingleton<FireSwitches>();
        services.AddSingleton<ArmSwitch>();
        services.AddSingleton<ListSwitches>();
        services.AddSingleton<SwitchWorker>();
        services.AddExpectedWorker(WorkerNames.Switches);
        services.AddHostedService(provider => provider.GetRequiredService<SwitchWorker>());
        return services;
    }
}
