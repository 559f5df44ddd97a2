using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Engine.Orders;

namespace OrderService.Api.Panora;

/// <summary>
/// One line of an order's history. Number is the part's, 0 for the order itself; attempt counts the lines of a part from 1. Its id is that
/// of the transaction, where it tells of one.
/// </summary>
internal sealed record TxEntry(
    string Type, string TxId, int Number, int Attempt, TokenAmount AmountIn, TokenAmount AmountOut, DateTimeOffset At, string? Reason)
{
    /// <summary>True where the id is a transaction's of the chain.</summary>
    public bool IsOnChain { get; init; }
}

/// <summary>The history of an order and what its tokens cost at each of its moments.</summary>
internal sealed record TxDetails(
    IReadOnlyList<TxEntry> Entries, bool IsCut,
    IReadOnlyDictionary<(OrderService.Domain.Pricing.TokenId Token, DateTimeOffset At), Price> Usd);

/// <summary>Tells an order's history in this wire's five words, out of the events that were appended as it happened.</summary>
internal static class TxHistory
{
    public const string Created = "created";
    public const string Filled = "filled";
    public const string Attempted = "attempted";
    public const string Failed = "failed";
    public const string Cancelled = "cancelled";

    /// <summary>Why an order is refunded that had all its turns, and not a swap in each.</summary>
    public const string PartsFailed = "parts_failed";

    /// <summary>The lines, oldest first.</summary>
    public static IReadOnlyList<TxEntry> Of(ScheduledView order)
    {
        var id = order.PublicId ?? "";
        var entries = new List<TxEntry> { new(Created, id, 0, 1, order.AmountIn, TokenAmount.Zero, order.CreatedAt, null) };
        var tries = new Dictionary<int, TxEntry>();
        foreach (var happened in order.Story)
        {
            if (happened.SliceNumber is { } number) TellPart(entries, tries, number, happened);
            else TellEnd(entries, order, happened);
        }
        return Named(id, entries);
    }

    // Every line has an id of its own, as clients count on: where no transaction gives it, one that stays the same is made of what the line
    // tells. A swap is told by its fill.
    private static List<TxEntry> Named(string order, List<TxEntry> entries)
    {
        var swaps = entries.Where(e => e.Type == Filled).Select(e => e.TxId).ToHashSet(StringComparer.Ordinal);
        var used = new HashSet<string>(StringComparer.Ordinal);
        return entries.ConvertAll(entry =>
        {
            if (entry.TxId.Length > 0 && (entry.Type == Filled || !swaps.Contains(entry.TxId)) && used.Add(entry.TxId))
            {
                return entry with
                {
                    IsOnChain = entry.Type != Created,
                };
            }
            for (var again = 0; ; again++)
            {
                var text = string.Create(CultureInfo.InvariantCulture, $"{order}/{entry.Number}/{entry.Type}/{entry.At.UtcTicks}/{again}");
                var made = "0x" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
                if (used.Add(made)) return entry with { TxId = made };
            }
        });
    }

    private static void TellPart(List<TxEntry> entries, Dictionary<int, TxEntry> tries, int number, PartEvent happened)
    {
        var last = tries.GetValueOrDefault(number);
        if (happened.Kind == OrderEventKinds.Reorged)
        {
            // The chain took the fill back, and with it an end that rested on it.
            entries.RemoveAll(e => (e.Number == number && e.Type == Filled) || e is { Number: 0, Type: Cancelled });
            return;
        }
        var type = TypeOf(happened.Kind);
        if (type == Attempted && last?.Type == Attempted && last.Reason == happened.Reason) return; // one line a change
        if (happened.Kind == OrderEventKinds.Failed && last?.Type == Failed) return; // the revert that used up the tries is told
        var txId = happened.Kind == OrderEventKinds.BackedOff || happened.TxId is null ? "" : "0x" + happened.TxId;
        var entry = new TxEntry(type, txId, number, (last?.Attempt ?? 0) + 1, happened.AmountIn,
            type == Filled ? happened.AmountOut : TokenAmount.Zero, happened.At, happened.Reason);
        entries.Add(tries[number] = entry);
    }

    // The wire has one word for an end before everything was swapped; the reason says which end it was.
    private static void TellEnd(List<TxEntry> entries, ScheduledView order, PartEvent happened)
    {
        var returned = order.AmountIn - order.Parts.Spent;
        if (happened.Kind == OrderEventKinds.Completed && returned == TokenAmount.Zero) return;
        var reason = happened.Kind switch
        {
            OrderEventKinds.Cancelled => null,
            OrderEventKinds.Completed => PartsFailed,
            _ => order.Reason ?? happened.Kind,
        };
        entries.Add(new TxEntry(Cancelled, "", 0, 1, returned, TokenAmount.Zero, happened.At, reason));
    }

    private static string TypeOf(string kind) => kind switch
    {
        OrderEventKinds.Confirmed => Filled,
        OrderEventKinds.Reverted or OrderEventKinds.Failed => Failed,
        OrderEventKinds.BackedOff or OrderEventKinds.Rejected or OrderEventKinds.Replaced => Attempted,
        _ => throw new System.Diagnostics.UnreachableException($"no word for the event {kind}"),
    };
}
