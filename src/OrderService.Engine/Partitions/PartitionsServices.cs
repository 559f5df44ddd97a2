using Microsoft.Extensions.DependencyInjection.Extensions;

namespace OrderService.Engine.Partitions;

internal static class PartitionsServices
{
    /// <summary>A store that is not divided, unless its host says otherwise.</summary>
    public static IServiceCollection AddWholeStore(this IServiceCollection services)
    {
        services.TryAddSingleton(PartitionPlace.Whole);
        services.TryAddSingleton<AllPartitions>();
        return services;
    }
}
