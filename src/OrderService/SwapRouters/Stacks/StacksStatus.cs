using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Clarity;
using OrderService.SwapRouters.Stacks.Node;

namespace OrderService.SwapRouters.Stacks;

/// <summary>
/// What became of transactions, by positive evidence only: a block for success and abort; for a transaction that nobody shows, a nonce that the
/// account has passed together with a uuid that is not used, both seen over as many blocks as make anything final. A transaction that
/// was dropped or orphaned is one that nobody shows: its bytes may still be mined. One caller at a time: the settlement of this process.
/// </summary>
internal sealed class StacksStatus(StacksNode node, ChainWatch watch, UuidCheck uuids, StacksOptions options, TimeProvider time)
{
    private volatile Dictionary<string, Answer> _known = new(StringComparer.Ordinal);
    private volatile Dictionary<string, long> _passedSince = new(StringComparer.Ordinal);

    /// <summary>The status of each, by its id.</summary>
    public async Task<IReadOnlyDictionary<string, TransactionStatus>> OfAsync(IReadOnlyCollection<PreparedTransaction> transactions, CancellationToken token)
    {
        if (transactions.Count == 0) return new Dictionary<string, TransactionStatus>();
        var tip = await watch.TipAsync(token);
        var before = _known;
        var answers = (await Task.WhenAll(transactions.DistinctBy(transaction => transaction.TxId).Select(transaction => AskAsync(transaction, before, tip, token)))).ToDictionary(answer => answer.TxId);
        await JudgeUnseenAsync([.. transactions.Where(transaction => answers[transaction.TxId].Status is TransactionStatus.Unknown)], answers, tip, token);
        _known = answers;
        return answers.ToDictionary(pair => pair.Key, pair => pair.Value.Status);
    }

    // While the tip stays the same, what the node said a moment ago still holds.
    private async Task<Answer> AskAsync(PreparedTransaction transaction, Dictionary<string, Answer> before, NodeTip tip, CancellationToken token)
    {
        var now = time.GetUtcNow();
        if (before.TryGetValue(transaction.TxId, out var known) && known.Tip == tip.Hash && now - known.At < options.StatusMaxAge) return known;
        var shown = await node.TransactionAsync(transaction.TxId, token);
        return new Answer(transaction.TxId, tip.Hash, now, await ReadAsync(shown, transaction, tip, token));
    }

    private async Task<TransactionStatus> ReadAsync(NodeTransaction? shown, PreparedTransaction transaction, NodeTip tip, CancellationToken token)
    {
        if (shown is null) return new TransactionStatus.Unknown();
        if (shown.IsPending) return new TransactionStatus.Pending();
        if (shown.Block is not { } block) return new TransactionStatus.Unknown();
        var isFinal = tip.Height - block.Height + 1 >= options.Confirmations;
        if (shown.IsSuccess) return new TransactionStatus.Succeeded(AmountOutOf(shown.Result), block.Height, block.Time, isFinal);
        if (!shown.IsAborted) return new TransactionStatus.Unknown();
        var isUsed = isFinal && StacksCalls.TryReadUuid(transaction.Raw, out var uuid) && await uuids.IsUsedAsync(uuid, token);
        return new TransactionStatus.Aborted(shown.Status, isUsed, block.Height, block.Time, isFinal);
    }

    private async Task JudgeUnseenAsync(List<PreparedTransaction> unseen, Dictionary<string, Answer> answers, NodeTip tip, CancellationToken token)
    {
        var passed = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var account in unseen.GroupBy(transaction => transaction.Solver))
        {
            var next = (await watch.AccountAsync(account.Key, token)).Nonce;
            foreach (var transaction in account.Where(transaction => transaction.Nonce < next))
            {
                var since = passed[transaction.TxId] = Math.Min(tip.Height, _passedSince.GetValueOrDefault(transaction.TxId, tip.Height));
                if (tip.Height - since < options.Confirmations || !StacksCalls.TryReadUuid(transaction.Raw, out var uuid)) continue;
                // Used: it is this one, whose receipt is late, or one that took its place; only a receipt can tell.
                if (!await uuids.IsUsedAsync(uuid, token)) answers[transaction.TxId] = answers[transaction.TxId] with { Status = new TransactionStatus.Replaced() };
            }
        }
        _passedSince = passed;
    }

    // (ok (list {dx, dy, dk})): the last vault's dy is what the router passes on. The verifier answers a principal, and pays nothing.
    private static TokenAmount AmountOutOf(ClarityValue? result) =>
        result is ClarityValue.Ok(ClarityValue.List { Items: [.., ClarityValue.Tuple last] }) && last["dy"] is ClarityValue.UInt(var paid) ? new TokenAmount(paid) : TokenAmount.Zero;

    private sealed record Answer(string TxId, string Tip, DateTimeOffset At, TransactionStatus Status);
}
