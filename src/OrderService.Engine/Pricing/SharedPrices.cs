using OrderService.Domain.Pricing;
using OrderService.Engine.Clock;

namespace OrderService.Engine.Pricing;

/// <summary>
/// How nodes believe the same: the one that asks writes what it believes, which jumps it holds and the history; the others take what it
/// wrote onto their boards. Throws only when cancelled.
/// </summary>
internal sealed class SharedPrices(
    PriceRows rows, PriceBoard board, PriceHistory history, PriceLead lead, ToldPrices told, PricingTelemetry telemetry, TimeProvider time)
    : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private long _seen; // the revision up to which a node that does not ask has taken the rows
    private volatile bool _isOurs;

    /// <summary>True where this node has gone on from the rows, and nobody else has written since.</summary>
    public bool IsOurs => _isOurs;

    /// <summary>Takes what is new of another node's; one statement, whatever the number of tokens.</summary>
    public Task FollowAsync(CancellationToken token) => OnceAsync(async () =>
    {
        if (_isOurs) _seen = 0; // what this node believed last it may not have written
        _isOurs = false;
        if (await rows.ReadAsync(_seen, token) is not { } news) return;
        board.Take(news);
        _seen = news.Revision;
    }, token);

    /// <summary>
    /// Reads what this node goes on from when it begins to ask: the board takes what was believed, and the jumps that were held are the
    /// answer. Null where the store could not be read: without them a jump would not be seen.
    /// </summary>
    public async Task<IReadOnlyList<HeldJump>?> BeginAsync(CancellationToken token)
    {
        IReadOnlyList<HeldJump>? found = null;
        await OnceAsync(async () =>
        {
            var news = await rows.ReadAsync(0, token);
            var jumps = await rows.JumpsAsync(token);
            if (news is not null) board.GoOn(news);
            told.Begin(news, jumps);
            (_isOurs, _seen, found) = (true, 0, jumps);
        }, token);
        return found;
    }

    /// <summary>Writes what is new, where this node may.</summary>
    public Task WriteAsync(
        PriceState state, IReadOnlyList<HeldJump> jumps, IReadOnlyCollection<BelievedPrice> points, CancellationToken token) =>
        OnceAsync(async () =>
        {
            if (!_isOurs) return;
            if (told.News(state, lead.Node, time.GetUtcNow()) is { } news)
            {
                if (await rows.WriteAsync(news, time.RealNow(), token) is not { } revision)
                {
                    _isOurs = false; // another asks now, or did meanwhile
                    return;
                }
                told.Wrote(news with { Revision = revision });
            }
            var (changed, over) = told.News(jumps);
            if (changed.Count + over.Count > 0) await rows.WriteJumpsAsync(lead.Node, changed, over, token);
            told.Wrote(changed, over);
            await AppendAsync(points, token);
        }, token);

    public void Dispose() => _one.Dispose();

    // The history is for reading later; a price is not worth less because it could not be written down.
    private async Task AppendAsync(IReadOnlyCollection<BelievedPrice> points, CancellationToken token)
    {
        if (points.Count == 0) return;
        try
        {
            await history.AppendAsync(points, lead.Node, token);
            telemetry.HistoryWritten();
        }
        catch (Exception fault) when (!token.IsCancellationRequested)
        {
            telemetry.HistoryFailed(fault);
        }
    }

    private async Task OnceAsync(Func<Task> act, CancellationToken token)
    {
        await _one.WaitAsync(token);
        try
        {
            await act();
            telemetry.RowsReached();
        }
        catch (Exception fault) when (!token.IsCancellationRequested)
        {
            telemetry.RowsFailed(fault);
        }
        finally
        {
            _one.Release();
        }
    }
}
