using System.Collections.Frozen;
using System.Text.Json;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;

namespace OrderService.Engine.Pricing;

/// <summary>
/// Prices from JSON over HTTP, read by the paths of its options. Numbers are read from their text, so nothing is rounded on the way.
/// </summary>
internal sealed class HttpPriceSource : IPriceSource
{
    private const int RequestsMax = 8; // at the same time

    private readonly HttpClient _client;
    private readonly HttpPriceSourceOptions _options;
    private readonly TimeProvider _time;
    private readonly FrozenDictionary<TokenId, string> _aliases;
    private readonly FrozenDictionary<string, TokenId> _tokens;
    private readonly PricePath _array;
    private readonly PricePath? _token;
    private readonly PriceReader _reader;
    private (DateTimeOffset At, SourceReading? Reading, Exception? Fault) _last = (DateTimeOffset.MinValue, null, null);

    public HttpPriceSource(HttpClient client, HttpPriceSourceOptions options, TimeProvider time)
    {
        (_client, _options, _time) = (client, options, time);
        _aliases = options.TokenMap.ToFrozenDictionary(pair => TokenId.Parse(pair.Key), pair => pair.Value);
        _tokens = _aliases.DistinctBy(pair => pair.Value).ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
        _array = PricePath.Of(options.ArrayPath);
        _token = options.TokenPath is null ? null : PricePath.Of(options.TokenPath);
        _reader = new PriceReader(options);
    }

    /// <inheritdoc/>
    public string Name => _options.Name;

    /// <summary>The tokens that its options name.</summary>
    public IEnumerable<TokenId> Mapped => _aliases.Keys;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PriceObservation>> FetchAsync(IReadOnlyCollection<TokenId> tokens, CancellationToken token) =>
        (await ReadAsync(tokens, token)).Observations;

    /// <summary>The same with what was no price, so that it can be shown.</summary>
    public async Task<SourceReading> ReadAsync(IReadOnlyCollection<TokenId> tokens, CancellationToken token)
    {
        var now = _time.GetUtcNow();
        if (_options.Interval is { } interval && now - _last.At < interval)
            return _last.Reading ?? throw new PriceSourceException(PriceSourceException.Told(_last.Fault!), _last.Fault);
        try
        {
            var reading = await AskAsync(tokens, token);
            _last = (now, reading, null);
            return reading;
        }
        catch (Exception fault) when (!token.IsCancellationRequested)
        {
            _last = (now, null, fault); // who refuses is not asked more often than who answers
            throw;
        }
    }

    private async Task<SourceReading> AskAsync(IReadOnlyCollection<TokenId> tokens, CancellationToken token)
    {
        if (!_options.AsksPerToken) return await ReadOneAsync(AddressOfAll(), tokens, token);

        var asked = _aliases.Count == 0 ? tokens : [.. tokens.Where(_aliases.ContainsKey)];
        var answers = new List<(SourceReading? Reading, Exception? Fault)>(asked.Count);
        foreach (var batch in asked.Chunk(RequestsMax)) answers.AddRange(await Task.WhenAll(batch.Select(id => TryReadAsync(id, token))));
        if (answers.Count > 0 && answers.TrueForAll(a => a.Reading is null)) throw answers[0].Fault!;
        var readings = answers.Select(a => a.Reading).OfType<SourceReading>().ToList();
        var failed = asked.Zip(answers).Where(a => a.Second.Fault is not null)
            .Select(a => new PriceRejection(a.First, Name, RejectionReason.NoAnswer, PriceSourceException.Told(a.Second.Fault!)));
        return new SourceReading(Name, [.. readings.SelectMany(r => r.Observations)],
            [.. readings.SelectMany(r => r.Unreadable), .. failed]);
    }

    // One token that the source refuses says nothing about the others.
    private async Task<(SourceReading? Reading, Exception? Fault)> TryReadAsync(TokenId id, CancellationToken token)
    {
        try
        {
            return (await ReadOneAsync(AddressOf(id), [id], token), null);
        }
        catch (Exception fault) when (fault is PriceSourceException or HttpRequestException or IOException)
        {
            return (null, fault);
        }
    }

    private async Task<SourceReading> ReadOneAsync(Uri address, IReadOnlyCollection<TokenId> tokens, CancellationToken token)
    {
        var asked = _time.GetUtcNow();
        using var document = await BoundedJson.GetAsync(_client, address, _options, token);
        try
        {
            return _token is { } path
                ? ReadRows(document.RootElement, path, [.. tokens], asked) : ReadKeyed(document.RootElement, tokens, asked);
        }
        catch (InvalidOperationException broken) // text that is no Unicode is found only when it is read
        {
            throw new PriceSourceException("answered text that cannot be read", broken);
        }
    }

    private SourceReading ReadRows(JsonElement root, PricePath tokenPath, HashSet<TokenId> wanted, DateTimeOffset asked)
    {
        if (!_array.TryFind(root, "", out var rows)) throw new PriceSourceException($"answered without {_options.ArrayPath}");
        var found = new ReadingBuilder(Name);
        foreach (var row in rows.ValueKind == JsonValueKind.Array ? rows.EnumerateArray().AsEnumerable() : [rows])
        {
            if (!tokenPath.TryFind(row, "", out var name) || name.ValueKind != JsonValueKind.String) continue;
            var text = name.GetString()!;
            if (!_tokens.TryGetValue(text, out var id) && !TokenId.TryParse(text, out id)) continue;
            if (wanted.Contains(id)) _reader.Read(row, id, text, asked, found);
        }
        return found.Build();
    }

    private SourceReading ReadKeyed(JsonElement root, IReadOnlyCollection<TokenId> tokens, DateTimeOffset asked)
    {
        var found = new ReadingBuilder(Name);
        foreach (var id in tokens)
        {
            if (_aliases.ContainsKey(id) || _options.AsksPerToken) _reader.Read(root, id, AliasOf(id), asked, found);
        }
        return found.Build();
    }

    private Uri AddressOf(TokenId id) =>
        new(_options.UrlTemplate.Replace(HttpPriceSourceOptions.TokenPlaceholder, Uri.EscapeDataString(AliasOf(id)),
            StringComparison.Ordinal));

    private Uri AddressOfAll()
    {
        var template = _options.UrlTemplate;
        var start = template.IndexOf(HttpPriceSourceOptions.TokensPlaceholder, StringComparison.Ordinal);
        var end = start < 0 ? -1 : template.IndexOf('}', start);
        if (end < 0) return new Uri(template);
        var between = template[(start + HttpPriceSourceOptions.TokensPlaceholder.Length)..end];
        var names = _tokens.Keys.Order(StringComparer.Ordinal).Select(Uri.EscapeDataString);
        return new Uri(template[..start] + string.Join(between.StartsWith(':') ? between[1..] : ",", names) + template[(end + 1)..]);
    }

    private string AliasOf(TokenId id) => _aliases.GetValueOrDefault(id) ?? id.ToString();
}
