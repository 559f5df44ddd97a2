using OrderService.Engine.Workers;

namespace OrderService.Engine.Execution;

/// <summary>Slices were claimed.</summary>
internal sealed class ClaimSignal : WorkerSignal;
