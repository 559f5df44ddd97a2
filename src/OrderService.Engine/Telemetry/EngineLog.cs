namespace OrderService.Engine.Telemetry;

/// <summary>
/// The lines of the engine. What happens for every order is at Debug: at thousands a second the console would be the slowest part.
/// </summary>
internal static partial class EngineLog
{
    [LoggerMessage(1, LogLevel.Debug, "Order created by {Dialect}")]
    public static partial void OrderCreated(ILogger log, string dialect);

    [LoggerMessage(2, LogLevel.Debug, "Order refused: {Code}")]
    public static partial void OrderRefused(ILogger log, string code);

    [LoggerMessage(3, LogLevel.Information, "{Count} slices are due")]
    public static partial void SlicesTriggered(ILogger log, int count);

    [LoggerMessage(4, LogLevel.Information, "{Count} slices of pair {PairId} are due")]
    public static partial void PairTriggered(ILogger log, int count, int pairId);

    [LoggerMessage(5, LogLevel.Information, "{Count} slices are past their window")]
    public static partial void SlicesExpired(ILogger log, int count);

    [LoggerMessage(6, LogLevel.Warning, "{Count} claims were not finished in time and wait again")]
    public static partial void ClaimsTimedOut(ILogger log, int count);

    [LoggerMessage(7, LogLevel.Debug, "A due slice of order {Order} waits again: {Reason}")]
    public static partial void SliceBackedOff(ILogger log, string order, string reason);

    [LoggerMessage(8, LogLevel.Debug, "The {Kind} {TxId} of {About} is stored and will be sent")]
    public static partial void AttemptPrepared(ILogger log, string kind, string txId, string about);

    [LoggerMessage(9, LogLevel.Warning, "Whether transaction {TxId} was sent is not known; settlement decides ({Fault})")]
    public static partial void AttemptSendUnknown(ILogger log, string txId, string fault);

    [LoggerMessage(17, LogLevel.Warning, "A node refused transaction {TxId} of {About} at a later send: {Reason}; settlement decides")]
    public static partial void AttemptSendRefused(ILogger log, string txId, string about, string reason);

    [LoggerMessage(18, LogLevel.Warning, "A transaction of {About} waited too long and is outbid by {TxId} at a fee of {Fee}")]
    public static partial void FeeRaised(ILogger log, string about, string txId, string fee);

    [LoggerMessage(19, LogLevel.Warning, "Nonce {Nonce} of {Solver} held up others and is filled")]
    public static partial void NonceFilled(ILogger log, string solver, ulong nonce);

    [LoggerMessage(10, LogLevel.Debug, "The {Kind} {TxId} of {About} is {Status} after {Seconds:0.000} s")]
    public static partial void AttemptSettled(ILogger log, string kind, string txId, string about, string status, double? seconds);

    [LoggerMessage(11, LogLevel.Warning, "The {Kind} {TxId} of {About} is {Status} after {Seconds:0.000} s: {Reason}")]
    public static partial void AttemptFailed(
        ILogger log, string kind, string txId, string about, string status, double? seconds, string reason);

    [LoggerMessage(12, LogLevel.Trace, "Sweep took {Milliseconds:0.00} ms and claimed {Claimed}")]
    public static partial void SweepFinished(ILogger log, double milliseconds, int claimed);

    [LoggerMessage(13, LogLevel.Trace, "Settlement took {Milliseconds:0.00} ms: {Polled} asked about, {Settled} settled")]
    public static partial void SettlementFinished(ILogger log, double milliseconds, int polled, int settled);

    [LoggerMessage(14, LogLevel.Error, "The {Worker} worker failed and goes on with its next pass")]
    public static partial void WorkerFailed(ILogger log, Exception failure, string worker);

    [LoggerMessage(15, LogLevel.Trace, "{Count} orders written in {Milliseconds:0.00} ms")]
    public static partial void CreateBatchWritten(ILogger log, int count, double milliseconds);

    [LoggerMessage(16, LogLevel.Debug, "Vacuum of the slices took {Milliseconds:0} ms")]
    public static partial void VacuumFinished(ILogger log, double milliseconds);

    [LoggerMessage(60, LogLevel.Debug, "{Count} orders that had ended were moved to the partitions of their month")]
    public static partial void OrdersMoved(ILogger log, int count);

    [LoggerMessage(59, LogLevel.Warning, "The vacuum of {Table} waits: somebody holds the table in a long statement or transaction")]
    public static partial void VacuumWaits(ILogger log, string table);

    [LoggerMessage(20, LogLevel.Warning, "A {Dialect} order has a slippage of 100 %: legal, and hardly ever meant")]
    public static partial void WholeSlippageTaken(ILogger log, string dialect);

    [LoggerMessage(21, LogLevel.Warning,
        "The store came from another cluster: its events are the log {LogId} from here on, and readers of the one before begin anew")]
    public static partial void LogBegun(ILogger log, string logId);

    [LoggerMessage(24, LogLevel.Warning, "A key that nobody has came from {Address}")]
    public static partial void WrongKey(ILogger log, string address);

    [LoggerMessage(25, LogLevel.Warning,
        "{Count} keys that nobody has came from {Address} within a minute: for the rest of it none but known ones is looked up")]
    public static partial void WrongKeysThrottled(ILogger log, string address, int count);

    [LoggerMessage(22, LogLevel.Error,
        "A node says that {Solver} has {Said} as its next nonce, where {Next} is the next one here, and shows no transaction that used those between: nothing is signed for it")]
    public static partial void NonceDoubted(ILogger log, string solver, long next, ulong said);

    [LoggerMessage(23, LogLevel.Warning, "The next nonce of {Solver} is {Said} by the chain, which can be: it is signed for again")]
    public static partial void NonceBelieved(ILogger log, string solver, ulong said);

    [LoggerMessage(26, LogLevel.Error, "The time is not known, so nothing is sent and nothing expires: {Held}")]
    public static partial void ClockHeld(ILogger log, string held);

    [LoggerMessage(27, LogLevel.Warning, "The time is known again, and the engine goes on")]
    public static partial void ClockKnown(ILogger log);

    [LoggerMessage(28, LogLevel.Warning,
        "The migration {Number:0000}_{Name} waits for a table that somebody reads in a long transaction, and lets others pass; try {Tries}")]
    public static partial void MigrationWaits(ILogger log, int number, string name, int tries);

    [LoggerMessage(26, LogLevel.Warning,
        "All sends are paused since {Since:yyyy-MM-dd HH:mm:ss} UTC{Because}: nothing that is due is swapped")]
    public static partial void SendsPaused(ILogger log, DateTimeOffset since, string because);

    [LoggerMessage(27, LogLevel.Warning, "Sends go on")]
    public static partial void SendsResumed(ILogger log);
}
