using System.Threading.Channels;

namespace OrderService.Engine.Workers;

/// <summary>Wakes a worker before its pause is over. A lost signal costs delay, never correctness.</summary>
internal abstract class WorkerSignal
{
    private readonly Channel<bool> _pulse =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => _pulse.Writer.TryWrite(true);

    /// <summary>Waits for as long as it takes.</summary>
    public async Task WaitAsync(CancellationToken token) => await _pulse.Reader.ReadAsync(token);

    public async Task WaitAsync(TimeSpan pause, TimeProvider time, CancellationToken token)
    {
        using var over = new CancellationTokenSource(pause, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token, over.Token);
        try
        {
            await _pulse.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
        }
    }
}
