using OrderService.Engine.Clock;
using OrderService.Engine.Workers;

namespace OrderService.Engine.Pricing;

/// <summary>
/// Whether this node asks the price sources for all. A node that only serves gives it up to one that executes orders; one whose clock is
/// not known never has it, since how old a price is would be told wrongly to all. Set when it was taken between two beats, so that the next
/// one comes at once.
/// </summary>
internal sealed class PriceLead(WorkLeases leases, EngineClock clock, TimeProvider time, PricingTelemetry telemetry, bool yields)
    : WorkerSignal, IAsyncDisposable, IDisposable
{
    // A beat that hangs for longer than a poll may take, and this, leaves the work to others.
    private static readonly TimeSpan HangMax = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan AnswerMax = WorkLeases.Length;

    private long _lookedTicks;
    private volatile bool _isMine;
    private volatile bool _hasEnded;

    /// <summary>True where it was this node's when it last asked.</summary>
    public bool IsMine => _isMine;

    /// <summary>How the rows name this node.</summary>
    public Guid Node => leases.Node;

    /// <summary>
    /// True where it is this node's for now. While the store does not answer it stays with whoever had it: nobody can write meanwhile, and
    /// only what this node itself shows rests on it.
    /// </summary>
    public async Task<bool> HoldsAsync(CancellationToken token)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(AnswerMax);
        try
        {
            Be(!_hasEnded && clock.Held is null && await leases.HoldsAsync(PriceRows.Work, yields, limit.Token));
        }
        catch (Exception fault) when (!token.IsCancellationRequested)
        {
            telemetry.RowsFailed(fault);
        }
        return _isMine;
    }

    /// <summary>A beat has looked at the prices.</summary>
    public void Looked() => Volatile.Write(ref _lookedTicks, time.RealNow().UtcTicks);

    /// <summary>Keeps it for a node whose beats go on, or takes it for one: a beat may be rarer than a lease is long.</summary>
    public async Task KeepAsync(TimeSpan pollMax, CancellationToken token)
    {
        if (time.RealNow().UtcTicks - Volatile.Read(ref _lookedTicks) > (pollMax + HangMax).Ticks)
        {
            await LeaveAsync(token);
            return;
        }
        var had = _isMine;
        if (await HoldsAsync(token) && !had) Set();
    }

    /// <summary>Leaves it to the others for good.</summary>
    public async Task EndAsync(CancellationToken token)
    {
        _hasEnded = true;
        await LeaveAsync(token);
    }

    public async ValueTask DisposeAsync() => await EndAsync(CancellationToken.None);

    public void Dispose() => _hasEnded = true; // the lease ends by itself

    private async Task LeaveAsync(CancellationToken token)
    {
        if (!_isMine) return;
        Be(false);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(AnswerMax);
        try
        {
            await leases.ReleaseAsync(PriceRows.Work, limit.Token);
        }
        catch (Exception fault) when (!token.IsCancellationRequested)
        {
            telemetry.RowsFailed(fault); // it ends by itself
        }
    }

    private void Be(bool isMine)
    {
        if (_isMine != isMine) telemetry.Asks(isMine);
        _isMine = isMine;
    }
}
