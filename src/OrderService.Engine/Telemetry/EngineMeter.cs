using System.Diagnostics.Metrics;
using System.Reflection;

namespace OrderService.Engine.Telemetry;

/// <summary>
/// The engine's instruments. Counters with a closed set of labels are written once with zero, so that they are there, and a rate can be
/// taken, before anything happens.
/// </summary>
internal sealed class EngineMeter
{
    public const string Name = "OrderService.Engine";

    private static readonly string[] Kinds = ["swap", "spend", "transfer"];
    private static readonly string[] Ends = ["confirmed", "reverted", "rejected", "replaced"];
    private static readonly string[] BackOffs = ["min_amount_out", "no_route", "venue_unavailable", "insufficient_balance",
        "balance_unread", "value_below_fee", "fee_budget", "sends_paused"];

    private static readonly string[] Refusals =
    [
        "invalid_field", "invalid_request", "unknown_token", "invalid_signature", "invalid_terms_signature", "wrong_network",
        "wrong_router",
        "order_exists", "unprotected_output", "pairs_limit", "open_orders_limit", "tokens_not_loaded",
    ];

    public EngineMeter(Meter meter, IEnumerable<ExpectedDialect> dialects)
    {
        Created = meter.CreateCounter<long>("orderservice.orders.created",
            description: "Orders that were stored, or were there already with equal terms.");
        Refused = meter.CreateCounter<long>("orderservice.orders.refused",
            description: "Orders that were refused, by the code of the answer.");
        Triggered = meter.CreateCounter<long>("orderservice.slices.triggered",
            description: "Slices that were claimed because they were due.");
        Expired = meter.CreateCounter<long>("orderservice.slices.expired",
            description: "Slices that were closed because their window was past.");
        TimedOut = meter.CreateCounter<long>("orderservice.claims.timed_out", description: "Claims whose holder did not finish in time.");
        BackedOff = meter.CreateCounter<long>("orderservice.slices.backed_off", description: "Due slices that were put back, by reason.");
        Prepared = meter.CreateCounter<long>("orderservice.attempts.prepared", description: "Transactions that were stored to be sent.");
        SendUnknown = meter.CreateCounter<long>("orderservice.attempts.send_unknown",
            description: "Sends whose outcome is not known; settlement decides.");
        SendRefused = meter.CreateCounter<long>("orderservice.attempts.send_refused",
            description: "Sends after the first that a node refused, by its word.");
        FeesRaised = meter.CreateCounter<long>("orderservice.attempts.fees_raised",
            description: "Transactions that waited too long and were outbid by the same call at a higher fee.");
        NoncesFilled = meter.CreateCounter<long>("orderservice.nonces.filled",
            description: "Nonces that held up others and were filled with a transaction that does nothing.");
        Settled = meter.CreateCounter<long>("orderservice.attempts.settled",
            description: "Transactions whose end was written down, also again after a reorg.");
        Failures = meter.CreateCounter<long>("orderservice.workers.failures",
            description: "Passes of a background worker that ended in an exception.");
        Polled = meter.CreateCounter<long>("orderservice.settlement.polled", description: "Transactions that the chain was asked about.");
        CreateRows = meter.CreateCounter<long>("orderservice.create.rows", description: "Orders that the group-commit writer inserted.");
        WrongKeys = meter.CreateCounter<long>("orderservice.auth.wrong_keys", description: "Keys that nobody has which requests carried.");
        SinceDue = Seconds(meter, "orderservice.attempts.settle_time", "From the preparation of a transaction to its end.",
            [0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600]);
        SweepTime = Seconds(meter, "orderservice.sweep.time", "One pass over all pairs and moments.",
            [0.0005, 0.001, 0.002, 0.005, 0.01, 0.05, 0.25, 1, 5]);
        SettleTime = Seconds(meter, "orderservice.settlement.time", "One pass over what is in flight.",
            [0.001, 0.01, 0.05, 0.25, 1, 5, 30]);
        CreateTime = Seconds(meter, "orderservice.create.time", "One batch of the group-commit writer.",
            [0.0005, 0.001, 0.002, 0.005, 0.01, 0.05, 0.25, 1]);
        VacuumTime = Seconds(meter, "orderservice.vacuum.time", "One vacuum of the slices.", [0.01, 0.1, 1, 10, 60]);
        OrdersOpen = meter.CreateGauge<long>("orderservice.orders.open",
            description: "Orders that are open, paused or being cancelled, by dialect; counted once a minute.");
        OldestDue = meter.CreateGauge<double>("orderservice.slices.oldest_due", "s",
            "How long the slice that is due longest has waited to be executed; 0 where none waits.");
        PriceAge = meter.CreateGauge<double>("orderservice.prices.age", "s", "How old the believed price of a token is.");
        PayerHolds = meter.CreateGauge<double>("orderservice.payers.balance",
            description: "What an account that pays holds, base units of STX.");
        Build = meter.CreateGauge<int>("orderservice.build", description: "1, with the version of the program as a label.");
        Build.Record(1,
            new KeyValuePair<string, object?>("version",
                typeof(EngineMeter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
                    ?? "unknown"));
        PayerLeft = meter.CreateGauge<long>("orderservice.payers.transactions_left",
            description: "Transactions that an account that pays can still pay for, what it has in flight taken off.");
        NonceDoubted = meter.CreateGauge<long>("orderservice.payers.nonce_doubted",
            description: "1 where a node says a next nonce of the account that cannot be explained, so that nothing is signed for it; else 0.");
        SendsPaused = meter.CreateGauge<int>("orderservice.sends.paused",
            description: "1 while the operator has paused all sends; else 0.");
        Calling = meter.CreateGauge<long>("orderservice.accounts.calling",
            description: "Managed accounts that have calls of their own under way.");
        CallsInFlight = meter.CreateGauge<long>("orderservice.accounts.calls_in_flight",
            description: "Calls of managed accounts that wait to be mined.");
        CallNoncesMissing = meter.CreateGauge<long>("orderservice.accounts.nonces_missing",
            description: "Managed accounts whose calls wait behind a nonce of theirs on which nothing stands.");
        CallNoncesDoubted = meter.CreateGauge<long>("orderservice.accounts.nonces_doubted",
            description: "Managed accounts with calls under way of which a node says a next nonce that cannot be explained, so that nothing is signed for them.");
        FeesLeft = meter.CreateGauge<long>("orderservice.fees.left",
            description: "What is left of the installation's fee budget of this hour, base units of STX: for owners with an API key, and for those without.");
        StartAtZero(dialects);
    }

    public Gauge<long> OrdersOpen { get; }

    public Gauge<double> OldestDue { get; }

    public Gauge<double> PriceAge { get; }

    public Gauge<double> PayerHolds { get; }

    public Gauge<int> Build { get; }

    public Gauge<long> PayerLeft { get; }

    public Gauge<long> NonceDoubted { get; }

    public Gauge<int> SendsPaused { get; }

    public Gauge<long> Calling { get; }

    public Gauge<long> CallsInFlight { get; }

    public Gauge<long> CallNoncesMissing { get; }

    public Gauge<long> CallNoncesDoubted { get; }

    public Gauge<long> FeesLeft { get; }

    public Counter<long> Created { get; }

    public Counter<long> Refused { get; }

    public Counter<long> Triggered { get; }

    public Counter<long> Expired { get; }

    public Counter<long> TimedOut { get; }

    public Counter<long> BackedOff { get; }

    public Counter<long> Prepared { get; }

    public Counter<long> SendUnknown { get; }

    public Counter<long> SendRefused { get; }

    public Counter<long> FeesRaised { get; }

    public Counter<long> NoncesFilled { get; }

    public Counter<long> Settled { get; }

    public Counter<long> Failures { get; }

    public Counter<long> Polled { get; }

    public Counter<long> CreateRows { get; }

    public Counter<long> WrongKeys { get; }

    public Histogram<double> SinceDue { get; }

    public Histogram<double> SweepTime { get; }

    public Histogram<double> SettleTime { get; }

    public Histogram<double> CreateTime { get; }

    public Histogram<double> VacuumTime { get; }

    private void StartAtZero(IEnumerable<ExpectedDialect> dialects)
    {
        foreach (var counter in (Counter<long>[])[Triggered, Expired, TimedOut, SendUnknown, FeesRaised, NoncesFilled, Polled, CreateRows,
            WrongKeys])
        {
            counter.Add(0);
        }
        foreach (var dialect in dialects) Created.Add(0, new KeyValuePair<string, object?>("dialect", dialect.Name));
        foreach (var code in Refusals) Refused.Add(0, new KeyValuePair<string, object?>("code", code));
        foreach (var reason in BackOffs) BackedOff.Add(0, new KeyValuePair<string, object?>("reason", reason));
        foreach (var worker in WorkerNames.All) Failures.Add(0, new KeyValuePair<string, object?>("worker", worker));
        foreach (var kind in Kinds)
        {
            Prepared.Add(0, new KeyValuePair<string, object?>("kind", kind));
            foreach (var end in Ends) Settled.Add(0, new("kind", kind), new("status", end));
        }
    }

    private static Histogram<double> Seconds(Meter meter, string name, string description, double[] bounds) =>
        meter.CreateHistogram(name, "s", description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds });
}
