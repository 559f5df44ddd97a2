using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using OrderService.Domain.Ports;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Clarity;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;
using OrderService.Stacks.Transactions;
using OrderService.Venues.Stacks.Routes;

namespace OrderService.Venues.Stacks;

/// <summary>
/// The contract calls of this service, by the interface of the router (<c>x-swap-N</c>), of the verifier (<c>execute</c>, <c>check</c>,
/// <c>hash</c>) and of subnet tokens (<c>x-transfer</c>, <c>get-balance</c>); and what accounts call themselves, in <see cref="OwnCalls"/>.
/// </summary>
internal sealed class StacksCalls(StacksChain chain)
{
    /// <summary>The call and what must hold of it.</summary>
    public UnsignedTransaction Of(RouterCall call, VaultSnapshot vaults, ulong nonce, ulong fee) => call switch
    {
        RouterCall.Swap swap => new(chain.Network, nonce, fee, SwapOf(swap, vaults), SwapGuards.Of(swap, vaults, chain.Router)),
        RouterCall.Spend spend => new(chain.Network, nonce, fee, SpendOf(spend.Intent), []),
        // the ledger of a subnet is seen by no condition
        RouterCall.Transfer transfer => new(chain.Network, nonce, fee, TransferOf(transfer.Intent), []),
        _ => OwnCalls.Of(call, vaults, chain, nonce, fee),
    };

    /// <summary>The name of the function that such a call calls.</summary>
    public static string FunctionOf(RouterCall call) => call switch
    {
        RouterCall.Swap swap => $"x-swap-{swap.Quote.Hops.Count}",
        RouterCall.Spend => "execute",
        RouterCall.Transfer => "x-transfer",
        RouterCall.OwnSwap swap => OwnCalls.FunctionOf(swap),
        RouterCall.Noop => OwnCalls.Noop,
        RouterCall.OwnTransfer => "transfer",
        _ => throw new UnreachableException($"unknown call {call.GetType()}"),
    };

    /// <summary>The arguments of the verifier's <c>check</c>.</summary>
    public static IReadOnlyList<ClarityValue> CheckOf(string uuid) => [new ClarityValue.StringAscii(uuid)];

    /// <summary>The arguments of the verifier's <c>hash</c>, which answers what a wallet signs.</summary>
    public static IReadOnlyList<ClarityValue> HashOf(TransferIntent intent) =>
    [
        new ClarityValue.PrincipalValue(Principal.From(intent.Token)), new ClarityValue.StringAscii(TransferIntent.Name),
        new ClarityValue.None(),
        ClarityValue.Optional(intent.Amount), ClarityValue.Optional(new ClarityValue.PrincipalValue(intent.Target)),
        new ClarityValue.StringAscii(intent.Uuid),
    ];

    /// <summary>The arguments of a token's <c>get-balance</c>.</summary>
    public static IReadOnlyList<ClarityValue> BalanceOf(StacksAddress holder) => [new ClarityValue.PrincipalValue(Principal.From(holder))];

    /// <summary>The uuid that a transaction of this service carries; false for one that carries none.</summary>
    public static bool TryReadUuid(ReadOnlySpan<byte> raw, [NotNullWhen(true)] out string? uuid)
    {
        uuid = null;
        if (!SignedTransaction.TryRead(raw, out var transaction) || transaction.Content.Payload is not TransactionPayload.ContractCall call)
            return false;
        uuid = call.Arguments switch
        {
            [ClarityValue.Tuple sold, ..] when sold["uuid"] is ClarityValue.StringAscii text => text.Value,
            [.., ClarityValue.StringAscii text] => text.Value,
            [ClarityValue.Buffer, ClarityValue.UInt, ClarityValue.StringAscii text, ClarityValue.PrincipalValue] => text.Value,
            _ => null,
        };
        return uuid is not null;
    }

    private TransactionPayload.ContractCall SwapOf(RouterCall.Swap swap, VaultSnapshot vaults)
    {
        var intent = swap.Intent.Intent;
        var sold = new ClarityValue.Tuple(
            new TupleEntry("amount", new ClarityValue.UInt(intent.Amount)), new TupleEntry("signature", Bytes(swap.Intent.Signature)),
            new TupleEntry("token", Contract(intent.Token)), new TupleEntry("uuid", new ClarityValue.StringAscii(intent.Uuid)));
        var hops = HopsOf(swap.Quote);
        var paid = new ClarityValue.Tuple(
            new TupleEntry("to", new ClarityValue.PrincipalValue(swap.Recipient)),
            new TupleEntry("token", Contract(vaults.ContractOf(swap.Quote.Hops[^1].TokenOut))));
        return new(chain.Router, FunctionOf(swap), [sold, .. hops, paid]);
    }

    internal static IEnumerable<ClarityValue> HopsOf(Quote quote) => quote.Hops.Select(hop => new ClarityValue.Tuple(
        new TupleEntry("opcode", new ClarityValue.Buffer(new[] { hop.Opcode })), new TupleEntry("vault", Contract(hop.Vault))));

    internal static ClarityValue.PrincipalValue Contract(ContractId contract) => new(Principal.From(contract));

    // Called by an account and not by a token, the verifier recovers somebody else from the signature; but it uses up the uuid, which is
    // the point.
    private TransactionPayload.ContractCall SpendOf(VerifiedIntent verified)
    {
        var intent = verified.Intent;
        return new(chain.Verifier, "execute",
        [
            Bytes(verified.Signature), new ClarityValue.StringAscii(TransferIntent.Name), new ClarityValue.None(),
            ClarityValue.Optional(intent.Amount),
            ClarityValue.Optional(new ClarityValue.PrincipalValue(intent.Target)), new ClarityValue.StringAscii(intent.Uuid),
        ]);
    }

    private static TransactionPayload.ContractCall TransferOf(VerifiedIntent verified)
    {
        var intent = verified.Intent;
        return new(intent.Token, "x-transfer",
            [Bytes(verified.Signature), new ClarityValue.UInt(intent.Amount), new ClarityValue.StringAscii(intent.Uuid),
                new ClarityValue.PrincipalValue(intent.Target)]);
    }

    private static ClarityValue.Buffer Bytes(in RecoverableSignature signature)
    {
        var bytes = new byte[RecoverableSignature.Size];
        signature.CopyRsvTo(bytes);
        return new(bytes);
    }
}
