using OrderService.Hosting;

namespace OrderService.Pricing;

/// <summary>A stream pushed another price.</summary>
internal sealed class PriceMoved : WorkerSignal;
