using System.Collections.Concurrent;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Execution;

/// <summary>
/// When what waits for its account looks again: one after the other, at most so many a second for an account, none sooner than after a
/// second nor later than after a minute. So that a thousand orders that wait for one account cost what twenty do. Memory only: another node
/// spreads its own.
/// </summary>
internal sealed class CallWaits(TimeProvider time)
{
    private const int AccountsMax = 10_000;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<StacksAddress, DateTimeOffset> _last = new();

    /// <summary>True where something waited for the account within the last minute, or does still.</summary>
    public bool Waited(StacksAddress account) => _last.TryGetValue(account, out var last) && last + Longest > time.GetUtcNow();

    /// <summary>How long the next one waits.</summary>
    public TimeSpan PauseOf(StacksAddress account)
    {
        var now = time.GetUtcNow();
        if (_last.Count > AccountsMax) foreach (var past in _last.Where(last => last.Value < now)) _last.TryRemove(past);
        var at = _last.AddOrUpdate(account, now + First,
            (_, last) => last + Apart is var behind && behind < now + First
                ? now + First : behind < now + Longest ? behind : now + Longest);
        return at - now;
    }
}
