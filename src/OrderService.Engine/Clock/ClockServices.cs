using Microsoft.Extensions.DependencyInjection.Extensions;

namespace OrderService.Engine.Clock;

internal static class ClockServices
{
    /// <summary>The engine's clock is everybody's, unless another was chosen before.</summary>
    public static IServiceCollection AddClock(this IServiceCollection services)
    {
        services.AddSingleton(_ => new EngineClock(TimeProvider.System, Uptime.Read));
        services.TryAddSingleton<TimeProvider>(provider => provider.GetRequiredService<EngineClock>());
        services.AddSingleton<SetPace>();
        return services;
    }
}
