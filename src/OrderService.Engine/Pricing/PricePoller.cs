using Microsoft.Extensions.Options;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Clock;

namespace OrderService.Engine.Pricing;

/// <summary>
/// One poll: asks all sources at once, lets the gate judge, publishes to the board and appends to the history. A source that fails takes
/// nothing from the others. Between two polls a stream's word is judged again with the last answers of the others.
/// </summary>
internal sealed class PricePoller : IDisposable
{
    private readonly IReadOnlyList<IPriceSource> _asked;
    private readonly IReadOnlyList<KrakenTicker> _pushed;
    private readonly Func<IReadOnlyCollection<TokenId>> _tokens;
    private readonly PriceBoard _board;
    private readonly PriceHistory _history;
    private readonly PricingTelemetry _telemetry;
    private readonly TimeProvider _time;
    private readonly PricingOptions _options;
    private readonly PriceGate _gate;
    private readonly HashSet<TokenId> _lookedUp = [];
    private readonly SemaphoreSlim _poll = new(1); // so that an answer is never judged before one that was asked for earlier
    private readonly SemaphoreSlim _gateOne = new(1); // the gate judges one at a time, and waits for no source
    private IReadOnlyList<SourceOutcome>? _answers; // of the last poll

    public PricePoller(
        IEnumerable<IPriceSource> sources, Func<IReadOnlyCollection<TokenId>> tokens, PriceBoard board, PriceHistory history,
        PricingTelemetry telemetry, TimeProvider time, IOptions<PricingOptions> options, ISecondOpinion? opinion = null)
    {
        (_tokens, _board, _history, _telemetry, _time, _options) = (tokens, board, history, telemetry, time, options.Value);
        var all = sources.ToList();
        (_asked, _pushed) = ([.. all.Where(source => source is not KrakenTicker)], [.. all.OfType<KrakenTicker>()]);
        _gate = new PriceGate(_options, opinion);
        if (all.GroupBy(source => source.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new InvalidOperationException($"two price sources are named '{twice.Key}'");
        foreach (var source in all)
        {
            telemetry.SourceKnown(source.Name);
            if (source is HttpPriceSource http) _gate.Expect(http.Name, http.Mapped.Select(board.PricedAs));
            if (source is KrakenTicker stream) _gate.Expect(stream.Name, stream.Mapped.Select(board.PricedAs));
        }
    }

    /// <summary>Polls once. Throws only when cancelled.</summary>
    public async Task PollAsync(CancellationToken token)
    {
        await _poll.WaitAsync(token);
        try
        {
            var tokens = Tokens();
            var answers = await Task.WhenAll(_asked.Select(source => AskAsync(source, tokens, token)));
            var believed = await JudgeAsync(tokens, answers, token);
            _telemetry.Polled();
            await AppendAsync(believed, token);
        }
        finally
        {
            _poll.Release();
        }
    }

    /// <summary>
    /// Judges what the streams say now with what the others answered at the last poll; asks nobody. Before the first poll there is nothing
    /// to judge it by.
    /// </summary>
    public Task JudgeAgainAsync(CancellationToken token) => JudgeAsync(Tokens(), null, token);

    public void Dispose()
    {
        _poll.Dispose();
        _gateOne.Dispose();
    }

    private HashSet<TokenId> Tokens() => _tokens().Select(_board.PricedAs).Where(id => id != TokenId.Usd).ToHashSet();

    private async Task<IReadOnlyCollection<BelievedPrice>> JudgeAsync(
        HashSet<TokenId> tokens, IReadOnlyList<SourceOutcome>? answers, CancellationToken token)
    {
        await _gateOne.WaitAsync(token);
        try
        {
            if ((answers ?? _answers) is not { } others) return [];
            _answers = others;
            await RememberAsync(tokens, token);
            var pushed = await Task.WhenAll(_pushed.Select(stream => AskAsync(stream, tokens, token)));
            var now = _time.GetUtcNow();
            var readings = others.Concat(pushed).Select(outcome => outcome.Reading).OfType<SourceReading>().ToList();
            var result = _gate.Judge(readings, now, _time.PaceAhead());
            _board.Publish(result, answers is null ? pushed : [.. others, .. pushed], now);
            _telemetry.Rejected(result.Rejected);
            return result.Believed;
        }
        finally
        {
            _gateOne.Release();
        }
    }

    private async Task<SourceOutcome> AskAsync(IPriceSource source, HashSet<TokenId> tokens, CancellationToken token)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(_options.PollTimeout);
        try
        {
            var reading = await ReadAsync(source, tokens, limit.Token).WaitAsync(limit.Token);
            _telemetry.SourceAnswered(source.Name);
            return new SourceOutcome(source.Name,
                reading with { Observations = [.. reading.Observations.Where(seen => tokens.Contains(seen.Token))] }, null);
        }
        catch (Exception fault) when (!token.IsCancellationRequested)
        {
            var told = fault is OperationCanceledException ? new PriceSourceException("no answer within the time of a poll", fault) : fault;
            _telemetry.SourceFailed(source.Name, told);
            return new SourceOutcome(source.Name, null, told);
        }
    }

    private static async Task<SourceReading> ReadAsync(IPriceSource source, HashSet<TokenId> tokens, CancellationToken token) =>
        source switch
        {
            HttpPriceSource http => await http.ReadAsync(tokens, token),
            KrakenTicker stream => stream.Read(),
            _ => new SourceReading(source.Name, await source.FetchAsync(tokens, token), []),
        };

    // A restart must not be the moment at which any price is believed: jumps are measured from what was believed before it.
    private async Task RememberAsync(IEnumerable<TokenId> tokens, CancellationToken token)
    {
        var unknown = tokens.Where(id => !_lookedUp.Contains(id) && !_gate.Remembers(id)).ToList();
        if (unknown.Count == 0) return;
        try
        {
            foreach (var (id, price) in await _history.LatestAsync(unknown, token)) _gate.Remember(id, price);
            _lookedUp.UnionWith(unknown);
        }
        catch (Exception fault) when (!token.IsCancellationRequested)
        {
            _telemetry.HistoryFailed(fault);
        }
    }

    // The history is for reading later; a price is not worth less because it could not be written down.
    private async Task AppendAsync(IReadOnlyCollection<BelievedPrice> believed, CancellationToken token)
    {
        if (believed.Count == 0) return;
        try
        {
            await _history.AppendAsync(believed, token);
            _telemetry.HistoryWritten();
        }
        catch (Exception fault) when (!token.IsCancellationRequested)
        {
            _telemetry.HistoryFailed(fault);
        }
    }
}
