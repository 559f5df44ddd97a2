using System.Collections.Concurrent;
using OrderService.Domain;

namespace OrderService.Engine.Orders;

/// <summary>
/// Lets few searches at a time to the store, and of one owner fewer: each is bounded, and many together would still be others' connections
/// and time.
/// </summary>
internal sealed class SearchGate
{
    /// <summary>How long one search may take.</summary>
    public const int SecondsMax = 1;

    private const int PerOwnerMax = 2;
    private const int Max = 6;

    private readonly ConcurrentDictionary<string, int> _running = new(StringComparer.Ordinal);
    private int _all;

    /// <summary>Runs a search, or refuses it where as many are running as may.</summary>
    public async Task<Result<T>> RunAsync<T>(string owner, Func<Task<Result<T>>> search)
    {
        var (own, all) = (_running.AddOrUpdate(owner, 1, (_, count) => count + 1), Interlocked.Increment(ref _all));
        try
        {
            return own > PerOwnerMax || all > Max
                ? new OrderError.TooMany("too_many_requests", "As many searches are running as may at once", TimeSpan.FromSeconds(1))
                : await search();
        }
        finally
        {
            Interlocked.Decrement(ref _all);
            if (_running.AddOrUpdate(owner, 0, (_, count) => count - 1) == 0) _running.TryRemove(new(owner, 0));
        }
    }
}
