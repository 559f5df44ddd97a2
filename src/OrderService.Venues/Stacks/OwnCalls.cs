using System.Diagnostics;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Clarity;
using OrderService.Stacks.Transactions;
using OrderService.Venues.Stacks.Routes;

namespace OrderService.Venues.Stacks;

/// <summary>
/// What a managed account calls itself, sponsored by an account that pays: <c>swap-N</c> and <c>noop</c> of the order router, and transfers
/// to its owner. In Deny mode the account sends exactly what is sold or transferred.
/// </summary>
internal static class OwnCalls
{
    /// <summary>The function that does nothing.</summary>
    public const string Noop = "noop";

    /// <summary>The name of the function that sells along so many hops.</summary>
    public static string FunctionOf(RouterCall.OwnSwap swap) => $"swap-{swap.Quote.Hops.Count}";

    /// <summary>The call on the account's nonce; who sponsors it pays the fee on this one.</summary>
    public static UnsignedTransaction Of(RouterCall call, VaultSnapshot vaults, StacksChain chain, ulong nonce, ulong fee)
    {
        var origin = call.Origin ?? throw new UnreachableException($"no account calls {call.GetType().Name}");
        var router = chain.OrderRouter ?? throw new UnreachableException("accounts call nothing where no contract is set");
        var (payload, conditions) = call switch
        {
            RouterCall.OwnSwap swap => (SwapOf(swap, vaults, router), SwapGuards.OfOwn(swap, vaults, router)),
            RouterCall.Noop => (new TransactionPayload.ContractCall(router, Noop, []), []),
            RouterCall.OwnTransfer transfer => TransferOf(transfer, vaults, origin.Signer.Account),
            _ => throw new UnreachableException($"unknown call {call.GetType()}"),
        };
        return new UnsignedTransaction(chain.Network, origin.Nonce, 0, payload, conditions, Sponsor: new Sponsorship(nonce, fee));
    }

    private static TransactionPayload.ContractCall SwapOf(RouterCall.OwnSwap swap, VaultSnapshot vaults, ContractId router)
    {
        var hops = swap.Quote.Hops;
        var paid = new ClarityValue.Tuple(
            new TupleEntry("min-out", new ClarityValue.UInt(swap.MinAmountOut.Units)),
            new TupleEntry("to", new ClarityValue.PrincipalValue(swap.Recipient)),
            new TupleEntry("token", StacksCalls.Contract(vaults.ContractOf(hops[^1].TokenOut))));
        return new TransactionPayload.ContractCall(router, FunctionOf(swap),
            [new ClarityValue.UInt(swap.Quote.AmountIn.Units), StacksCalls.Contract(vaults.ContractOf(hops[0].TokenIn)),
                .. StacksCalls.HopsOf(swap.Quote), paid]);
    }

    // A transfer of STX moves what it says, and no post-condition is looked at.
    private static (TransactionPayload, IReadOnlyList<PostCondition>) TransferOf(
        RouterCall.OwnTransfer transfer, VaultSnapshot vaults, StacksAddress account)
    {
        var to = Principal.From(transfer.Recipient);
        if (vaults.Canonical(transfer.Token) == TokenId.Stx)
            return (new TransactionPayload.TokenTransfer(to, (ulong)transfer.Amount.Units), []);
        var call = new TransactionPayload.ContractCall(vaults.ContractOf(transfer.Token), "transfer",
            [new ClarityValue.UInt(transfer.Amount.Units), new ClarityValue.PrincipalValue(Principal.From(account)),
                new ClarityValue.PrincipalValue(to), new ClarityValue.None()]);
        return (call, [SwapGuards.Exactly(transfer.Token, transfer.Amount, vaults)]);
    }
}
