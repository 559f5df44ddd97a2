using Microsoft.Extensions.Options;

namespace OrderService.Venues.Stacks.Routes;

/// <summary>Reads the vault list at the start and then at its pace.</summary>
internal sealed class VaultRefreshWorker(
    VaultRegistry registry, IOptions<RouteOptions> options, TimeProvider time, RouteTelemetry telemetry) : BackgroundService
{
    /// <summary>Reads once.</summary>
    public Task TickAsync(CancellationToken token) => registry.RefreshAsync(token);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.RefreshInterval, time);
        do
        {
            try
            {
                await TickAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                telemetry.RefreshFaulted(fault);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
