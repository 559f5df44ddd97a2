using OrderService.Benchmarks;
using OrderService.Benchmarks.Gate;
using OrderService.Benchmarks.Ground;
using OrderService.Benchmarks.Load;

if (args is ["recover", .. var rest]) return RecoverBenchmark.Run(rest);
if (args is [ServiceChild.Verb]) return await ServiceChild.RunAsync();
if (args is ["gate", var folder, .. var limits]) return await BuildGate.RunAsync(folder, limits);
return await Suite.RunAsync(args, new Dictionary<string, Func<Arguments, Task<Report>>>
{
    ["transaction"] = TransactionBenchmark.RunAsync,
    ["create"] = CreateBenchmark.RunAsync,
    ["sweep"] = SweepBenchmark.RunAsync,
    ["tick"] = TickBenchmark.RunAsync,
    ["trailing"] = TrailingBenchmark.RunAsync,
    ["burst"] = BurstBenchmark.RunAsync,
    ["start"] = StartBenchmark.RunAsync,
    ["swaps"] = SwapsBenchmark.RunAsync,
    ["life"] = LifeBenchmark.RunAsync,
    ["scheduled"] = ScheduledBenchmark.RunAsync,
    ["stacks"] = StacksBenchmark.RunAsync,
    ["list"] = ListBenchmark.RunAsync,
    ["curves"] = CurvesBenchmark.RunAsync,
    ["routes"] = RoutesBenchmark.RunAsync,
    ["events"] = EventsBenchmark.RunAsync,
    ["streams"] = StreamsBenchmark.RunAsync,
    ["nodes"] = NodesBenchmark.RunAsync,
    ["peers"] = PeersBenchmark.RunAsync,
    ["ended"] = EndedBenchmark.RunAsync,
});
