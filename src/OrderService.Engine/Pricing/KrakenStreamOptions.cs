namespace OrderService.Engine.Pricing;

/// <summary>Kraken's ticker over one WebSocket: https://docs.kraken.com/api/docs/websocket-v2/ticker (read on 2026-11-27).</summary>
internal sealed class KrakenStreamOptions
{
    public string Url { get; set; } = "wss://ws.kraken.com/v2";

    /// <summary>Token id to Kraken's symbol: BTC/USD.</summary>
    public IDictionary<string, string> TokenMap { get; } = new Dictionary<string, string>();

    /// <summary>A price older than this is not used; absent: as <see cref="PricingOptions.StaleAfter"/>.</summary>
    public TimeSpan? StaleAfter { get; set; }

    /// <summary>The limit of one attempt to connect.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A connection without a whole message in this time is given up; Kraken sends a heartbeat each second where there is nothing else.
    /// </summary>
    public TimeSpan SilenceMax { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The pause before the first attempt to connect again; it doubles with each that brings no price.</summary>
    public TimeSpan ReconnectMin { get; set; } = TimeSpan.FromSeconds(1);

    public TimeSpan ReconnectMax { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The pause between two sweeps of pushed prices; what comes in between is swept together.</summary>
    public TimeSpan SweepPause { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The largest message that is read, in bytes.</summary>
    public int MaxBytes { get; set; } = 256 * 1024;
}
