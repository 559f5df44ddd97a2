using System.Diagnostics;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Transactions;
using OrderService.Venues.Stacks.Routes;

namespace OrderService.Venues.Stacks;

/// <summary>
/// The post-conditions of a swap. The router takes no minimum, so the last vault and the router must each send at least the min amount out,
/// or the chain aborts. In Deny mode every other movement must be named too; those in between are named without an amount, because a hop
/// that pays a little less is nobody's loss while the end is what was promised. Subnet ledgers cannot be seen and are left out.
/// </summary>
internal static class SwapGuards
{
    /// <summary>The same of a swap that an account calls itself, which sends exactly what it sells.</summary>
    public static IReadOnlyList<PostCondition> OfOwn(RouterCall.OwnSwap swap, VaultSnapshot vaults, ContractId router) =>
        [Exactly(swap.Quote.Hops[0].TokenIn, swap.Quote.AmountIn, vaults), .. Of(swap, vaults, router)];

    /// <summary>
    /// The origin sends so much of a token, no more and no less. A token that no condition can watch, and an amount beyond 64 bits, throw:
    /// an account sells and sends neither.
    /// </summary>
    public static PostCondition Exactly(TokenId id, TokenAmount amount, VaultSnapshot vaults)
    {
        if (vaults.FindToken(id) is not { } token || !CanWatch(token) || amount.Units > ulong.MaxValue)
            throw new UnreachableException($"no condition can watch {amount} of {id}");
        return token.AssetName is { } asset && token.Id.IsContract(out var contract)
            ? new PostCondition.Fungible(null, new AssetId(contract.Value, asset), FungibleCondition.Equal, (ulong)amount.Units)
            : new PostCondition.Stx(null, FungibleCondition.Equal, (ulong)amount.Units);
    }

    /// <summary>One condition for each account and asset that moves.</summary>
    public static IReadOnlyList<PostCondition> Of(RouterCall.Swapping swap, VaultSnapshot vaults, ContractId router)
    {
        var (sender, least) = (Principal.From(router), (ulong)UInt128.Min(swap.MinAmountOut.Units, ulong.MaxValue));
        var guards = new List<PostCondition>();
        for (var i = 0; i < swap.Quote.Hops.Count; i++)
        {
            var hop = swap.Quote.Hops[i];
            Add(guards, vaults, sender, hop.TokenIn, 0);
            var payer = vaults.FindVault(hop.Vault)?.SenderOf(hop.Opcode) ?? Principal.From(hop.Vault);
            Add(guards, vaults, payer, hop.TokenOut, i == swap.Quote.Hops.Count - 1 ? least : 0);
        }
        Add(guards, vaults, sender, swap.Quote.Hops[^1].TokenOut, least);
        return guards;
    }

    /// <summary>
    /// True where conditions can be written over a token: all but the ledgers of subnets, and contracts whose asset nobody named.
    /// </summary>
    public static bool CanWatch(StacksToken? token) => token is { IsSubnet: false, CanBeGuarded: true };

    private static void Add(List<PostCondition> guards, VaultSnapshot vaults, Principal sender, TokenId id, ulong least)
    {
        if (vaults.FindToken(id) is not { } token || !CanWatch(token)) return;
        PostCondition guard = token.AssetName is { } asset && id.IsContract(out var contract)
            ? new PostCondition.Fungible(sender, new AssetId(contract.Value, asset), FungibleCondition.GreaterOrEqual, least)
            : new PostCondition.Stx(sender, FungibleCondition.GreaterOrEqual, least);
        // An account that sends the same asset twice has one condition, the stricter.
        var same = guards.FindIndex(other => WithLeast(other, 0) == WithLeast(guard, 0));
        if (same < 0) guards.Add(guard);
        else if (LeastOf(guards[same]) < least) guards[same] = guard;
    }

    private static ulong LeastOf(PostCondition guard) => guard switch
    {
        PostCondition.Fungible fungible => fungible.Amount,
        PostCondition.Stx stx => stx.Amount,
        _ => 0,
    };

    private static PostCondition WithLeast(PostCondition guard, ulong least) => guard switch
    {
        PostCondition.Fungible fungible => fungible with { Amount = least },
        PostCondition.Stx stx => stx with { Amount = least },
        _ => guard,
    };
}
