using OrderService.Hosting;

namespace OrderService.Execution;

/// <summary>Slices were claimed.</summary>
internal sealed class ClaimSignal : WorkerSignal;
