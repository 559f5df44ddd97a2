using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Clarity;

namespace OrderService.Venues.Stacks.Node;

/// <summary>
/// The nodes that are configured, the first of them the preferred. Of what they say differently the more careful word holds: the lowest
/// height, the lower nonce, the lower balance. What only needs an answer is asked of the next one where the first is away, and what is sent
/// goes to all. Every member throws as <see cref="StacksNode"/> does.
/// </summary>
internal sealed class StacksNodes(IReadOnlyList<StacksNode> nodes) : IReadOnlyCalls
{
    /// <summary>Each of them.</summary>
    public IReadOnlyList<StacksNode> All => nodes;

    /// <summary>The lowest tip of those that answer: all of them have what is below it.</summary>
    public async Task<NodeTip> TipAsync(CancellationToken token) =>
        (await AnswersAsync(node => node.TipAsync(token))).MinBy(tip => tip.Height)!;

    /// <summary>The lower nonce and the lower balance of those that answer.</summary>
    public async Task<NodeAccount> AccountAsync(StacksAddress address, CancellationToken token)
    {
        var accounts = await AnswersAsync(node => node.AccountAsync(address, token));
        return new NodeAccount(accounts.Min(account => account.Nonce),
            accounts.Select(account => account.Balance).Aggregate(TokenAmount.Min));
    }

    /// <inheritdoc/>
    public Task<ClarityValue?> CallAsync(
        ContractId contract, string function, IReadOnlyList<ClarityValue> arguments, CancellationToken token) =>
            FirstAsync(node => node.CallAsync(contract, function, arguments, token));

    /// <summary>As <see cref="StacksNode.FunctionsAsync"/>.</summary>
    public Task<IReadOnlyList<string>?> FunctionsAsync(ContractId contract, CancellationToken token) =>
        FirstAsync(node => node.FunctionsAsync(contract, token));

    /// <summary>As <see cref="StacksNode.AssetsAsync"/>.</summary>
    public Task<IReadOnlyList<string>?> AssetsAsync(ContractId contract, CancellationToken token) =>
        FirstAsync(node => node.AssetsAsync(contract, token));

    /// <summary>As <see cref="StacksNode.HoldingsAsync"/>.</summary>
    public Task<IReadOnlyDictionary<TokenId, TokenAmount>> HoldingsAsync(StacksAddress address, CancellationToken token) =>
        FirstAsync(node => node.HoldingsAsync(address, token));

    /// <summary>As <see cref="StacksNode.EstimateFeeAsync"/>.</summary>
    public Task<ulong?> EstimateFeeAsync(byte[] payload, int sizeOfTransaction, CancellationToken token) =>
        FirstAsync(node => node.EstimateFeeAsync(payload, sizeOfTransaction, token));

    /// <summary>
    /// Taken where one takes it. Refused for good only where every one refuses it for good: what one has not answered it may have taken.
    /// </summary>
    public async Task<SubmitOutcome> BroadcastAsync(byte[] raw, CancellationToken token)
    {
        var sends = nodes.Select(node => node.BroadcastAsync(raw, token)).ToList();
        var outcomes = await AnsweredAsync(sends);
        if (outcomes.Find(outcome => outcome is SubmitOutcome.Accepted) is { } taken) return taken;
        if (outcomes.Count < sends.Count) await Task.WhenAll(sends); // throws what the silent one threw
        var refusals = outcomes.ConvertAll(outcome => (SubmitOutcome.Refused)outcome);
        return refusals.Find(refusal => !refusal.IsDefinite) ?? refusals[0];
    }

    /// <summary>What the first one that knows the transaction shows of it; null where none of those that answer knows it.</summary>
    public async Task<NodeTransaction?> TransactionAsync(string txId, CancellationToken token)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                var shown = await nodes[i].TransactionAsync(txId, token);
                if (shown is not null || i == nodes.Count - 1) return shown;
            }
            catch (Exception outage) when (Outage.Is(outage) && i < nodes.Count - 1)
            {
                // The next one may know.
            }
        }
    }

    /// <summary>As <see cref="StacksNode.MinedAsync"/>.</summary>
    public Task<IReadOnlyList<string>> MinedAsync(StacksAddress address, ulong nonce, CancellationToken token) =>
        FirstAsync(node => node.MinedAsync(address, nonce, token));

    /// <summary>As <see cref="StacksNode.RawAsync"/>.</summary>
    public Task<byte[]?> RawAsync(string txId, CancellationToken token) => FirstAsync(node => node.RawAsync(txId, token));

    /// <summary>True where every node answers, and shows the same of the transaction.</summary>
    public async Task<bool> AllShowAsync(NodeTransaction shown, string txId, CancellationToken token) =>
        (await AnsweredAsync(nodes.Select(node => node.TransactionAsync(txId, token)).ToList())) is var answers
            && answers.Count == nodes.Count && answers.TrueForAll(shown.Agrees);

    private async Task<List<T>> AnswersAsync<T>(Func<StacksNode, Task<T>> ask)
    {
        var asked = nodes.Select(ask).ToList();
        var answers = await AnsweredAsync(asked);
        if (answers.Count == 0) await asked[0];
        return answers;
    }

    private async Task<T> FirstAsync<T>(Func<StacksNode, Task<T>> ask)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                return await ask(nodes[i]);
            }
            catch (Exception outage) when (Outage.Is(outage) && i < nodes.Count - 1)
            {
                // The next one may answer.
            }
        }
    }

    private static async Task<List<T>> AnsweredAsync<T>(List<Task<T>> asked)
    {
        try
        {
            await Task.WhenAll(asked);
        }
        catch (Exception) when (asked.TrueForAll(
            ask => ask.IsCompletedSuccessfully || ask.Exception?.InnerException is { } fault && Outage.Is(fault)))
        {
            // Those that are away are left out.
        }
        return asked.FindAll(ask => ask.IsCompletedSuccessfully).ConvertAll(ask => ask.Result);
    }
}
