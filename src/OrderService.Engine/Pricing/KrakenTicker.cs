using System.Collections.Frozen;
using System.Text.Json;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;

namespace OrderService.Engine.Pricing;

/// <summary>
/// The last word of Kraken's stream on each token. A last trade stands until there is another, so while the stream is heard, be it by a
/// heartbeat, a price is as old as the last word of any kind; one that was late itself stays as old as it says. When the stream is lost,
/// its words are.
/// </summary>
internal sealed class KrakenTicker : IPriceSource
{
    public const string SourceName = "kraken-stream";

    private static readonly TimeSpan TradeAgeMax = TimeSpan.FromDays(1); // Kraken vouches for the last trade of a day only

    private readonly FrozenDictionary<string, TokenId> _tokens;
    private readonly PriceReader _reader =
        new(new HttpPriceSourceOptions { PricePath = "last", TimePath = "timestamp", TimeUnit = TimeUnit.Iso8601 });
    private readonly TimeProvider _time;
    private readonly TimeSpan _lateAfter;
    private readonly Lock _lock = new();
    private readonly Dictionary<TokenId, Word> _words = [];
    private PriceSourceException? _fault = new("not connected yet");
    private DateTimeOffset _heardAt;

    public KrakenTicker(KrakenStreamOptions options, TimeSpan staleAfter, TimeProvider time)
    {
        _tokens = options.TokenMap.DistinctBy(pair => pair.Value)
            .ToFrozenDictionary(pair => pair.Value, pair => TokenId.Parse(pair.Key), StringComparer.Ordinal);
        (_time, _lateAfter) = (time, options.StaleAfter ?? staleAfter);
    }

    private readonly record struct Word(PriceObservation? Seen, PriceRejection? Refused, bool Stands);

    /// <inheritdoc/>
    public string Name => SourceName;

    /// <summary>The tokens that its options name.</summary>
    public IEnumerable<TokenId> Mapped => _tokens.Values;

    /// <summary>What is to be subscribed to.</summary>
    public IEnumerable<string> Symbols => _tokens.Keys.Order(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PriceObservation>> FetchAsync(IReadOnlyCollection<TokenId> tokens, CancellationToken token) =>
        Task.FromResult(Read().Observations);

    /// <summary>
    /// All that it stands by now. Asks nobody; throws a <see cref="PriceSourceException"/> while the stream is not there.
    /// </summary>
    public SourceReading Read()
    {
        lock (_lock)
        {
            if (_fault is { } fault) throw new PriceSourceException(fault.Message, fault);
            return new SourceReading(
                Name, [.. _words.Values.Where(word => word.Seen is not null).Select(Aged)],
                [.. _words.Values.Select(word => word.Refused).OfType<PriceRejection>()]);
        }
    }

    /// <summary>
    /// Takes one message; true where it changes what is said of a token. Throws a <see cref="PriceSourceException"/> where it cannot be
    /// read.
    /// </summary>
    public bool Take(ReadOnlyMemory<byte> message)
    {
        using var document = BoundedJson.Parse(message);
        try
        {
            lock (_lock) return Take(document.RootElement);
        }
        catch (InvalidOperationException broken) // text that is no Unicode is found only when it is read
        {
            throw new PriceSourceException("sent text that cannot be read", broken);
        }
    }

    /// <summary>The stream is not there any more; true where it had brought a price.</summary>
    public bool Lost(Exception fault)
    {
        lock (_lock)
        {
            var hadPrice = _words.Values.Any(word => word.Seen is not null);
            _words.Clear();
            _fault = new PriceSourceException(PriceSourceException.Told(fault), fault);
            return hadPrice;
        }
    }

    private bool Take(JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object) throw new PriceSourceException("sent what is no message");
        if (TextAt(message, "method") == "subscribe") return TakeAnswer(message);
        var channel = TextAt(message, "channel");
        if (channel is not ("ticker" or "heartbeat")) return false;
        var now = _heardAt = _time.GetUtcNow();
        if (channel == "heartbeat") return false;
        if (!message.TryGetProperty("data", out var rows) || rows.ValueKind != JsonValueKind.Array)
            throw new PriceSourceException("sent a ticker without data");
        var lateAfter = TextAt(message, "type") == "snapshot" ? TradeAgeMax : _lateAfter;
        var isNew = false;
        foreach (var row in rows.EnumerateArray())
        {
            if (TextAt(row, "symbol") is { } symbol && _tokens.TryGetValue(symbol, out var id))
                isNew |= TakeRow(row, id, symbol, now, lateAfter);
        }
        return isNew;
    }

    private bool TakeRow(JsonElement row, TokenId id, string symbol, DateTimeOffset now, TimeSpan lateAfter)
    {
        var found = new ReadingBuilder(Name);
        _reader.Read(row, id, symbol, now, found);
        var reading = found.Build();
        var seen = reading.Observations.Count > 0 ? reading.Observations[0] : null;
        if (seen is null && reading.Unreadable.Count == 0) return false; // a row without a last trade
        return Say(id,
            new Word(seen, reading.Unreadable.Count > 0 ? reading.Unreadable[0] : null, seen is not null && now - seen.At <= lateAfter));
    }

    // Kraken answers once a symbol. A symbol that it refuses says nothing about the others.
    private bool TakeAnswer(JsonElement message)
    {
        if (!message.TryGetProperty("success", out var success) || success.ValueKind != JsonValueKind.False) return false;
        if (TextAt(message, "symbol") is not { } symbol || !_tokens.TryGetValue(symbol, out var id))
            throw new PriceSourceException("refused the subscription");
        return Say(id, new Word(null, new PriceRejection(id, Name, RejectionReason.NoAnswer, "the subscription was refused"), false));
    }

    private bool Say(TokenId id, Word word)
    {
        var isNew = !_words.TryGetValue(id, out var before) || before.Seen?.Usd != word.Seen?.Usd
            || before.Refused?.Reason != word.Refused?.Reason;
        _words[id] = word;
        _fault = null;
        return isNew;
    }

    private PriceObservation Aged(Word word) => word.Stands && word.Seen!.At < _heardAt ? word.Seen with { At = _heardAt } : word.Seen!;

    private static string? TextAt(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString() : null;
}
