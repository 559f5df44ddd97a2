using System.ComponentModel.DataAnnotations;

namespace OrderService.Engine.Execution;

/// <summary>Section <c>Execution</c>: the pace of the engine. Each bound has its unit in its type.</summary>
internal sealed class ExecutionOptions
{
    /// <summary>False makes a node that serves HTTP and leaves the engine to others.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Executors of this process that work side by side.</summary>
    [Range(1, 64)]
    public int Workers { get; set; } = 2;

    /// <summary>
    /// Slices an executor takes at once. What comes meanwhile, a cancel for one, waits for the processor behind such a batch.
    /// </summary>
    [Range(1, 1_000)]
    public int BatchMax { get; set; } = 16;

    /// <summary>Rows one statement of the sweep locks.</summary>
    [Range(1, 10_000)]
    public int SweepBatchMax { get; set; } = 100;

    /// <summary>
    /// The least time between two looks for what has come due at its moment: what comes due meanwhile is claimed together.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.005", "00:00:01")]
    public TimeSpan SweepPause { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// How long a claim is an executor's after its last sign of life, which it gives three times as often; then it is taken back.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.300", "00:10:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a quote may take.</summary>
    public TimeSpan QuoteTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long sending may take before its outcome counts as unknown.</summary>
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The first wait after a slice could not be quoted; doubles up to <see cref="BackOffMax"/>.</summary>
    public TimeSpan BackOffFirst { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest such wait.</summary>
    public TimeSpan BackOffMax { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often a route is asked for its rate that slices wait for, where no believed price has moved meanwhile.</summary>
    public TimeSpan QuotePause { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Slices of one route that are quoted again at once, where its rate is good enough for them; more follow as long as their quotes are
    /// taken.
    /// </summary>
    [Range(1, 1_000)]
    public int QuotesMax { get; set; } = 6;

    /// <summary>Routes that are asked for their rates at once.</summary>
    [Range(1, 10_000)]
    public int QuoteRoutesMax { get; set; } = 100;

    /// <summary>
    /// How long a slice that waits for a quote goes unasked where its route's rate gives no reason to; one a route at a time.
    /// </summary>
    public TimeSpan BelowMinPauseMax { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The longest wait of a slice whose holder has too little; the waits double up to it. It looks again at once where the service sees
    /// funds come.
    /// </summary>
    public TimeSpan UnfundedPauseMax { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long in a row a slice may wait for funds before it expires.</summary>
    public TimeSpan UnfundedMax { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Times in a row without any quote after which a slice fails.</summary>
    [Range(1, 100_000)]
    public int UnquotedMax { get; set; } = 50;

    /// <summary>The wait between an attempt that was lost and the next.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The longest rest of an account that pays, after a node refused what it pays for because of what it holds or offers; the rests double
    /// from twice <see cref="RetryAfter"/> up to it.
    /// </summary>
    public TimeSpan PayerRestMax { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often the chain is asked about what is in flight.</summary>
    public TimeSpan SettleInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Attempts asked about at once.</summary>
    [Range(1, 10_000)]
    public int SettleBatchMax { get; set; } = 64;

    /// <summary>When the same bytes are sent again because the chain does not show them.</summary>
    public TimeSpan ResendAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// When bytes are sent whose first send nobody has said anything of for this long: whoever stored them is dead, since a living node
    /// says that it sends.
    /// </summary>
    public TimeSpan SendUnsentAfter { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// How long the first transaction in an account's queue may wait to be mined before its fee is raised, where the venue can; the same
    /// again after each raise.
    /// </summary>
    public TimeSpan ReplaceAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How often the accounts' nonces are compared with the chain.</summary>
    public TimeSpan NonceInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a nonce that holds up others may be free before a transaction that does nothing fills it.</summary>
    public TimeSpan GapFillAfter { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Calls of one account that may wait to be mined at once. A node refuses more than 25 of an address.</summary>
    [Range(1, 24)]
    public int CallsInFlightMax { get; set; } = 20;

    /// <summary>Claims after which the slices are vacuumed: dead entries at the front of the book make ticks dearer.</summary>
    [Range(100, 100_000_000)]
    public int VacuumAfterClaims { get; set; } = 20_000;
}
