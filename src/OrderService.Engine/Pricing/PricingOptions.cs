namespace OrderService.Engine.Pricing;

/// <summary>Section <c>Pricing</c>: where prices come from, when they are believed, how long they are kept.</summary>
internal sealed class PricingOptions
{
    public const string Section = "Pricing";

    /// <summary>The pause between two polls of all sources.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest that one poll waits for any source.</summary>
    public TimeSpan PollTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>An observation or a believed price older than this is not used.</summary>
    public TimeSpan StaleAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Basis points that a fresh source may be away from the median.</summary>
    public int MaxDeviation { get; set; } = 1000;

    /// <summary>
    /// The factor, a decimal number in text, up or down from what was believed within a minute, beyond which a change is held.
    /// </summary>
    public string MaxJump { get; set; } = "1.5";

    /// <summary>How long one source must stand by a jump until it is believed without another that says the same.</summary>
    public TimeSpan JumpHold { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>The fewest sources that a believed price rests on; where several know a token, never fewer than two.</summary>
    public int SourcesMin { get; set; } = 1;

    /// <summary>The pools' word on a token that one source knows is not used when older than this.</summary>
    public TimeSpan OpinionMaxAge { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Points of the history older than this are deleted.</summary>
    public TimeSpan HistoryRetention { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Points of the history older than this are thinned to one a minute.</summary>
    public TimeSpan ThinAfter { get; set; } = TimeSpan.FromDays(1);

    /// <summary>The pause between two rounds of thinning.</summary>
    public TimeSpan ThinInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The token whose price <c>sbtcRatio</c> is counted in.</summary>
    public string SbtcToken { get; set; } = "SM3VDXK3WZZSA84XXFKAFAF15NNZX32CTSG82JFQ4.sbtc-token";

    /// <summary>Sources outside; a venue may add its own.</summary>
    public PriceSourcesOptions Sources { get; set; } = new();
}

/// <summary>The sources outside the venue.</summary>
internal sealed class PriceSourcesOptions
{
    /// <summary>A Charisma prices API; absent: not used.</summary>
    public CharismaPriceSourceOptions? Charisma { get; set; }

    /// <summary>Kraken's WebSocket, which pushes each price; absent: not used.</summary>
    public KrakenStreamOptions? KrakenStream { get; set; }

    /// <summary>Any other JSON over HTTP.</summary>
    public IList<HttpPriceSourceOptions> Http { get; } = [];

    /// <summary>All that are asked over HTTP, in one form.</summary>
    public IEnumerable<HttpPriceSourceOptions> All()
    {
        var http = Http.Select(PriceSourcePresets.Filled);
        return Charisma is { } charisma ? http.Prepend(charisma.AsHttp()) : http;
    }

    /// <summary>The limits of age of those that have one of their own, by the source's name.</summary>
    public Dictionary<string, TimeSpan> StaleAfters()
    {
        var limits = All().Where(source => source.StaleAfter is not null)
            .ToDictionary(source => source.Name, source => source.StaleAfter!.Value);
        if (KrakenStream?.StaleAfter is { } limit) limits[KrakenTicker.SourceName] = limit;
        return limits;
    }
}

/// <summary>A service with <c>GET /api/v1/prices</c>; this one serves the same shape.</summary>
internal sealed class CharismaPriceSourceOptions
{
    public string BaseUrl { get; set; } = "";

    /// <summary>How many prices are asked for at once.</summary>
    public int Limit { get; set; } = 1000;

    /// <summary>A price older than this is not used. That service lets its answers be kept for five minutes.</summary>
    public TimeSpan StaleAfter { get; set; } = TimeSpan.FromMinutes(10);

    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>The largest answer that is read, in bytes.</summary>
    public int MaxBytes { get; set; } = 4 * 1024 * 1024;

    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>();

    public HttpPriceSourceOptions AsHttp()
    {
        var http = new HttpPriceSourceOptions
        {
            Name = "charisma", UrlTemplate = $"{BaseUrl.TrimEnd('/')}/api/v1/prices?limit={Limit}",
            ArrayPath = "data", TokenPath = "tokenId", PricePath = "usdPrice", TimePath = "lastUpdated", TimeUnit = TimeUnit.Milliseconds,
            Timeout = Timeout, MaxBytes = MaxBytes, StaleAfter = StaleAfter,
        };
        http.TokenMap[".stx"] = "stx"; // that service knows native STX under both names
        foreach (var (name, value) in Headers) http.Headers[name] = value;
        return http;
    }
}

/// <summary>
/// A source that answers JSON. A path is property names and array indexes joined by dots; in the price's and the time's path
/// <c>{token}</c> stands for the token's name at the source. With a token path the rows at the array path are read; without
/// one, each token of the map is looked up by the price path.
/// </summary>
internal sealed class HttpPriceSourceOptions
{
    public string Name { get; set; } = "";

    /// <summary>
    /// One of <see cref="PriceSourcePresets.Names"/>, which has the address, the paths and the limits; absent: they are all here.
    /// </summary>
    public string? Preset { get; set; }

    /// <summary>
    /// With <c>{tokens}</c> the names of the map joined by commas, or by what stands behind a colon: <c>{tokens:&amp;id=}</c>. With
    /// <c>{token}</c> one request a token of the map (of all tokens where there is no map), otherwise one request in all.
    /// </summary>
    public string UrlTemplate { get; set; } = "";

    public string? ArrayPath { get; set; }

    public string? TokenPath { get; set; }

    public string PricePath { get; set; } = "";

    /// <summary>The path of the power of ten by which the price is to be multiplied; absent: it is the price.</summary>
    public string? ExponentPath { get; set; }

    /// <summary>Absent: an observation is as old as its request.</summary>
    public string? TimePath { get; set; }

    public TimeUnit TimeUnit { get; set; } = TimeUnit.Milliseconds;

    /// <summary>Token id to the name that the source has for it.</summary>
    public IDictionary<string, string> TokenMap { get; } = new Dictionary<string, string>();

    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>();

    /// <summary>The source is asked once in this time at most, and its last answer stands in between; absent: at each poll.</summary>
    public TimeSpan? Interval { get; set; }

    /// <summary>An observation of this source older than this is not used; absent: as <see cref="PricingOptions.StaleAfter"/>.</summary>
    public TimeSpan? StaleAfter { get; set; }

    /// <summary>The limit of one request, body included.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>The largest answer that is read, in bytes.</summary>
    public int MaxBytes { get; set; } = 1024 * 1024;

    public HttpPriceSourceOptions Copy() => (HttpPriceSourceOptions)MemberwiseClone();

    public bool AsksPerToken => UrlTemplate.Contains(TokenPlaceholder, StringComparison.Ordinal);

    public const string TokenPlaceholder = "{token}";

    public const string TokensPlaceholder = "{tokens";
}

/// <summary>How a source writes a time.</summary>
internal enum TimeUnit
{
    /// <summary>Unix time in seconds, with or without a fraction.</summary>
    Seconds,

    /// <summary>Unix time in milliseconds.</summary>
    Milliseconds,

    /// <summary>Unix time in microseconds.</summary>
    Microseconds,

    /// <summary>Unix time in nanoseconds.</summary>
    Nanoseconds,

    /// <summary>ISO 8601 text; without an offset it is UTC.</summary>
    Iso8601,
}
