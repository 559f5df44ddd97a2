using System.Globalization;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Transactions;

namespace OrderService.Api.Tread;

/// <summary>A swap attempt as this wire has it: a placement, and where the chain confirmed it, its one fill.</summary>
internal sealed record PlacementFacts(OrderFacts Order, SwapAttempt Attempt, Slice Slice, int Number)
{
    private const int CustomIdLettersMax = 9;

    /// <summary>The placements of an order, oldest first; what only spends an intent is none.</summary>
    public static IReadOnlyList<PlacementFacts> Of(OrderFacts order)
    {
        var numbers = new Dictionary<int, int>();
        var found = new List<PlacementFacts>();
        foreach (var attempt in order.View.Attempts.Where(a => a.Kind == AttemptKind.Swap))
        {
            var number = numbers[attempt.SliceNumber] = numbers.GetValueOrDefault(attempt.SliceNumber) + 1;
            found.Add(new PlacementFacts(order, attempt, order.Order.Slices.First(s => s.Number == attempt.SliceNumber), number));
        }
        return found;
    }

    public Guid Id => StableId.Of(Order.Order.Id, Name);

    public Guid FillId => StableId.Of(Order.Order.Id, $"{Name}/fill");

    public bool IsFilled => Attempt.Status == OutgoingStatus.Confirmed;

    public DateTimeOffset FillTime => Attempt.SettledAt ?? Attempt.LastSentAt;

    /// <summary>What was paid, or was to be paid by the quote.</summary>
    public TokenAmount Out => Attempt.AmountOut ?? Attempt.QuotedAmountOut ?? TokenAmount.Zero;

    public TokenAmount QuotedOut => Attempt.QuotedAmountOut ?? Out;

    public Price? QuotedPrice => PriceOf(QuotedOut);

    public Price? FillPrice => PriceOf(Out);

    public TokenAmount QuotedBase => Order.IsBuy ? QuotedOut : Slice.AmountIn;

    public TokenAmount FillBase => Order.IsBuy ? Out : Slice.AmountIn;

    public TokenAmount FillQuote => Order.IsBuy ? Slice.AmountIn : Out;

    /// <summary>The status, and what is under it.</summary>
    public (string Status, string? Sub) Status => Attempt.Status switch
    {
        OutgoingStatus.Prepared => ("PENDING", null),
        OutgoingStatus.Sent => ("ACTIVE", null),
        OutgoingStatus.Confirmed => ("FILLED", null),
        OutgoingStatus.Reverted => ("FAILED", IsBelowMin ? "MIN_AMOUNT" : "REVERTED"),
        OutgoingStatus.Rejected => ("FAILED", "REJECTED"),
        _ => ("FAILED", "REPLACED"),
    };

    /// <summary>The id that a client would look for: ours, no such field goes to the chain.</summary>
    public string ClientOrderId =>
        string.Create(CultureInfo.InvariantCulture,
            $"TL{new string([.. Order.Fields.CustomId.Where(char.IsAsciiLetterOrDigit).Take(CustomIdLettersMax)])}-{Attempt.SliceNumber}-{Number}");

    private string Name => string.Create(CultureInfo.InvariantCulture, $"{Attempt.SliceNumber}/{Number}");

    // The simulated ledger says so; the chain enforces the minimum by post-conditions.
    private bool IsBelowMin =>
        Attempt.Reason is { } reason
            && (reason.Contains("min_amount", StringComparison.Ordinal) || reason.Contains("post_condition", StringComparison.Ordinal));

    private Price? PriceOf(TokenAmount amountOut) => Order.IsBuy
        ? Decimals.Rate(Slice.AmountIn, Order.Fields.QuoteDecimals, amountOut, Order.Fields.BaseDecimals)
        : Decimals.Rate(amountOut, Order.Fields.QuoteDecimals, Slice.AmountIn, Order.Fields.BaseDecimals);
}
