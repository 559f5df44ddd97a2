using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace OrderService.Engine.Persistence;

internal static class PersistenceServices
{
    /// <summary>Connections, the EF context and the group-commit writer. Every statement has a timeout, on both sides of the wire.</summary>
    public static IServiceCollection AddPersistence(this IServiceCollection services, string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxPoolSize = 48,
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 3,
            NoResetOnClose = true, // whoever changes a session changes it back: a reset would be five more statements for every use of a connection
            CommandTimeout = 20,
            Timeout = 10,
            // A process that stands still in a transaction loses its locks before those who wait for them give up. No transaction here waits for anything but Postgres.
            Options = "-c statement_timeout=20000 -c lock_timeout=15000 -c idle_in_transaction_session_timeout=10000 -c jit=off",
            ApplicationName = "orderservice",
        };
        services.AddSingleton(NamedSource.Create(settings));
        services.AddSingleton(new OrderService.Engine.Persistence.SweepSource(connectionString));
        services.AddSingleton(_ => new WriterSource(settings));
        services.AddSingleton<StaleSessions>();
        services.AddSingleton<StoreWrites>();
        services.AddSingleton(provider => provider.GetRequiredService<StoreWrites>().Check);
        services.AddSingleton(provider => provider.GetRequiredService<StaleSessions>().Listener);
        services.AddPooledDbContextFactory<OrdersDb>((provider, options) => options
            .AddInterceptors([new LockingReads(), .. provider.GetServices<IInterceptor>()])
            .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>(), npgsql => npgsql.MaxBatchSize(1_000))
            .ConfigureWarnings(warnings => warnings.Ignore(Microsoft.EntityFrameworkCore.Diagnostics.RelationalEventId.MultipleCollectionIncludeWarning)));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => OrderService.Engine.Persistence.ReadinessChecks.Database(provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddSingleton(provider => OrderService.Engine.Persistence.ReadinessChecks.Migrations(provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddSingleton(provider => OrderService.Engine.Persistence.ReadinessChecks.Workers(provider.GetRequiredService<OrderService.Engine.Telemetry.WorkerBeats>()));
        services.AddSingleton(OrderService.Engine.Persistence.ReadinessChecks.Signatures());
        services.AddSingleton<PairDirectory>();
        services.AddSingleton<OrderWriter>();
        services.AddHostedService(provider => provider.GetRequiredService<OrderWriter>());
        return services;
    }
}
