using System.Collections.Concurrent;

namespace OrderService.Engine.Execution;

/// <summary>
/// What this process is executing at this moment: claims whose lease it renews, and first sends that no other node need repeat, while it
/// lives.
/// </summary>
internal sealed class WorkInHand
{
    private readonly ConcurrentDictionary<ClaimedSlice, bool> _claims = new();
    private readonly ConcurrentDictionary<long, bool> _sends = new();

    public IReadOnlyCollection<ClaimedSlice> Claims => [.. _claims.Keys];

    /// <summary>Ids of attempts.</summary>
    public IReadOnlyCollection<long> Sends => [.. _sends.Keys];

    /// <summary>Until disposed.</summary>
    public IDisposable Hold(IReadOnlyList<ClaimedSlice> claims) => new Held<ClaimedSlice>(_claims, claims);

    /// <inheritdoc cref="Hold(IReadOnlyList{ClaimedSlice})"/>
    public IDisposable Hold(IReadOnlyList<long> sends) => new Held<long>(_sends, sends);

    private sealed class Held<T> : IDisposable where T : notnull
    {
        private readonly ConcurrentDictionary<T, bool> _all;
        private readonly IReadOnlyList<T> _mine;

        public Held(ConcurrentDictionary<T, bool> all, IReadOnlyList<T> mine)
        {
            (_all, _mine) = (all, mine);
            foreach (var one in mine) all[one] = true;
        }

        public void Dispose()
        {
            foreach (var one in _mine) _all.TryRemove(one, out _);
        }
    }
}
