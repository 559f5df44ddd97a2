using System.Diagnostics;

namespace OrderService.Engine.Telemetry;

/// <summary>
/// Asks every check at once, a second at most. The answer holds for a moment, so that asking often does not load the database.
/// </summary>
internal sealed class Readiness(IEnumerable<ReadinessCheck> checks) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Held = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim _one = new(1);
    private ReadinessReport? _last;
    private long _at;

    public async Task<ReadinessReport> AskAsync(CancellationToken token)
    {
        await _one.WaitAsync(token);
        try
        {
            if (_last is not null && Stopwatch.GetElapsedTime(_at) < Held) return _last;
            var results = await Task.WhenAll(checks.Select(check => AskAsync(check, token)));
            (_last, _at) = (new ReadinessReport(results.All(r => r.Result.IsReady), results.ToDictionary(r => r.Name, r => r.Result)),
                Stopwatch.GetTimestamp());
            return _last;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    // An exception's text may hold names of hosts and users; whoever runs the service finds it in the log of the part that failed.
    private static async Task<(string Name, ReadinessResult Result)> AskAsync(ReadinessCheck check, CancellationToken token)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(Timeout);
        try
        {
            return (check.Name, await check.Check(limit.Token).WaitAsync(limit.Token));
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            return (check.Name, new ReadinessResult(false, "no answer within a second"));
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return (check.Name, new ReadinessResult(false, $"failed with {failure.GetType().Name}"));
        }
    }
}

/// <summary>All checks of one moment.</summary>
internal sealed record ReadinessReport(bool IsReady, IReadOnlyDictionary<string, ReadinessResult> Checks);
