using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Stacks.Clarity;
using OrderService.Stacks.Transactions;
using OrderService.Venues.Stacks.Node;

namespace OrderService.Venues.Stacks;

/// <summary>Holds what a node shows of a transaction against what can be true of it.</summary>
internal static class Receipt
{
    // A tip that was read a moment before may be some blocks behind what is shown after it.
    private const int BlocksAheadMax = 10;

    // More than this many times the quote is not what it was built for.
    private const uint QuotesMax = 2;

    /// <summary>Why it cannot be true whoever says so; null where it can.</summary>
    public static ReceiptDoubt? WhyNever(NodeTransaction shown, PreparedTransaction transaction, NodeTip tip, int confirmations)
    {
        if (shown.Block is not { } block) return null;
        // a reorganisation as deep as what is final is followed
        if (transaction.SeenHeight is { } seen && block.Height <= seen - confirmations) return ReceiptDoubt.OlderThanSend;
        if (block.Height > tip.Height + BlocksAheadMax) return ReceiptDoubt.AheadOfTip;
        return shown.IsSuccess && transaction.Expected is not null && AmountOutOf(shown) is null ? ReceiptDoubt.Unreadable : null;
    }

    /// <summary>True where a success says what could be expected of it; false where only agreement at finality makes it believed.</summary>
    public static bool IsLikely(NodeTransaction shown, PreparedTransaction transaction) =>
        !shown.IsSuccess || transaction.Expected is not { } expected || AmountOutOf(shown) is not { } paid
        || (paid >= expected.Least && paid.Units <= UInt128.Max(expected.Quoted.Units * QuotesMax, expected.Quoted.Units));

    /// <summary>
    /// True where the transfers that it shows say the same as its result. Where a post-condition watches what is paid, its transfer to the
    /// recipient must be among them; the ledger of a subnet shows none.
    /// </summary>
    public static bool IsBorneOut(NodeTransaction shown, PreparedTransaction transaction)
    {
        if (!SignedTransaction.TryRead(transaction.Raw, out var sent)
            || sent.Content.Payload is not TransactionPayload.ContractCall { Arguments: [.., ClarityValue.Tuple paid] })
        {
            return false;
        }
        if (paid["to"] is not ClarityValue.PrincipalValue(var recipient) || AmountOutOf(shown) is not { } amount) return false;
        var watched = sent.Content.PostConditions.Where(IsOfAmount).Select(AssetOf).ToHashSet(StringComparer.Ordinal);
        return watched.Count == 0
            || shown.Transfers.Any(
                moved => moved.Recipient == recipient.ToString() && moved.Amount == amount.Units && watched.Contains(moved.AssetId ?? ""));
    }

    /// <summary>
    /// What a swap says that it paid: <c>(ok (list {dx, dy, dk}))</c> of the router, which passes the last vault's dy on, or <c>(ok
    /// paid)</c> of the order router. Null where it says neither.
    /// </summary>
    public static TokenAmount? AmountOutOf(NodeTransaction shown) => shown.Result switch
    {
        ClarityValue.Ok(ClarityValue.List { Items: [.., ClarityValue.Tuple last] }) when last["dy"] is ClarityValue.UInt(var given) =>
            new TokenAmount(given),
        ClarityValue.Ok(ClarityValue.UInt(var paid)) => new TokenAmount(paid),
        _ => null,
    };

    private static bool IsOfAmount(PostCondition condition) =>
        condition is PostCondition.Fungible { Amount: > 0 } or PostCondition.Stx { Amount: > 0 };

    private static string AssetOf(PostCondition condition) =>
        condition is PostCondition.Fungible { Asset: var asset } ? asset.ToString() : "";
}
