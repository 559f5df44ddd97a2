using Microsoft.Extensions.DependencyInjection;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Clock;
using OrderService.Engine.Execution;
using OrderService.Engine.Execution.Curves;
using OrderService.Engine.Pricing;
using OrderService.Engine.Telemetry;
using OrderService.Tests.Engine;

namespace OrderService.Tests.Simulation;

/// <summary>
/// One engine of a simulation: its own memory and its own look at the clock, over the store and the node that both share.
/// </summary>
internal sealed class SimulatedEngine : IAsyncDisposable
{
    // Short enough that a simulation of minutes meets each of them, and batches in which orders meet.
    private static readonly (string, string)[] Settings =
    [
        ("Execution:BatchMax", "3"), ("Execution:SweepBatchMax", "4"), ("Execution:SettleBatchMax", "3"), ("Execution:Lease", "00:00:20"),
        ("Execution:ResendAfter", "00:00:05"),
        ("Execution:ReplaceAfter", "00:00:40"), ("Execution:UnquotedMax", "6"), ("Accounts:BalanceReadsPerMinute", "1000000"),
        ("Pricing:StaleAfter", "1.00:00:00"), ("Orders:OpenMaxPerOwner", "100000"), ("Limits:CreatesPerMinutePerOwner", "0"),
        ("Store:AnswerWithin", "00:00:20"), ("Execution:QuoteTimeout", "00:00:10"), ("Execution:SendTimeout", "00:00:10"),
        ("Accounts:BalanceTimeout", "00:00:10"),
    ];

    private SimulatedEngine(EngineWorld world, EngineClock clock, int number) => (World, Clock, Number) = (world, clock, number);

    public EngineWorld World { get; }

    public EngineClock Clock { get; }

    public int Number { get; }

    public static async Task<SimulatedEngine> StartAsync(
        SimulationStore store, int number, MachineTime machine, ISwapRouter router, IManagedSigner signer, Action<Exception> hear)
    {
        var clock = new EngineClock(machine, () => machine.Uptime);
        var world = await EngineWorld.StartAsync(store.ConnectionString, services =>
        {
            store.Connect(services, number);
            services.AddSingleton(clock).AddSingleton<TimeProvider>(clock).AddSingleton(router).AddSingleton(signer)
                .AddSingleton(new FaultListener(hear));
        }, settings: Settings);
        return new SimulatedEngine(world, clock, number);
    }

    /// <summary>Compares its clock with the store's.</summary>
    public Task LookAsync(MachineTime machine) => Clock.LookAsync(_ => Task.FromResult(machine.Wall), CancellationToken.None);

    public void Believe(TokenId token, Price usd) =>
        World.Get<PriceBoard>()
            .Publish(new GateResult([new BelievedPrice(World.Get<PriceBoard>().PricedAs(token), usd, Clock.GetUtcNow(), "play")], [], []),
                [], Clock.GetUtcNow());

    /// <summary>The step of a worker by its name, as its loop makes it.</summary>
    public Func<Task<string>> Step(string name) => name switch
    {
        "sweep" => async () => Clock.Held is null ? $"{await World.SweepAsync()}" : "held",
        "curves" => async () => Clock.Held is null ? $"{await World.Get<AdvanceCurves>().TickAsync(default)}" : "held",
        "execute" => async () => $"{await World.Get<ExecutionWorker>().PassAsync(default)}",
        "settle" => async () => $"{await World.Get<SettlementWorker>().PassAsync(default)}",
        "nonces" => async () => $"{await World.Get<NonceWorker>().PassAsync(default)}",
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such step"),
    };

    public ValueTask DisposeAsync() => World.DisposeAsync();
}
