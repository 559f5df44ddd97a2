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
    /// <summary>
    /// True where the nonce that the slice was sent with before is decided, so that its account takes the next one for it.
    /// </summary>
    public bool TakesNext { get; init; }

    /// <summary>True where a transaction comes of it.</summary>
    public bool Sends => this is Swap or Spend;

    /// <summary>What its transaction costs.</summary>
    public TokenAmount Cost => this switch
    {
        Swap swap => swap.Fee,
        Spend spend => spend.Fee,
        _ => throw new System.Diagnostics.UnreachableException($"{GetType().Name} sends nothing"),
    };

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
        public OrderFact.BackedOff Facts => FactsOf(Why);

        /// <summary>A reason with its figures, where it has some.</summary>
        public static OrderFact.BackedOff FactsOf(OrderError why) => why switch
        {
            OrderError.PriceImpact e => new(e.Code)
            {
                Quoted = e.Quoted, Believed = e.Believed, MinAmountOut = e.Min, MaxDeviationBps = e.MaxDeviationBps, SellUsd = e.SellUsd,
                BuyUsd = e.BuyUsd,
            },
            OrderError.BelowMin e => new(e.Code) { Quoted = e.Quoted, MinAmountOut = e.Min },
            OrderError.InsufficientBalance e => new(e.Code) { Available = e.Available, Required = e.Required },
            _ => new(why.Code),
        };
    }

    /// <summary>Another leg of its group has the slot.</summary>
    public sealed record GiveWay(ClaimedSlice Claim) : ExecutionPlan(Claim);

    /// <summary>The price is outside the limit of an order that such a price pauses.</summary>
    public sealed record PauseOutside(ClaimedSlice Claim, OrderError Why) : ExecutionPlan(Claim);

    /// <summary>Its uuid, or the account's nonce that it was sent with, was used by somebody else.</summary>
    public sealed record Spent(ClaimedSlice Claim, string Reason = "intent_already_used") : ExecutionPlan(Claim);

    /// <summary>It was asked to end, and the chain has decided all that was ever sent of it.</summary>
    public sealed record Decided(ClaimedSlice Claim) : ExecutionPlan(Claim);

    /// <summary>It can never be swapped.</summary>
    public sealed record GiveUp(ClaimedSlice Claim, SliceStatus EndAs, OrderError Why) : ExecutionPlan(Claim);
}
