using System.Globalization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Npgsql;
using OrderService.Api.Wire;
using OrderService.Domain.Ports;
using OrderService.Engine.Execution;
using OrderService.Engine.Partitions;
using OrderService.Engine.Persistence;
using OrderService.Engine.Pricing;
using OrderService.Engine.Telemetry;
using OrderService.Engine.Workers;

namespace OrderService.Hosting;

/// <summary>
/// A store that is divided by owners into schemas, <c>Store:Partitions</c>: each has its own services, and the host sends every call to
/// those of its owner. With one partition none of this is there.
/// </summary>
internal static class PartitionServices
{
    /// <summary>The readiness check of the partitions beside the first.</summary>
    public const string Check = "partitions";

    // Of a partition only what is its own is asked; the rest is the first's to say.
    private static readonly string[] OwnChecks = ["database", "migrations", "workers", "store", "payers"];

    /// <summary>Makes the services that are there already those of the first of several partitions.</summary>
    public static void AddPartitions(this IServiceCollection services, IConfiguration configuration)
    {
        var count = configuration.GetSection(StoreOptions.Section).GetValue(nameof(StoreOptions.Partitions), 1);
        if (count < 2) return;
        services.Replace(ServiceDescriptor.Singleton(new PartitionPlace(0, count)));
        var venue = services.Last(one => one.ServiceType == typeof(ISwapRouter));
        services.AddSingleton(provider => new WholeVenue(RouterOf(venue, provider)));
        services.AddSingleton<ISwapRouter>(provider => new PartitionRouter(
            provider.GetRequiredService<WholeVenue>().Router, provider.GetRequiredService<PartitionPlace>()));
        services.AddSingleton<PartitionGuess>();
        services.AddSingleton<PartitionHost>();
        services.AddHostedService(provider => provider.GetRequiredService<PartitionHost>());
        services.AddSingleton(provider => CheckOf(provider.GetRequiredService<AllPartitions>()));
    }

    /// <summary>Makes the others.</summary>
    public static void MakePartitions(this WebApplication app, IEnumerable<ServiceDescriptor> all)
    {
        var first = app.Services;
        if (first.GetRequiredService<PartitionPlace>() is not { IsWhole: false, Count: var count }) return;
        var (partitions, address) = (first.GetRequiredService<AllPartitions>(), first.GetRequiredService<StoreAddress>());
        ServiceDescriptor[] made = [.. all];
        for (var number = 1; number < count; number++)
        {
            var services = PartitionContainer.Create(made, first, new PartitionPlace(number, count),
                StoreSchema.AddressOf(address.ConnectionString, number));
            partitions.Add(services);
            services.TellOwnerBudgets();
            first.GetRequiredService<PriceMoved>().Tells(services.GetRequiredService<PriceMoved>());
            first.GetRequiredService<MetricsRegistry>().Add(number, services.GetRequiredService<MetricsRegistry>());
        }
        first.GetRequiredService<PartitionHost>(); // disposes of them, even where nothing is started
    }

    /// <summary>Sends every call to the partition of its owner.</summary>
    public static void UsePartitions(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<PartitionPlace>().IsWhole) app.UseMiddleware<PartitionDoor>();
    }

    /// <summary>
    /// Brings each to this program's schema; throws <see cref="StartException"/> where the settings do not fit the store.
    /// </summary>
    public static async Task PreparePartitionsAsync(this WebApplication app, CancellationToken token)
    {
        foreach (var services in app.Services.GetRequiredService<AllPartitions>().All)
        {
            var source = services.GetRequiredService<NpgsqlDataSource>();
            await Migrator.ApplyAsync(source, token, app.Logger);
            await PartitionRecord.CheckAsync(source, services.GetRequiredService<PartitionPlace>(), token);
        }
        CheckSettings(app.Services);
    }

    private static void CheckSettings(IServiceProvider services)
    {
        if (services.GetRequiredService<PartitionPlace>() is not { IsWhole: false, Count: var count }) return;
        if (services.GetRequiredService<WholeVenue>().Router.Solvers.Count is var payers && payers < count)
        {
            var setting = services.GetRequiredService<ISwapRouter>().Terms.IsPlay ? "Simulator:SolversCount" : "Stacks:SolverKeys";
            throw new StartException(string.Create(CultureInfo.InvariantCulture,
                $"Store:Partitions is {count}, and {payers} accounts pay for transactions: each partition needs one of its own, so {setting} must give at least {count}."));
        }
        if (services.GetRequiredService<IOptions<OrdersApiOptions>>().Value.PublicReads)
            throw new StartException("Orders:PublicReads lists the orders of all owners, which a store of several partitions cannot: set it to false, or Store:Partitions to 1 with a database of its own.");
    }

    private static ISwapRouter RouterOf(ServiceDescriptor venue, IServiceProvider provider) => (ISwapRouter)(venue.ImplementationInstance
        ?? venue.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, venue.ImplementationType!));

    private static ReadinessCheck CheckOf(AllPartitions partitions) => new(Check, async token =>
    {
        var told = await Task.WhenAll(partitions.All.Select(services => TellAsync(services, token)));
        var failing = told.Where(one => one.Why is not null).ToList();
        return new ReadinessResult(failing.Count == 0,
            failing.Count == 0 ? null : string.Join("; ", failing.Select(one => $"partition {one.Number}: {one.Why}")), told)
        {
            Warnings = [.. told.SelectMany(one => one.Warnings.Select(text => $"partition {one.Number}: {text}"))],
        };
    });

    private static async Task<PartitionStanding> TellAsync(IServiceProvider services, CancellationToken token)
    {
        var share = services.GetRequiredService<PartitionShare>();
        if (share.Place.IsFirst) return new PartitionStanding(0, share.IsMine, null, []); // which the other checks are about
        var asked = await Task.WhenAll(services.GetServices<ReadinessCheck>().Where(check => OwnChecks.Contains(check.Name))
            .Select(async check => (check.Name, Result: await check.Check(token))));
        var failing = asked.Where(one => !one.Result.IsReady).Select(one => $"{one.Name}: {one.Result.Why}");
        return new PartitionStanding(share.Place.Number, share.IsMine, string.Join(", ", failing) is { Length: > 0 } why ? why : null,
            [.. asked.SelectMany(one => one.Result.Warnings)]);
    }

    /// <summary>How a partition stands at this node.</summary>
    private sealed record PartitionStanding(int Number, bool IsWorkedHere, string? Why, IReadOnlyList<string> Warnings);
}
