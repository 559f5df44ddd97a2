using Microsoft.Extensions.DependencyInjection;
using OrderService.Engine.Pricing;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Http;

internal static class FirstPrices
{
    /// <summary>Waits until a service that has just started believes the prices of its first poll, which comes after it serves.</summary>
    public static Task KnownAsync(IServiceProvider services) => Until.Async(
        () => Task.FromResult(services.GetRequiredService<PriceBoard>().State.Believed.Count), believed => believed > 0);
}
