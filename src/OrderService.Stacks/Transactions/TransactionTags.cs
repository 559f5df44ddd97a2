namespace OrderService.Stacks.Transactions;

// The bytes that say what follows (SIP-005), shared by the writer and the reader.
internal static class TransactionTags
{
    public const byte AnchorAny = 3;

    public const byte TokenTransfer = 0;
    public const byte ContractCall = 2;

    public const byte StxCondition = 0;
    public const byte FungibleCondition = 1;
    public const byte NonFungibleCondition = 2;

    public const byte Origin = 1;
    public const byte StandardSender = 2;
    public const byte ContractSender = 3;
}
