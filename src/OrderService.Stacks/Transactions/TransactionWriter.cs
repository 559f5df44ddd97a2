using System.Buffers;
using System.Diagnostics;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Clarity;

namespace OrderService.Stacks.Transactions;

// Writes transactions once, with nonces, fees and signatures still zero (SIP-005).
internal static class TransactionWriter
{
    // Most swaps fit: a longer transaction costs one more array.
    private const int UsualSize = 2048;

    // More than the longest piece that is written at once: tag, sender of 63 bytes, asset of 191, condition and amount.
    private const int PieceMax = 512;

    public static byte[] ToBytes(UnsignedTransaction transaction, Hash160 origin)
    {
        var writer = new ArrayBufferWriter<byte>(UsualSize);
        var isSponsored = transaction.Sponsor is not null;
        var head = TransactionHead.SizeOf(isSponsored);
        TransactionHead.WriteBlank(writer.GetSpan(head), transaction.Network, origin, isSponsored);
        writer.Advance(head);

        var cursor = new ConsensusCursor(writer.GetSpan(PieceMax));
        cursor.Byte(TransactionTags.AnchorAny);
        cursor.Byte((byte)transaction.Mode);
        cursor.Length(transaction.PostConditions.Count);
        writer.Advance(cursor.Written);

        foreach (var condition in transaction.PostConditions) Write(condition, writer);
        Write(transaction.Payload, writer);
        return writer.WrittenSpan.ToArray();
    }

    public static byte[] ToBytes(TransactionPayload payload)
    {
        var writer = new ArrayBufferWriter<byte>(UsualSize);
        Write(payload, writer);
        return writer.WrittenSpan.ToArray();
    }

    private static void Write(PostCondition condition, ArrayBufferWriter<byte> writer)
    {
        var cursor = new ConsensusCursor(writer.GetSpan(PieceMax));
        switch (condition)
        {
            case PostCondition.Stx stx:
                cursor.Byte(TransactionTags.StxCondition);
                Sender(ref cursor, stx.Sender);
                cursor.Byte((byte)stx.Condition);
                cursor.Number(stx.Amount);
                break;
            case PostCondition.Fungible fungible:
                cursor.Byte(TransactionTags.FungibleCondition);
                Sender(ref cursor, fungible.Sender);
                Asset(ref cursor, fungible.Asset);
                cursor.Byte((byte)fungible.Condition);
                cursor.Number(fungible.Amount);
                break;
            case PostCondition.NonFungible token:
                cursor.Byte(TransactionTags.NonFungibleCondition);
                Sender(ref cursor, token.Sender);
                Asset(ref cursor, token.Asset);
                writer.Advance(cursor.Written);
                ClarityWriter.Write(token.Instance, writer);
                cursor = new ConsensusCursor(writer.GetSpan(1));
                cursor.Byte((byte)token.Condition);
                break;
            default: throw new UnreachableException(condition.GetType().Name);
        }
        writer.Advance(cursor.Written);
    }

    private static void Write(TransactionPayload payload, ArrayBufferWriter<byte> writer)
    {
        var cursor = new ConsensusCursor(writer.GetSpan(PieceMax));
        switch (payload)
        {
            case TransactionPayload.ContractCall call:
                cursor.Byte(TransactionTags.ContractCall);
                Contract(ref cursor, call.Contract);
                cursor.Name(call.Function);
                cursor.Length(call.Arguments.Count);
                writer.Advance(cursor.Written);
                foreach (var argument in call.Arguments) ClarityWriter.Write(argument, writer);
                return;
            case TransactionPayload.TokenTransfer transfer:
                cursor.Byte(TransactionTags.TokenTransfer);
                cursor.Principal(transfer.Recipient);
                cursor.Number(transfer.Amount);
                Memo(ref cursor, transfer.Memo);
                writer.Advance(cursor.Written);
                return;
            default: throw new UnreachableException(payload.GetType().Name);
        }
    }

    private static void Sender(ref ConsensusCursor cursor, Principal? sender)
    {
        if (sender is not { } principal)
        {
            cursor.Byte(TransactionTags.Origin);
            return;
        }
        cursor.Byte(principal.IsContract ? TransactionTags.ContractSender : TransactionTags.StandardSender);
        cursor.Address(principal.Address);
        if (principal.IsContract) cursor.Name(principal.ContractName);
    }

    private static void Asset(ref ConsensusCursor cursor, AssetId asset)
    {
        Contract(ref cursor, asset.Contract);
        cursor.Name(asset.Name);
    }

    private static void Contract(ref ConsensusCursor cursor, ContractId contract)
    {
        cursor.Address(contract.Issuer);
        cursor.Name(contract.Name);
    }

    private static void Memo(ref ConsensusCursor cursor, string memo)
    {
        Span<byte> bytes = stackalloc byte[TransactionPayload.TokenTransfer.MemoSize];
        bytes.Clear();
        ClarityText.Utf8.GetBytes(memo, bytes);
        cursor.Bytes(bytes);
    }
}
