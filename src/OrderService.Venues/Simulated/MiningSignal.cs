namespace OrderService.Venues.Simulated;

/// <summary>Tells the miner of this process that something waits. A lost signal costs a poll, never a transaction.</summary>
internal sealed class MiningSignal : IDisposable
{
    private readonly SemaphoreSlim raised = new(0);

    /// <summary>Something waits.</summary>
    public void Raise()
    {
        if (raised.CurrentCount == 0) raised.Release(); // two at once may both release: one idle look at the mempool, no more
    }

    /// <summary>Returns when something waits or this time has passed.</summary>
    public Task WaitAsync(TimeSpan timeout, CancellationToken token) => raised.WaitAsync(timeout, token);

    /// <inheritdoc/>
    public void Dispose() => raised.Dispose();
}
