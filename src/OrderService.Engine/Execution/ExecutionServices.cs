using Microsoft.EntityFrameworkCore.Diagnostics;
using OrderService.Engine.Pricing;
using OrderService.Engine.Telemetry;
using OrderService.Engine.Workers;

namespace OrderService.Engine.Execution;

internal static class ExecutionServices
{
    /// <summary>
    /// The engine: a heartbeat that prices and sweeps, executors, settlement, and the vacuum that keeps the book flat.
    /// <c>Execution:Enabled=false</c> makes a node that only serves HTTP; it still polls prices, which its routes show.
    /// </summary>
    public static IServiceCollection AddExecution(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ExecutionOptions>().Bind(configuration.GetSection("Execution")).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<EndedOptions>().Bind(configuration.GetSection(EndedOptions.Section)).ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<ClaimSignal>();
        services.AddSingleton<NextWake>();
        services.AddSingleton<IInterceptor, WakeOnCommit>();
        services.AddSingleton<Solvers>();
        services.AddSingleton<OtherVenue>();
        services.AddSingleton<AblePayers>();
        services.AddSingleton<FeeBudgets>();
        services.AddSingleton<FeeWatch>();
        services.AddSingleton<PauseSends>();
        services.AddSingleton(provider => provider.GetRequiredService<PauseSends>().Check);
        services.AddSingleton<ReadStanding>();
        services.AddSingleton<PayerWatch>();
        services.AddSingleton(provider => provider.GetRequiredService<PayerWatch>().Check);
        services.AddSingleton<CallWaits>();
        services.AddSingleton<LookAtAccount>();
        services.AddSingleton<Unplaced>();
        services.AddSingleton<KeepAccountNonces>();
        services.AddSingleton<SubmitTransaction>();
        services.AddSingleton<QuoteSweep>();
        services.AddSingleton<Sweep>();
        services.AddSingleton<TickWorker>();
        services.AddSingleton<WakeWorker>();
        services.AddSingleton<PushWorker>();
        services.AddSingleton<WorkInHand>();
        services.AddSingleton<LeaseWorker>();
        services.AddSingleton<ExecutionWorker>();
        services.AddSingleton<SettlementWorker>();
        services.AddSingleton<NonceWorker>();
        services.AddSingleton<WatermarkThinning>();
        services.AddSingleton<VacuumWorker>();
        services.AddSingleton<MoveEnded>();
        services.AddSingleton<EndedWorker>();
        services.AddSingleton<GaugeWorker>();
        services.AddSingleton<SendFirst>();
        services.AddSingleton<SendWithdrawals>();
        services.AddSingleton<WithdrawalWorker>();
        foreach (var worker in new[] { WorkerNames.Tick, WorkerNames.Leases }) services.AddExpectedWorker(worker);
        services.AddHostedService(provider => provider.GetRequiredService<TickWorker>());
        services.AddHostedService(provider => provider.GetRequiredService<LeaseWorker>()); // a call may execute an order on any node
        if (!configuration.GetValue("Execution:Enabled", true)) return services;
        foreach (var worker in new[] { WorkerNames.Execution, WorkerNames.Settlement, WorkerNames.Nonces, WorkerNames.Withdrawals })
            services.AddExpectedWorker(worker);
        services.AddHostedService(provider => provider.GetRequiredService<PartitionWorker>());
        services.AddHostedService(provider => provider.GetRequiredService<WakeWorker>());
        services.AddHostedService(provider => provider.GetRequiredService<PushWorker>());
        services.AddHostedService(provider => provider.GetRequiredService<ExecutionWorker>());
        services.AddHostedService(provider => provider.GetRequiredService<SettlementWorker>());
        services.AddHostedService(provider => provider.GetRequiredService<NonceWorker>());
        services.AddHostedService(provider => provider.GetRequiredService<VacuumWorker>());
        services.AddHostedService(provider => provider.GetRequiredService<EndedWorker>());
        services.AddHostedService(provider => provider.GetRequiredService<GaugeWorker>());
        services.AddHostedService(provider => provider.GetRequiredService<WithdrawalWorker>());
        services.AddHostedService(provider => provider.GetRequiredService<VolumeWorker>());
        return services;
    }
}
