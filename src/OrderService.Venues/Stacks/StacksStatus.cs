using System.Net;
using OrderService.Domain.Ports;
using OrderService.Stacks.Addresses;
using OrderService.Venues.Stacks.Node;

namespace OrderService.Venues.Stacks;

/// <summary>
/// What became of transactions, by positive evidence only: a block for success and abort; for a transaction that nobody shows, a nonce that
/// the account has passed and whose use another transaction shows, together with a uuid that is not used, seen over as many blocks as make
/// anything final. A transaction that was dropped or orphaned is one that nobody shows: its bytes may still be mined. A receipt that cannot
/// be read, or cannot be true, is no evidence and is asked for again. Callers wait for each other, and what one asks about does not make
/// the other's forgotten.
/// </summary>
internal sealed class StacksStatus(
    StacksNodes nodes, ChainWatch watch, UuidCheck uuids, NonceEvidence evidence, ReceiptTelemetry telemetry, StacksOptions options,
    TimeProvider time) : IDisposable
{
    // What nobody asked about for so long is forgotten.
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim _turn = new(1);
    private Dictionary<string, Answer> _known = new(StringComparer.Ordinal);
    private Dictionary<string, (long Height, DateTimeOffset At)> _passedSince = new(StringComparer.Ordinal);

    /// <summary>
    /// The status of each, by its id. One that the node failed to answer about is left out; where it answered about none, this throws what
    /// that was.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, TransactionStatus>> OfAsync(
        IReadOnlyCollection<PreparedTransaction> transactions, CancellationToken token)
    {
        if (transactions.Count == 0) return new Dictionary<string, TransactionStatus>();
        await _turn.WaitAsync(token);
        try
        {
            return await AskAllAsync(transactions, token);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<Dictionary<string, TransactionStatus>> AskAllAsync(
        IReadOnlyCollection<PreparedTransaction> transactions, CancellationToken token)
    {
        var tip = await watch.TipAsync(token);
        var before = _known;
        var asked = transactions.DistinctBy(transaction => transaction.TxId)
            .Select(transaction => AskAsync(transaction, before, tip, token)).ToList();
        await Task.WhenAll(asked.Select(UnlessAwayAsync));
        if (asked.TrueForAll(ask => !ask.IsCompletedSuccessfully)) await asked[0];
        var answers = asked.Where(ask => ask.IsCompletedSuccessfully).Select(ask => ask.Result).OfType<Answer>()
            .ToDictionary(answer => answer.TxId);
        await JudgeUnseenAsync([.. transactions.Where(transaction => !answers.TryGetValue(transaction.TxId, out var answer)
            || answer.Status is TransactionStatus.Unknown)], answers, tip, token);
        var (ids, oldest) = (transactions.Select(transaction => transaction.TxId).ToHashSet(StringComparer.Ordinal),
            time.GetUtcNow() - KeptFor);
        _known = before.Where(known => known.Value.At > oldest && !ids.Contains(known.Key)).Concat(answers)
            .ToDictionary(StringComparer.Ordinal);
        return answers.ToDictionary(pair => pair.Key, pair => pair.Value.Status);
    }

    // A node that fails one answer in some holds up nobody but whom it was about.
    private static async Task UnlessAwayAsync(Task ask)
    {
        try
        {
            await ask;
        }
        catch (Exception outage) when (Outage.Is(outage))
        {
            // Asked again at the next look.
        }
    }

    // While the tip stays the same, what the node said a moment ago still holds. Null where what it says is not believed.
    private async Task<Answer?> AskAsync(
        PreparedTransaction transaction, Dictionary<string, Answer> before, NodeTip tip, CancellationToken token)
    {
        var now = time.GetUtcNow();
        if (before.TryGetValue(transaction.TxId, out var known) && known.Tip == tip.Hash && now - known.At < options.StatusMaxAge)
            return known;
        NodeTransaction? shown;
        try
        {
            shown = await nodes.TransactionAsync(transaction.TxId, token);
        }
        catch (HttpRequestException unreadable) when (unreadable.StatusCode == HttpStatusCode.OK)
        {
            telemetry.Doubted(transaction.TxId, ReceiptDoubt.Unreadable);
            return null;
        }
        if (await DoubtAsync(shown, transaction, tip, token) is { } doubt)
        {
            telemetry.Doubted(transaction.TxId, doubt);
            return null;
        }
        telemetry.Believed(transaction.TxId);
        return new Answer(transaction.TxId, tip.Hash, now, await ReadAsync(shown, transaction, tip, token));
    }

    private async Task<ReceiptDoubt?> DoubtAsync(
        NodeTransaction? shown, PreparedTransaction transaction, NodeTip tip, CancellationToken token)
    {
        if (shown?.Block is not { } block) return null;
        if (Receipt.WhyNever(shown, transaction, tip, options.Confirmations) is { } never) return never;
        if (Receipt.IsLikely(shown, transaction)) return null;
        if (!IsFinal(block, tip)) return ReceiptDoubt.Unexpected;
        return Receipt.IsBorneOut(shown, transaction) && await nodes.AllShowAsync(shown, transaction.TxId, token)
            ? null : ReceiptDoubt.Contradicted;
    }

    private bool IsFinal(NodeBlock block, NodeTip tip) => tip.Height - block.Height + 1 >= options.Confirmations;

    private async Task<TransactionStatus> ReadAsync(
        NodeTransaction? shown, PreparedTransaction transaction, NodeTip tip, CancellationToken token)
    {
        if (shown is null) return new TransactionStatus.Unknown();
        if (shown.IsPending) return new TransactionStatus.Pending();
        if (shown.Block is not { } block) return new TransactionStatus.Unknown();
        var isFinal = IsFinal(block, tip);
        if (shown.IsSuccess)
        {
            var paid = transaction.Expected is null ? null : Receipt.AmountOutOf(shown);
            return new TransactionStatus.Succeeded(paid ?? default, block.Height, block.Time, isFinal)
            {
                IsUnexpected = !Receipt.IsLikely(shown, transaction),
            };
        }
        var isUsed = isFinal && StacksCalls.TryReadUuid(transaction.Raw, out var uuid) && await uuids.IsUsedAsync(uuid, token);
        return new TransactionStatus.Aborted(shown.Status, isUsed, block.Height, block.Time, isFinal);
    }

    private async Task JudgeUnseenAsync(
        List<PreparedTransaction> unseen, Dictionary<string, Answer> answers, NodeTip tip, CancellationToken token)
    {
        var (now, ids) = (time.GetUtcNow(),
            unseen.Select(transaction => transaction.TxId).Concat(answers.Keys).ToHashSet(StringComparer.Ordinal));
        var passed = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var account in unseen.GroupBy(transaction => transaction.Solver))
            await UnlessAwayAsync(JudgeAsync(account, passed, answers, tip, token));
        var others = _passedSince.Where(since => since.Value.At > now - KeptFor && !ids.Contains(since.Key));
        _passedSince = others.Concat(passed.Select(since => KeyValuePair.Create(since.Key, (since.Value, now))))
            .ToDictionary(StringComparer.Ordinal);
    }

    private async Task JudgeAsync(
        IGrouping<StacksAddress, PreparedTransaction> account, Dictionary<string, long> passed, Dictionary<string, Answer> answers,
        NodeTip tip, CancellationToken token)
    {
        // What was seen before is kept where the node fails to answer now.
        foreach (var transaction in account)
            if (_passedSince.TryGetValue(transaction.TxId, out var since)) passed[transaction.TxId] = Math.Min(tip.Height, since.Height);
        var next = (await watch.AccountAsync(account.Key, token)).Nonce;
        foreach (var transaction in account)
        {
            if (transaction.Nonce >= next && !await IsOvertakenAsync(transaction, token)) passed.Remove(transaction.TxId);
            else if (answers.ContainsKey(transaction.TxId)) passed.TryAdd(transaction.TxId, tip.Height);
        }
        foreach (var transaction in account.Where(
            transaction => passed.ContainsKey(transaction.TxId) && answers.ContainsKey(transaction.TxId)))
        {
            if (tip.Height - passed[transaction.TxId] < options.Confirmations) continue;
            if (await IsReplacedAsync(transaction, token))
            {
                answers[transaction.TxId] = answers[transaction.TxId] with
                {
                    Status = new TransactionStatus.Replaced(),
                };
            }
        }
    }

    // What an account calls itself can be mined no more where either of its nonces is used.
    private async Task<bool> IsOvertakenAsync(PreparedTransaction transaction, CancellationToken token) =>
        transaction.Origin is { } origin && (await nodes.AccountAsync(origin.Account, token)).Nonce > origin.Nonce;

    // Its uuid is used: it is this one, whose receipt is late, or one that took its place; only a receipt can tell. Of a call another
    // transaction that used one of its nonces tells.
    private async Task<bool> IsReplacedAsync(PreparedTransaction transaction, CancellationToken token)
    {
        if (transaction.Origin is { } origin)
        {
            return await IsUsedByAnotherAsync(transaction, transaction.Solver, transaction.Nonce, token)
                || await IsUsedByAnotherAsync(transaction, origin.Account, origin.Nonce, token);
        }
        // What only uses a nonce has neither.
        if (!StacksCalls.TryReadUuid(transaction.Raw, out var uuid))
            return await IsUsedByAnotherAsync(transaction, transaction.Solver, transaction.Nonce, token);
        return !await uuids.IsUsedAsync(uuid, token) && await evidence.IsShownAsync(transaction.Solver, transaction.Nonce, token);
    }

    private async Task<bool> IsUsedByAnotherAsync(
        PreparedTransaction transaction, StacksAddress account, ulong nonce, CancellationToken token) =>
            await evidence.FindAsync(account, nonce, token) is { } txId && txId != transaction.TxId;

    private sealed record Answer(string TxId, string Tip, DateTimeOffset At, TransactionStatus Status);
}
