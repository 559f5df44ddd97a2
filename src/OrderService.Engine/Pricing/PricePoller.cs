using Microsoft.Extensions.Options;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Clock;

namespace OrderService.Engine.Pricing;

/// <summary>
/// One look at the prices. On the node that asks for all it is a poll: it asks all sources at once, lets the gate judge, publishes to the
/// board, and then writes down what the others are to believe, and the history. A source that fails takes nothing from the others. Between
/// two polls a stream's word is judged again with the last answers of the others. On any other node it is a look at what that one wrote.
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
    private readonly PriceLead _lead;
    private readonly SharedPrices _shared;
    private readonly Func<PriceGate> _newGate;
    private PriceGate _gate;
    private readonly HashSet<TokenId> _lookedUp = [];
    private readonly SemaphoreSlim _poll = new(1); // so that an answer is never judged before one that was asked for earlier
    private readonly SemaphoreSlim _gateOne = new(1); // the gate judges one at a time, and waits for no source
    private IReadOnlyList<SourceOutcome>? _answers; // of the last poll
    private volatile Judged? _judged;
    private IReadOnlyCollection<BelievedPrice> _points = []; // of the last poll, for the history

    public PricePoller(
        IEnumerable<IPriceSource> sources, Func<IReadOnlyCollection<TokenId>> tokens, PriceBoard board, PriceHistory history,
        PriceLead lead, SharedPrices shared, PricingTelemetry telemetry, TimeProvider time, IOptions<PricingOptions> options,
        ISecondOpinion? opinion = null)
    {
        (_tokens, _board, _history, _telemetry, _time, _options) = (tokens, board, history, telemetry, time, options.Value);
        (_lead, _shared) = (lead, shared);
        var all = sources.ToList();
        (_asked, _pushed) = ([.. all.Where(source => source is not KrakenTicker)], [.. all.OfType<KrakenTicker>()]);
        _newGate = () => Expecting(new PriceGate(_options, opinion));
        _gate = _newGate();
        if (all.GroupBy(source => source.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new InvalidOperationException($"two price sources are named '{twice.Key}'");
        foreach (var source in all) telemetry.SourceKnown(source.Name);
    }

    private sealed record Judged(PriceState State, IReadOnlyList<HeldJump> Jumps);

    /// <summary>Looks, and writes down what came of it. Throws only when cancelled.</summary>
    public async Task PollAsync(CancellationToken token)
    {
        await LookAsync(token);
        await WriteAsync(token);
    }

    /// <summary>
    /// Asks the sources and judges where that is this node's to do, else takes what another node believes. Throws only when cancelled.
    /// </summary>
    public async Task LookAsync(CancellationToken token)
    {
        await _poll.WaitAsync(token);
        try
        {
            if (!await _lead.HoldsAsync(token)) await _shared.FollowAsync(token);
            else if (_shared.IsOurs || await BeginAsync(token)) await AskAllAsync(token);
            _lead.Looked();
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
    public async Task JudgeAgainAsync(CancellationToken token)
    {
        if (_shared.IsOurs && await _lead.HoldsAsync(token)) await JudgeAsync(Tokens(), null, token);
    }

    /// <summary>Writes down what was judged last, for the other nodes and for later. Throws only when cancelled.</summary>
    public async Task WriteAsync(CancellationToken token)
    {
        if (_judged is { } last) await _shared.WriteAsync(last.State, last.Jumps, Interlocked.Exchange(ref _points, []), token);
    }

    public void Dispose()
    {
        _poll.Dispose();
        _gateOne.Dispose();
    }

    private async Task AskAllAsync(CancellationToken token)
    {
        var tokens = Tokens();
        var answers = await Task.WhenAll(_asked.Select(source => AskAsync(source, tokens, token)));
        _points = await JudgeAsync(tokens, answers, token);
        _telemetry.Polled();
    }

    // Goes on where whoever asked before left off: a jump that was held is not held anew, and none is believed because nobody remembers.
    private async Task<bool> BeginAsync(CancellationToken token)
    {
        await _gateOne.WaitAsync(token);
        try
        {
            if (await _shared.BeginAsync(token) is not { } jumps) return false;
            _gate = _newGate();
            _gate.GoOn(jumps, _time.GetUtcNow());
            foreach (var price in _board.State.Believed.Values)
            {
                foreach (var name in price.Sources.Split(',').Where(name => _asked.Concat(_pushed).Any(source => source.Name == name)))
                    _gate.Recall(name, price.Token);
            }
            _lookedUp.Clear();
            (_answers, _judged) = (null, null);
            return true;
        }
        finally
        {
            _gateOne.Release();
        }
    }

    private PriceGate Expecting(PriceGate gate)
    {
        foreach (var http in _asked.OfType<HttpPriceSource>()) gate.Expect(http.Name, http.Mapped.Select(_board.PricedAs));
        foreach (var stream in _pushed) gate.Expect(stream.Name, stream.Mapped.Select(_board.PricedAs));
        return gate;
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
            _judged = new Judged(_board.State, _gate.HeldJumps);
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
            var now = _time.GetUtcNow();
            await foreach (var (at, id, price) in _history.WalkAsync(unknown, now - JumpWatch.Window, now, token))
                _gate.Remember(id, price, at);
            _lookedUp.UnionWith(unknown);
        }
        catch (Exception fault) when (!token.IsCancellationRequested)
        {
            _telemetry.HistoryFailed(fault);
        }
    }
}
