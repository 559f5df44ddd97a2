using System.ComponentModel.DataAnnotations;

namespace OrderService.Engine.Auth;

/// <summary>Section <c>Auth</c>: what counts as proof of who is asking, and how often a key may ask.</summary>
internal sealed class AuthOptions
{
    public const string Section = "Auth";

    /// <summary>True where the bare uuid of an order is accepted as the signed message of cancel and execute.</summary>
    public bool BareUuid { get; set; } = true;

    /// <summary>
    /// True where a JSON message that names no service, chain and address is accepted, as in the original API; without a value only where
    /// play money moves.
    /// </summary>
    public bool? LegacyMessages { get; set; }

    /// <summary>How far the timestamp of a signed message may be from now, either way.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan MessageWindow { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a signed <c>list_orders</c> message may be repeated.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan ListWindow { get; set; } = TimeSpan.FromHours(12);

    /// <summary>Requests of one key in a minute; a key keeps the value it was made with.</summary>
    [Range(1, 1_000_000)]
    public int RequestsPerMinute { get; set; } = 100;

    /// <summary>Requests of one key in an hour.</summary>
    [Range(1, 10_000_000)]
    public int RequestsPerHour { get; set; } = 1_000;

    /// <summary>Requests of one key in a day (UTC).</summary>
    [Range(1, 100_000_000)]
    public int RequestsPerDay { get; set; } = 10_000;

    /// <summary>Active keys of one wallet.</summary>
    [Range(1, 1_000)]
    public int ActiveKeysMax { get; set; } = 100;

    /// <summary>Requests kept of each key's recent activity.</summary>
    [Range(50, 100_000)]
    public int UsageRowsMax { get; set; } = 1_000;

    /// <summary>Requests that wait for being written to the statistics; the oldest are dropped beyond it.</summary>
    [Range(100, 1_000_000)]
    public int UsageQueueMax { get; set; } = 10_000;

    /// <summary>How often messages that have left their window are deleted.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan PurgeEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long the answer to a call with an <c>Idempotency-Key</c> is kept.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan IdempotencyWindow { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How long such a call counts as running, where nothing more is heard of it.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:10:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan IdempotencyLease { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Rows deleted by one statement of the purge.</summary>
    [Range(1, 100_000)]
    public int PurgeBatchMax { get; set; } = 1_000;

    /// <summary>
    /// Keys of the operator's, for the routes that act on everybody's orders; 32 characters or more each. Only from the environment.
    /// </summary>
    public string[] AdminKeys { get; set; } = [];

    /// <summary>A file with more of them, one a line, which nobody else may read (0600).</summary>
    public string? AdminKeysFile { get; set; }
}
