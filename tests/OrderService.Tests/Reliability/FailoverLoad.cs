using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Reliability;

/// <summary>
/// Clients of several nodes that create and cancel while the store fails over, do what a 503 tells them to, and remember what they were
/// told.
/// </summary>
internal sealed class FailoverLoad : IAsyncDisposable
{
    private const int ClientsCount = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly ServiceProcess[] _nodes;
    private readonly CancellationTokenSource _over = new();
    private readonly Task[] _clients;
    private readonly ConcurrentDictionary<string, bool> _created = new(); // whether it is due by itself
    private readonly ConcurrentDictionary<string, byte> _cancelled = new();
    private readonly ConcurrentQueue<string> _wrong = new();
    private readonly ConcurrentQueue<(long Sent, long Answered)> _successes = new();
    private long _unknown;

    public FailoverLoad(params ServiceProcess[] nodes)
    {
        _nodes = nodes;
        _clients = [.. Enumerable.Range(0, ClientsCount).Select(client => Task.Run(() => RunAsync(client, nodes[client % nodes.Length])))];
    }

    public override string ToString() =>
        $"{_created.Count} creates and {_cancelled.Count} cancels acknowledged, {Interlocked.Read(ref _unknown)} answered 503";

    /// <summary>Waits until as many more creates have been acknowledged.</summary>
    public async Task GoesOnAsync(int more)
    {
        var enough = _created.Count + more;
        await Until.Async(() => Task.FromResult(_created.Count), count => count >= enough || !_wrong.IsEmpty);
        ShouldNotBeWrong();
    }

    /// <summary>How long after a moment the first call that was made after another was answered with success.</summary>
    public TimeSpan FirstSuccess(long sentAfter, long since) =>
        Stopwatch.GetElapsedTime(since, _successes.Where(success => success.Sent > sentAfter).Min(success => success.Answered));

    /// <summary>Ends the calls, and finds in the leader's store whatever is not as it was told.</summary>
    public async Task JudgeAsync(NpgsqlDataSource store)
    {
        await DisposeAsync();
        ShouldNotBeWrong();
        await using (var analyze = store.CreateCommand("ANALYZE")) await analyze.ExecuteNonQueryAsync(); // for the questions below
        (await Verdict.LostAsync(store, _created.Keys)).ShouldBeEmpty();
        var cancelled = (await Verdict.ReadAsync(store, "SELECT uuid FROM orders WHERE status = 'cancelled'")).ToHashSet();
        _cancelled.Keys.Where(uuid => !cancelled.Contains(uuid)).ShouldBeEmpty();
        _cancelled.ShouldNotBeEmpty();
        (await Verdict.AwaitEndAsync(store, Until.Limit)).ShouldBeTrue("not everything that was due has ended");
        (await Verdict.FindAsync(store)).ShouldBeEmpty();
        var swapped = (await Verdict.ReadAsync(store, "SELECT uuid FROM simulator.swaps")).ToHashSet();
        _created.Where(order => order.Value && !swapped.Contains(order.Key)).ShouldBeEmpty();
        swapped.ShouldNotBeEmpty();
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await Task.WhenAll(_clients);
    }

    private void ShouldNotBeWrong() => _wrong.Take(5).ShouldBeEmpty(string.Join("\n\n", _nodes.Select(node => node.Output)));

    // Most wait for a call, and half of these are cancelled; every tenth is due at once.
    private async Task RunAsync(int client, ServiceProcess node)
    {
        for (var i = client; !_over.IsCancellationRequested; i++)
        {
            var (isDue, isCancelled) = (i % 10 == 0, i % 2 == 1);
            var order = isDue ? Wallet.DueOrder() : Wallet.ManualOrder();
            if (await TellsAsync(() => node.CreateAsync(order), answer => answer.Status == 200)) _created[order.Uuid] = isDue;
            else continue;
            // Where the first cancel was answered 503, it may be cancelled by it.
            if (isCancelled && await TellsAsync(() => node.CancelAsync(order.Uuid),
                answer => answer.Status == 200 || answer.Code == "order_not_open"))
            {
                _cancelled[order.Uuid] = 0;
            }
            await Task.Delay(Pause);
        }
    }

    // The same call again after a 503, for as long as the load lasts. Nothing but success and such a 503 is an answer to it.
    private async Task<bool> TellsAsync(Func<Task<Answer?>> call, Func<Answer, bool> isSuccess)
    {
        while (!_over.IsCancellationRequested)
        {
            var sent = Stopwatch.GetTimestamp();
            var answer = await call();
            if (answer is not null && isSuccess(answer))
            {
                _successes.Enqueue((sent, Stopwatch.GetTimestamp()));
                return true;
            }
            if (answer is not { Status: 503, SaysWhen: true })
            {
                _wrong.Enqueue($"answered {answer?.ToString() ?? "nothing"}");
                return false;
            }
            Interlocked.Increment(ref _unknown);
            await Task.Delay(Pause);
        }
        return false;
    }
}
