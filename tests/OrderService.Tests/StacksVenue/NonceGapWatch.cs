namespace OrderService.Tests.StacksVenue;

/// <summary>
/// Looks all the while for nonces that are missing before others that wait in the mempool, and counts for how many blocks each holds them
/// up.
/// </summary>
internal sealed class NonceGapWatch : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(30);

    private readonly DevnetProcess _devnet;
    private readonly string[] _accounts;
    private readonly CancellationTokenSource _over = new();
    private readonly Dictionary<(string Account, long Nonce), long> _open = [];
    private readonly List<Gap> _gaps = [];
    private readonly Task _loop;
    private long _looks;

    public NonceGapWatch(DevnetProcess devnet, IEnumerable<string> accounts)
    {
        (_devnet, _accounts) = (devnet, [.. accounts]);
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>Every gap that there was, when the watch is over.</summary>
    public IReadOnlyList<Gap> Gaps => _gaps;

    /// <summary>How often every account was looked at.</summary>
    public long Looks => Interlocked.Read(ref _looks);

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _loop;
        _over.Dispose();
    }

    private async Task LoopAsync()
    {
        while (!_over.IsCancellationRequested)
        {
            foreach (var account in _accounts) await LookAsync(account);
            Interlocked.Increment(ref _looks);
            await Task.Delay(Pause);
        }
    }

    private async Task LookAsync(string account)
    {
        // A block may come in between, so a gap counts as old as it is at least: open since the later look, closed at the earlier one.
        var (earlier, _) = await _devnet.TipAsync();
        var (next, waiting) = await _devnet.NoncesAsync(account);
        var (later, _) = await _devnet.TipAsync();
        HashSet<long> missing = waiting.Count == 0
            ? [] : [.. Enumerable.Range(0, (int)(waiting.Max() - next)).Select(i => next + i).Except(waiting)];
        foreach (var (key, began) in _open.Where(gap => gap.Key.Account == account && !missing.Contains(gap.Key.Nonce)).ToArray())
        {
            _open.Remove(key);
            _gaps.Add(new Gap(account, key.Nonce, earlier - began));
        }
        foreach (var nonce in missing) _open.TryAdd((account, nonce), later);
    }

    /// <summary>One nonce that held up others: for how many blocks.</summary>
    internal sealed record Gap(string Account, long Nonce, long Blocks);
}
