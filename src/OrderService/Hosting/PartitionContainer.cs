using System.Diagnostics.Metrics;
using OrderService.Api.Wire;
using OrderService.Domain.Ports;
using OrderService.Engine.Auth;
using OrderService.Engine.Execution;
using OrderService.Engine.Partitions;
using OrderService.Engine.Persistence;
using OrderService.Engine.Pricing;
using OrderService.Engine.Telemetry;
using OrderService.Engine.Workers;

namespace OrderService.Hosting;

/// <summary>
/// The services of a partition beside the first: the same as the first has, each anew over a schema of its own, but for what there is one
/// of in a process: time, prices, the venue, and what is counted for an address.
/// </summary>
internal static class PartitionContainer
{
    private static readonly HashSet<Type> SharedTypes =
    [
        typeof(TimeProvider), typeof(ILoggerFactory), typeof(IHttpClientFactory), typeof(IHostApplicationLifetime), typeof(IPriceSource),
        typeof(IVolumeSource), typeof(WholeVenue), typeof(AllPartitions), typeof(KeyStores), typeof(AddressBudgets), typeof(WrongKeys),
        typeof(Dialects), typeof(LastFaults), typeof(NodeName),
    ];

    private static readonly HashSet<Type> OwnTypes = [typeof(PartitionPlace), typeof(StoreAddress), typeof(IMeterFactory)];

    private static readonly string[] SharedRooms =
        [RoomOf(typeof(PriceBoard)), RoomOf(typeof(Engine.Clock.EngineClock)), "OrderService.Venues"];

    /// <summary>Makes them, from what the first was made of.</summary>
    public static ServiceProvider Create(
        IEnumerable<ServiceDescriptor> all, IServiceProvider first, PartitionPlace place, string connectionString)
    {
        (IServiceCollection own, var shared) = (new ServiceCollection(), new HashSet<Type>());
        foreach (var one in all.Where(one => !OwnTypes.Contains(one.ServiceType) && !IsOfFirst(one)))
        {
            if (!IsShared(one)) own.Add(one);
            else if (shared.Add(one.ServiceType)) // an instance that is given is not disposed of with the container
                foreach (var instance in first.GetServices(one.ServiceType)) own.AddSingleton(one.ServiceType, instance!);
        }
        own.AddSingleton(place);
        own.AddSingleton(new StoreAddress(connectionString));
        own.AddSingleton<IMeterFactory>(new PartitionMeters(place.Number));
        return own.BuildServiceProvider();
    }

    private static bool IsShared(ServiceDescriptor one) =>
        one is { Lifetime: ServiceLifetime.Singleton, ServiceType.IsGenericTypeDefinition: false, IsKeyedService: false }
            && one.ServiceType != typeof(PriceMoved)
            && (SharedTypes.Contains(one.ServiceType) || Array.Exists(SharedRooms, room => IsIn(one.ServiceType, room)));

    // What runs once in a process, and what is expected to.
    private static bool IsOfFirst(ServiceDescriptor one)
    {
        if (one.IsKeyedService) return false;
        if (one.ServiceType == typeof(ExpectedWorker)) return one.ImplementationInstance is ExpectedWorker { Name: WorkerNames.Clock };
        if (one.ServiceType != typeof(IHostedService)) return false;
        return TypeOf(one) is not { } type || type == typeof(ClockWorker) || !IsIn(type, RoomOf(typeof(Engine.EngineServices)))
            || IsIn(type, RoomOf(typeof(PriceBoard)));
    }

    private static Type? TypeOf(ServiceDescriptor one) =>
        one.ImplementationType ?? one.ImplementationInstance?.GetType() ?? one.ImplementationFactory?.GetType().GenericTypeArguments[1];

    private static bool IsIn(Type type, string room) => $"{type.Namespace}.".StartsWith($"{room}.", StringComparison.Ordinal);

    private static string RoomOf(Type type) => type.Namespace!;
}
