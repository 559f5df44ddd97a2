using Microsoft.Extensions.Options;
using OrderService.Domain;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Auth;

/// <summary>What of an owner is counted, whoever does it for him: his wallet, or any of his keys, from any address.</summary>
internal enum OwnerUse
{
    /// <summary>Orders that are made.</summary>
    Creates,

    /// <summary>What else changes something.</summary>
    Calls,

    /// <summary>What ends orders: no amount of anything else stands in the way of it.</summary>
    Cancels,

    /// <summary>What only reads.</summary>
    Reads,
}

/// <summary>A budget of an owner's behind one use of it, by the name that callers know.</summary>
internal readonly record struct OwnerBudget(string Name, long Limit, long Left, TimeSpan Resets);

/// <summary>
/// Counts what owners do, once it is proven that they do it: nobody uses up what is another's. Each process counts for itself.
/// </summary>
internal sealed class OwnerBudgets(IOptions<LimitsOptions> options, TimeProvider time)
{
    private readonly MinuteMeter<StacksAddress> _meter = new(time);

    /// <summary>Told of each use that is counted, on the caller's way.</summary>
    public event Action<OwnerBudget>? Counted;

    /// <summary>What an action is counted as; null for one that is counted where it is done.</summary>
    public static OwnerUse? UseOf(string action) =>
        action == WalletActions.CreateOrder
            ? null : WalletActions.IsCancel(action) ? OwnerUse.Cancels : WalletActions.IsReadOnly(action) ? OwnerUse.Reads : OwnerUse.Calls;

    /// <summary>Counts one use, or says why it must wait.</summary>
    public OrderError? Take(StacksAddress owner, OwnerUse use)
    {
        var limits = options.Value;
        var (name, most) = use switch
        {
            OwnerUse.Creates => ("owner-creates", limits.CreatesPerMinutePerOwner),
            OwnerUse.Cancels => ("owner-cancels", limits.CallsPerMinutePerOwner),
            OwnerUse.Reads => ("owner-reads", limits.ReadsPerMinutePerOwner),
            _ => ("owner-calls", limits.CallsPerMinutePerOwner),
        };
        if (most == 0) return null;
        var left = _meter.Take(owner, name, most, count: 1);
        Counted?.Invoke(new OwnerBudget(name, most, left.Left, left.Resets));
        return left.Passes
            ? null
            : new OrderError.TooMany("rate_limit_exceeded",
                $"Rate limit exceeded: this wallet has used up its {most} of {name} in a minute", left.Resets);
    }
}
