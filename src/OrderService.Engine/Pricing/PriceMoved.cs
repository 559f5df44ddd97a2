using OrderService.Engine.Workers;

namespace OrderService.Engine.Pricing;

/// <summary>A stream pushed another price.</summary>
internal sealed class PriceMoved : WorkerSignal;
