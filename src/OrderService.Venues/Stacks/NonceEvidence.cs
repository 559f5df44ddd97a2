using OrderService.Stacks.Addresses;
using OrderService.Stacks.Transactions;
using OrderService.Venues.Stacks.Node;

namespace OrderService.Venues.Stacks;

/// <summary>
/// Whether a nonce was used is shown by the transaction that used it: its bytes, which only the account's own key can have signed.
/// </summary>
internal sealed class NonceEvidence(StacksNodes nodes)
{
    /// <summary>
    /// True where a node shows a mined transaction of the account with this nonce, and its bytes are signed by the account.
    /// </summary>
    public async Task<bool> IsShownAsync(StacksAddress solver, ulong nonce, CancellationToken token) =>
        await FindAsync(solver, nonce, token) is not null;

    /// <summary>The id of such a transaction; null where none is shown.</summary>
    public async Task<string?> FindAsync(StacksAddress solver, ulong nonce, CancellationToken token)
    {
        foreach (var txId in await nodes.MinedAsync(solver, nonce, token))
        {
            if (await nodes.RawAsync(txId, token) is not { } raw || !SignedTransaction.TryRead(raw, out var used) || used.TxId != txId)
                continue;
            if (Uses(used, solver, nonce) && used.IsSigned()) return txId;
        }
        return null;
    }

    // A sponsor uses up a nonce of its own beside the origin's.
    private static bool Uses(SignedTransaction used, StacksAddress account, ulong nonce) =>
        (used.Sender == account && used.Content.Nonce == nonce) || (used.Sponsor == account && used.Content.Sponsor?.Nonce == nonce);
}
