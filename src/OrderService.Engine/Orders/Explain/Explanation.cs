using OrderService.Domain.Orders;

namespace OrderService.Engine.Orders.Explain;

/// <summary>Why an order stands where it does: in one sentence, and then gate by gate, with each time that it was due.</summary>
internal sealed record Explanation(string Sentence, WaitingFor? WaitingFor, IReadOnlyList<OrderGate> Gates, IReadOnlyList<DueTime> Due);

/// <summary>
/// One thing that has to be so before an order is swapped. Null is not known now. Figures are texts, as amounts and prices are everywhere.
/// </summary>
internal sealed record OrderGate(string Name, bool? IsOpen, string Says)
{
    public const string Pause = "pause", Window = "window", Price = "price", Turn = "turn", Funds = "funds", Route = "route",
        Quote = "quote", Payer = "payer", Sends = "sends", Retry = "retry", Chain = "chain", Group = "group";

    /// <summary>What has to change before it opens; null where it is open, or nobody can tell.</summary>
    public string? Change { get; init; }

    /// <summary>What it rests on, by name.</summary>
    public IReadOnlyDictionary<string, string> Figures { get; init; } = new Dictionary<string, string>();
}

/// <summary>A time at which an order was due, by what, and what came of it.</summary>
internal sealed record DueTime(DateTimeOffset At, int Slice, string By)
{
    public string? WatchedPrice { get; init; }

    public string? BasePrice { get; init; }

    public string? PriceSources { get; init; }

    /// <summary>The last that came of it, as an event's kind.</summary>
    public string? Outcome { get; init; }

    public string? Reason { get; init; }

    public string? TxId { get; init; }

    public DateTimeOffset? OutcomeAt { get; init; }
}
