using OrderService.Domain.Orders;
using OrderService.Engine.Clock;
using OrderService.Engine.Workers;

namespace OrderService.Engine.Execution;

/// <summary>
/// The next moment that some slice waits for, as far as this node knows: what it stored or changed itself, and what its last look at the
/// book showed. What another node stores is seen by the next beat.
/// </summary>
internal sealed class NextWake : WorkerSignal
{
    private static readonly TimeSpan WaitMax = TimeSpan.FromHours(1); // a timer waits for weeks at most, and a moment may be years away

    private long _at = long.MaxValue;

    /// <summary>Some slice waits for this moment, if for any.</summary>
    public void See(DateTimeOffset? moment)
    {
        if (moment is not { UtcTicks: var at }) return;
        for (var known = Volatile.Read(ref _at); at < known;)
        {
            var was = Interlocked.CompareExchange(ref _at, at, known);
            if (was == known)
            {
                Set();
                return;
            }
            known = was;
        }
    }

    /// <summary>The slices of this order wait for their moments.</summary>
    public void See(Order order) => See(order.Slices is [var only] ? only.WakeAt : order.Slices.Min(slice => slice.WakeAt));

    /// <summary>All that is known is being looked at: what is seen from here on is new.</summary>
    public void Forget() => Interlocked.Exchange(ref _at, long.MaxValue);

    /// <summary>Comes back when the moment has come.</summary>
    public async Task WaitAsync(TimeProvider time, CancellationToken token)
    {
        while (true)
        {
            var left = time.RealSpan(TimeSpan.FromTicks(Volatile.Read(ref _at) - time.GetUtcNow().UtcTicks));
            if (left <= TimeSpan.Zero) return;
            // Timers count whole milliseconds: one that is early would find nothing due.
            await WaitAsync(left < WaitMax ? TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)) : WaitMax, time, token);
        }
    }
}
