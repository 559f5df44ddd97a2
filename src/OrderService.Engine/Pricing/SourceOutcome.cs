namespace OrderService.Engine.Pricing;

/// <summary>What came of asking one source: its reading, or the fault that kept it.</summary>
internal sealed record SourceOutcome(string Source, SourceReading? Reading, Exception? Fault);
