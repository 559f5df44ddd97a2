using OrderService.Engine.Workers;

namespace OrderService.Engine.Pricing;

/// <summary>A stream pushed another price.</summary>
internal sealed class PriceMoved : WorkerSignal
{
    private readonly List<PriceMoved> _others = [];

    /// <summary>Has another partition's told too, once what was pushed is judged.</summary>
    public void Tells(PriceMoved other) => _others.Add(other);

    /// <summary>Tells the others.</summary>
    public void PassOn() => _others.ForEach(static other => other.Set());
}
