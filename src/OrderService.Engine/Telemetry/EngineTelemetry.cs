using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using OrderService.Domain;
using OrderService.Domain.Orders;

namespace OrderService.Engine.Telemetry;

/// <summary>A dialect that this host speaks, so that its orders are counted from zero.</summary>
internal sealed record ExpectedDialect(string Name);

/// <summary>
/// What happened, one method a fact, called once where it becomes true: it logs and counts. Nothing here takes a secret, a signature or a
/// body. Without a meter factory it has a meter of its own.
/// </summary>
internal sealed class EngineTelemetry(
    ILogger<EngineTelemetry> log, IMeterFactory? meters = null, IEnumerable<ExpectedDialect>? dialects = null,
    IEnumerable<FaultListener>? listeners = null)
{
    private static readonly HashSet<string> MetricWords =
        ["BadNonce", "ConflictingNonceInMempool", "TooMuchChaining", "FeeTooLow", "NotEnoughFunds", "TemporarilyBlacklisted"];

    private const string Unnamed = "stored before";

    private static readonly TimeSpan FailurePause = TimeSpan.FromSeconds(10);

    private readonly EngineMeter _meter = new(meters?.Create(EngineMeter.Name) ?? new Meter(EngineMeter.Name), dialects ?? []);
    private readonly ConcurrentDictionary<string, long> _told = new();
    private long _claimsTotal;

    /// <summary>Slices claimed by this process since it started.</summary>
    public long ClaimsTotal => Interlocked.Read(ref _claimsTotal);

    /// <summary>Tells of an order that was created or answered again, or why it was refused; comes back with the same.</summary>
    public Result<Order> Answered(Result<Order> created, string dialect)
    {
        if (created.IsRejected(out var why)) OrderRefused(why.Code);
        else OrderCreated(dialect);
        return created;
    }

    public void OrderCreated(string dialect)
    {
        _meter.Created.Add(1, Label("dialect", dialect));
        EngineLog.OrderCreated(log, dialect);
    }

    public void OrderRefused(string code)
    {
        _meter.Refused.Add(1, Label("code", code));
        EngineLog.OrderRefused(log, code);
    }

    public void WholeSlippageTaken(string dialect) => EngineLog.WholeSlippageTaken(log, dialect);

    // The pair is told in the line only: as a label it would make as many series as there are pairs.
    public void SlicesTriggered(int count, int? pairId = null)
    {
        if (count == 0) return;
        Interlocked.Add(ref _claimsTotal, count);
        _meter.Triggered.Add(count);
        if (pairId is { } pair) EngineLog.PairTriggered(log, count, pair);
        else EngineLog.SlicesTriggered(log, count);
    }

    public void SlicesExpired(int count)
    {
        if (count == 0) return;
        _meter.Expired.Add(count);
        EngineLog.SlicesExpired(log, count);
    }

    public void ClaimsTimedOut(int count)
    {
        if (count == 0) return;
        _meter.TimedOut.Add(count);
        EngineLog.ClaimsTimedOut(log, count);
    }

    public void SliceBackedOff(string reason, string order)
    {
        _meter.BackedOff.Add(1, Label("reason", reason));
        EngineLog.SliceBackedOff(log, order, reason);
    }

    // What a transaction is about: an order's uuid, or what else it is for.
    public void AttemptPrepared(string kind, string about, string txId)
    {
        _meter.Prepared.Add(1, Label("kind", kind));
        EngineLog.AttemptPrepared(log, kind, txId, about);
    }

    // Expected now and then, so the fault's name is enough; its stack would say nothing more.
    public void AttemptSendUnknown(string txId, Exception fault)
    {
        _meter.SendUnknown.Add(1);
        EngineLog.AttemptSendUnknown(log, txId, fault.GetType().Name);
    }

    // Never decides anything after the first send; told because an operator may know what it means.
    public void AttemptSendRefused(string txId, string reason, string about = Unnamed)
    {
        _meter.SendRefused.Add(1, Label("reason", MetricWords.Contains(reason) ? reason : "other"));
        EngineLog.AttemptSendRefused(log, txId, about, reason);
    }

    public void FeeRaised(string txId, string fee, string about)
    {
        _meter.FeesRaised.Add(1);
        EngineLog.FeeRaised(log, about, txId, fee);
    }

    public void PayerSeen(string payer, long transactionsLeft) => _meter.PayerLeft.Record(transactionsLeft, Label("payer", payer));

    public void OrdersOpen(string dialect, long count) => _meter.OrdersOpen.Record(count, Label("dialect", dialect));

    public void OldestDue(TimeSpan waited) => _meter.OldestDue.Record(waited.TotalSeconds);

    public void PriceSeen(string token, TimeSpan age) => _meter.PriceAge.Record(age.TotalSeconds, Label("token", token));

    public void PayerHolds(string payer, UInt128 units) => _meter.PayerHolds.Record((double)units, Label("payer", payer));

    public void FeesLeft(bool hasKey, long left) => _meter.FeesLeft.Record(left, Label("owners", hasKey ? "with_key" : "without_key"));

    /// <summary>Told when sends are paused and once a minute while they are: nobody is to forget it.</summary>
    public void SendsPaused(DateTimeOffset since, string because)
    {
        _meter.SendsPaused.Record(1);
        EngineLog.SendsPaused(log, since, because);
    }

    public void SendsGoOn() => _meter.SendsPaused.Record(0);

    public void SendsResumed()
    {
        SendsGoOn();
        EngineLog.SendsResumed(log);
    }

    public void CallsSeen(int accounts, int inFlight, int missing, int doubted)
    {
        _meter.Calling.Record(accounts);
        _meter.CallsInFlight.Record(inFlight);
        _meter.CallNoncesMissing.Record(missing);
        _meter.CallNoncesDoubted.Record(doubted);
    }

    public void NonceFilled(string solver, ulong nonce)
    {
        _meter.NoncesFilled.Add(1);
        EngineLog.NonceFilled(log, solver, nonce);
    }

    public void NonceDoubted(string solver, long next, ulong said) => EngineLog.NonceDoubted(log, solver, next, said);

    public void NonceBelieved(string solver, ulong said) => EngineLog.NonceBelieved(log, solver, said);

    public void NonceDoubtSeen(string payer, bool isDoubted) => _meter.NonceDoubted.Record(isDoubted ? 1 : 0, Label("payer", payer));

    public void AttemptSettled(string kind, string status, string about, string txId, string? reason = null, TimeSpan? sinceDue = null)
    {
        _meter.Settled.Add(1, Label("kind", kind), Label("status", status));
        if (sinceDue is { } time) _meter.SinceDue.Record(time.TotalSeconds, Label("kind", kind));
        if (status == "confirmed") EngineLog.AttemptSettled(log, kind, txId, about, status, sinceDue?.TotalSeconds);
        else EngineLog.AttemptFailed(log, kind, txId, about, status, sinceDue?.TotalSeconds, reason ?? "no reason given");
    }

    public void SweepFinished(TimeSpan time, int claimed)
    {
        _meter.SweepTime.Record(time.TotalSeconds);
        EngineLog.SweepFinished(log, time.TotalMilliseconds, claimed);
    }

    public void SettlementFinished(TimeSpan time, int polled, int settled)
    {
        _meter.SettleTime.Record(time.TotalSeconds);
        _meter.Polled.Add(polled);
        EngineLog.SettlementFinished(log, time.TotalMilliseconds, polled, settled);
    }

    public void WorkerFailed(string worker, Exception failure)
    {
        foreach (var listener in listeners ?? []) listener.Hear(failure);
        _meter.Failures.Add(1, Label("worker", worker));
        if (MayTell(worker)) EngineLog.WorkerFailed(log, failure, worker);
    }

    public void CreateBatchWritten(int count, TimeSpan time)
    {
        _meter.CreateTime.Record(time.TotalSeconds);
        _meter.CreateRows.Add(count);
        EngineLog.CreateBatchWritten(log, count, time.TotalMilliseconds);
    }

    public void VacuumFinished(TimeSpan time)
    {
        _meter.VacuumTime.Record(time.TotalSeconds);
        EngineLog.VacuumFinished(log, time.TotalMilliseconds);
    }

    public void OrdersMoved(int count) => EngineLog.OrdersMoved(log, count);

    public void VacuumWaits(string table) => EngineLog.VacuumWaits(log, table);

    /// <summary>Told where the first of a minute comes, and where the last that is looked up does.</summary>
    public void WrongKey(string address, int count, bool isLast)
    {
        _meter.WrongKeys.Add(1);
        if (isLast) EngineLog.WrongKeysThrottled(log, address, count);
        else if (count == 1) EngineLog.WrongKey(log, address);
    }

    public void LogBegun(string logId) => EngineLog.LogBegun(log, logId);

    // While the database is away every worker fails many times a second: one stack trace in ten seconds says as much.
    private bool MayTell(string worker)
    {
        var now = Stopwatch.GetTimestamp();
        var isFirst = !_told.TryGetValue(worker, out var told);
        if (!isFirst && Stopwatch.GetElapsedTime(told, now) < FailurePause) return false;
        return isFirst ? _told.TryAdd(worker, now) : _told.TryUpdate(worker, now, told);
    }

    private static KeyValuePair<string, object?> Label(string name, string value) => new(name, value);
}
