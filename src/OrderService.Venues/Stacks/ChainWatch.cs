using System.Collections.Concurrent;
using OrderService.Stacks.Addresses;
using OrderService.Venues.Stacks.Node;

namespace OrderService.Venues.Stacks;

/// <summary>
/// What was last seen of the chain: the tip, since when it is the tip, and the accounts that pay. Memory only, for health and for the age
/// of answers.
/// </summary>
internal sealed class ChainWatch(StacksNodes nodes, TimeProvider time)
{
    private static readonly TimeSpan AskedWithin = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<StacksAddress, NodeAccount> _accounts = new();
    private volatile Seen? _seen;

    /// <summary>The tip as last seen, when it was first seen, and when the node last answered; null before the first answer.</summary>
    public Seen? Last => _seen;

    /// <summary>True where the tip was not asked for in a while, as on a node that works for other accounts than the first.</summary>
    public bool IsOld => _seen is { } seen && time.GetUtcNow() - seen.AnsweredAt > AskedWithin;

    /// <summary>The accounts as last seen.</summary>
    public IReadOnlyDictionary<StacksAddress, NodeAccount> Accounts => _accounts;

    /// <summary>Asks for the tip.</summary>
    public async Task<NodeTip> TipAsync(CancellationToken token)
    {
        var tip = await nodes.TipAsync(token);
        var now = time.GetUtcNow();
        _seen = _seen is { } before && before.Tip.Hash == tip.Hash ? before with { AnsweredAt = now } : new Seen(tip, now, now);
        return tip;
    }

    /// <summary>Asks for an account.</summary>
    public async Task<NodeAccount> AccountAsync(StacksAddress address, CancellationToken token)
    {
        var account = await nodes.AccountAsync(address, token);
        _accounts[address] = account;
        return account;
    }

    /// <summary>A tip and its times.</summary>
    internal sealed record Seen(NodeTip Tip, DateTimeOffset Since, DateTimeOffset AnsweredAt);
}
