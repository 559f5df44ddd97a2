using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace OrderService.Venues.Stacks;

/// <summary>Why a receipt is no evidence.</summary>
internal enum ReceiptDoubt
{
    /// <summary>Something in it is missing, or is not what it should be.</summary>
    Unreadable,

    /// <summary>Its block is older than the first send.</summary>
    OlderThanSend,

    /// <summary>Its block is far ahead of the tip.</summary>
    AheadOfTip,

    /// <summary>What it pays could not be expected, and its block is not final.</summary>
    Unexpected,

    /// <summary>What it pays could not be expected, and its events or another node say otherwise.</summary>
    Contradicted,
}

/// <summary>Tells of receipts that are not believed: each once, until it is believed or doubted for another reason.</summary>
internal sealed class ReceiptTelemetry
{
    private const int ToldMax = 10_000;

    private readonly ConcurrentDictionary<string, ReceiptDoubt> _told = new(StringComparer.Ordinal);
    private readonly ILogger<ReceiptTelemetry> _log;
    private readonly Counter<long> _doubted;

    public ReceiptTelemetry(ILogger<ReceiptTelemetry> log, IMeterFactory? meters = null)
    {
        _log = log;
        var meter = meters?.Create("OrderService.Stacks") ?? new Meter("OrderService.Stacks");
        _doubted = meter.CreateCounter<long>("orderservice.stacks.receipts_doubted",
            description: "Receipts that a node showed and that were not believed, by why.");
        foreach (var why in Enum.GetValues<ReceiptDoubt>()) _doubted.Add(0, Label(why));
    }

    public void Doubted(string txId, ReceiptDoubt why)
    {
        if (_told.TryGetValue(txId, out var told) && told == why) return;
        if (_told.Count >= ToldMax) _told.Clear();
        _told[txId] = why;
        _doubted.Add(1, Label(why));
        _log.LogWarning("What the node shows of {TxId} is not believed and is asked again: {Why}", txId, WordOf(why));
    }

    public void Believed(string txId) => _told.TryRemove(txId, out _);

    private static KeyValuePair<string, object?> Label(ReceiptDoubt why) => new("why", WordOf(why));

    private static string WordOf(ReceiptDoubt why) => why switch
    {
        ReceiptDoubt.Unreadable => "unreadable",
        ReceiptDoubt.OlderThanSend => "older_than_send",
        ReceiptDoubt.AheadOfTip => "ahead_of_tip",
        ReceiptDoubt.Unexpected => "unexpected",
        _ => "contradicted",
    };
}
