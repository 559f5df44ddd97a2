using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Npgsql;
using OrderService.Engine.Partitions;
using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Persistence;

internal static class PersistenceServices
{
    /// <summary>Connections, the EF context and the group-commit writer.</summary>
    public static IServiceCollection AddPersistence(this IServiceCollection services, string connectionString, IConfiguration configuration)
    {
        services.AddOptions<StoreOptions>().Bind(configuration.GetSection(StoreOptions.Section)).ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddWholeStore();
        services.AddSingleton(new StoreAddress(connectionString));
        services.AddSingleton(provider => NamedSource.Create(StoreConnections.Shared(AddressOf(provider), OptionsOf(provider))));
        services.AddSingleton(provider => new SweepSource(StoreConnections.Execution(AddressOf(provider), OptionsOf(provider))));
        services.AddSingleton(provider => new WriterSource(StoreConnections.Shared(AddressOf(provider), OptionsOf(provider))));
        services.AddHostedService(provider => new PrimaryFirst(AddressOf(provider), provider.GetRequiredService<NpgsqlDataSource>(),
            provider.GetRequiredService<SweepSource>(), provider.GetRequiredService<WriterSource>()));
        services.AddSingleton<StandbyBarrier>();
        services.AddSingleton<StaleSessions>();
        services.AddSingleton<StoreWrites>();
        services.AddSingleton(provider => provider.GetRequiredService<StoreWrites>().Check);
        services.AddSingleton(provider => provider.GetRequiredService<StaleSessions>().Listener);
        services.AddPooledDbContextFactory<OrdersDb>((provider, options) => options
            .AddInterceptors([new LockingReads(), .. provider.GetServices<IInterceptor>()])
            .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>(), npgsql => npgsql.MaxBatchSize(1_000))
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.MultipleCollectionIncludeWarning)));
        services.AddPooledDbContextFactory<EndedDb>((provider, options) => options
            .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>())
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.MultipleCollectionIncludeWarning)));
        services.AddSingleton<EndedOrders>();
        services.AddSingleton<EndedMonths>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => ReadinessChecks.Database(provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddSingleton(provider => ReadinessChecks.Migrations(provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddSingleton(provider => ReadinessChecks.Workers(provider.GetRequiredService<WorkerBeats>()));
        services.AddSingleton(ReadinessChecks.Signatures());
        services.AddSingleton<PairDirectory>();
        services.AddSingleton<OrderWriter>();
        services.AddHostedService(provider => provider.GetRequiredService<OrderWriter>());
        return services;
    }

    private static string AddressOf(IServiceProvider provider) => provider.GetRequiredService<StoreAddress>().ConnectionString;

    private static StoreOptions OptionsOf(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<StoreOptions>>().Value.OfOne(provider.GetRequiredService<PartitionPlace>().Count);
}
