using OrderService.Domain.Ports;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Messages;

namespace OrderService.Engine.Execution;

/// <summary>What may move a slice's funds: a verified intent, or a call that its account signs itself when its nonce is known.</summary>
internal abstract record SliceAuthority
{
    /// <summary>The swap that it allows.</summary>
    public abstract RouterCall.Swapping Swap(Principal recipient, Quote quote, Domain.Amounts.TokenAmount least);

    /// <summary>What makes sure that nothing that was sent by it can still swap.</summary>
    public abstract RouterCall Spend();

    /// <summary>An intent, whose uuid the chain takes once.</summary>
    public sealed record ByIntent(VerifiedIntent Intent) : SliceAuthority
    {
        public override RouterCall.Swapping Swap(Principal recipient, Quote quote, Domain.Amounts.TokenAmount least) =>
            new RouterCall.Swap(Intent, recipient, quote, least);

        public override RouterCall Spend() => new RouterCall.Spend(Intent);
    }

    /// <summary>A call of the account's own, whose nonce the chain takes once.</summary>
    public sealed record ByCall(CallOrigin Origin) : SliceAuthority
    {
        public override RouterCall.Swapping Swap(Principal recipient, Quote quote, Domain.Amounts.TokenAmount least) =>
            new RouterCall.OwnSwap(recipient, quote, least) { Origin = Origin };

        public override RouterCall Spend() => new RouterCall.Noop { Origin = Origin };
    }
}
