using OrderService.Domain.Orders;
using OrderService.Engine.Auth;
using OrderService.Stacks.Crypto;

namespace OrderService.Engine.Orders;

/// <summary>
/// A parsed order on its way in: its terms, what pays for it, what it is made of, and what the client wants kept beside it. The same uuid
/// again is the same order.
/// </summary>
internal sealed record NewOrder(OrderTerms Terms, OrderFunding Funding, OrderPlan Plan, string Dialect, string? ClientFields)
{
    /// <summary>
    /// Who brings it; null for the owner. An API key sells from an account only what it may (<see cref="JudgeKeySale"/>), whatever wire it
    /// came by.
    /// </summary>
    public Caller? By { get; init; }

    /// <summary>What it is asked for as; an order that is planned slice by slice says so itself.</summary>
    public OrderKind Kind { get; init; }

    /// <summary>What its clients call it, where that is not its uuid.</summary>
    public string? PublicId { get; init; }

    /// <summary>The strategy that its client says it belongs to.</summary>
    public string? StrategyId { get; init; }

    /// <summary>One swap that the owner's wallet signed for.</summary>
    public static NewOrder Signed(
        OrderTerms terms, RecoverableSignature signature, RecoverableSignature? termsSignature, string dialect, string? clientFields) =>
            new(terms, new OrderFunding.BySignature(signature, termsSignature), OrderPlan.OneSwap, dialect, clientFields);
}
