using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Events;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;

namespace OrderService.Engine.Execution;

/// <summary>What step 2 decided for one claimed slice; step 3 writes it down, if the claim still holds.</summary>
internal abstract record ExecutionPlan(ClaimedSlice Claim)
{
    /// <summary>True where the nonce that the slice was sent with before is decided, so that its account takes the next one for it.</summary>
    public bool TakesNext { get; init; }

    /// <summary>Swap at this quote, where others of the holder's leave enough of the balance.</summary>
    public sealed record Swap(ClaimedSlice Claim, RouterCall.Swapping Call, TokenAmount Fee, SeenBalance Funds) : ExecutionPlan(Claim);

    /// <summary>Spend the uuid, or use the account's nonce up, so that the slice can end.</summary>
    public sealed record Spend(ClaimedSlice Claim, RouterCall Call, TokenAmount Fee) : ExecutionPlan(Claim);

    /// <summary>Wait and try again: no attempt is consumed by a price that was not there.</summary>
    public sealed record BackOff(ClaimedSlice Claim, OrderError Why, TimeSpan Pause, BackOffKind Kind) : ExecutionPlan(Claim)
    {
        /// <summary>The rate that it waits for, instead of the moment.</summary>
        public QuoteNeed? Need { get; init; }

        /// <summary>The reason with its figures, where it has some.</summary>
        public OrderFact.BackedOff Facts => new(Why.Code)
        {
            Quoted = Why switch { OrderError.PriceImpact impact => impact.Quoted, OrderError.BelowMin below => below.Quoted, _ => null },
            Believed = (Why as OrderError.PriceImpact)?.Believed,
            MinAmountOut = Why switch { OrderError.PriceImpact impact => impact.Min, OrderError.BelowMin below => below.Min, _ => null },
            MaxDeviationBps = (Why as OrderError.PriceImpact)?.MaxDeviationBps,
            SellUsd = (Why as OrderError.PriceImpact)?.SellUsd,
            BuyUsd = (Why as OrderError.PriceImpact)?.BuyUsd,
            Available = (Why as OrderError.InsufficientBalance)?.Available,
            Required = (Why as OrderError.InsufficientBalance)?.Required,
        };
    }

    /// <summary>The price is outside the limit of an order that such a price pauses.</summary>
    public sealed record PauseOutside(ClaimedSlice Claim, OrderError Why) : ExecutionPlan(Claim);

    /// <summary>Its uuid, or the account's nonce that it was sent with, was used by somebody else.</summary>
    public sealed record Spent(ClaimedSlice Claim, string Reason = "intent_already_used") : ExecutionPlan(Claim);

    /// <summary>It was asked to end, and the chain has decided all that was ever sent of it.</summary>
    public sealed record Decided(ClaimedSlice Claim) : ExecutionPlan(Claim);

    /// <summary>It can never be swapped.</summary>
    public sealed record GiveUp(ClaimedSlice Claim, SliceStatus EndAs, OrderError Why) : ExecutionPlan(Claim);
}
