using System.Diagnostics.CodeAnalysis;
using System.Text.Unicode;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Clarity;
using static OrderService.Stacks.Clarity.ConsensusSource;

namespace OrderService.Stacks.Transactions;

// Reads what follows the head of a transaction, and only what the writer writes: everything else answers false (SIP-005).
internal static class TransactionReader
{
    public static bool TryRead(ReadOnlySpan<byte> rest, in TransactionHead head, [NotNullWhen(true)] out UnsignedTransaction? content)
    {
        content = null;
        if (!TakeByte(ref rest, out var anchor) || anchor != TransactionTags.AnchorAny) return false;
        if (!TakeByte(ref rest, out var mode) || !Enum.IsDefined((PostConditionMode)mode)) return false;
        if (!TakeConditions(ref rest, out var conditions) || !TakePayload(ref rest, out var payload) || !rest.IsEmpty) return false;

        var sponsor = head.Sponsor is { } paying ? new Sponsorship(paying.Nonce, paying.Fee) : null;
        content = new(head.Network, head.Origin.Nonce, head.Origin.Fee, payload, conditions, (PostConditionMode)mode, sponsor);
        return true;
    }

    private static bool TakeConditions(ref ReadOnlySpan<byte> rest, [NotNullWhen(true)] out List<PostCondition>? conditions)
    {
        conditions = null;
        // Each takes more than a byte, so a count above what is left is a lie and reserves nothing.
        if (!TakeLength(ref rest, out var count) || count > rest.Length) return false;
        var taken = new List<PostCondition>();
        for (var i = 0; i < count; i++)
        {
            if (!TakeCondition(ref rest, out var condition)) return false;
            taken.Add(condition);
        }
        conditions = taken;
        return true;
    }

    private static bool TakeCondition(ref ReadOnlySpan<byte> rest, [NotNullWhen(true)] out PostCondition? condition)
    {
        condition = null;
        if (!TakeByte(ref rest, out var tag) || !TakeSender(ref rest, out var sender)) return false;
        condition = tag switch
        {
            TransactionTags.StxCondition when TakeAmount(ref rest, out var compared, out var amount) =>
                new PostCondition.Stx(sender, compared, amount),
            TransactionTags.FungibleCondition when TakeAsset(ref rest, out var asset)
                && TakeAmount(ref rest, out var compared, out var amount) =>
                    new PostCondition.Fungible(sender, asset, compared, amount),
            TransactionTags.NonFungibleCondition when TakeAsset(ref rest, out var asset)
                && ClarityReader.TryTake(ref rest, out var instance)
                && TakeByte(ref rest, out var sent) && Enum.IsDefined((NonFungibleCondition)sent) =>
                new PostCondition.NonFungible(sender, asset, instance, (NonFungibleCondition)sent),
            _ => null,
        };
        return condition is not null;
    }

    private static bool TakeSender(ref ReadOnlySpan<byte> rest, out Principal? sender)
    {
        sender = null;
        if (!TakeByte(ref rest, out var tag)) return false;
        switch (tag)
        {
            case TransactionTags.Origin:
                return true;
            case TransactionTags.StandardSender when TakeAddress(ref rest, out var address):
                sender = Principal.From(address);
                return true;
            case TransactionTags.ContractSender when TakeContract(ref rest, out var contract):
                sender = Principal.From(contract);
                return true;
            default:
                return false;
        }
    }

    private static bool TakeAsset(ref ReadOnlySpan<byte> rest, [NotNullWhen(true)] out AssetId? asset)
    {
        asset = TakeContract(ref rest, out var contract) && TakeClarityName(ref rest, out var name) ? new(contract, name) : null;
        return asset is not null;
    }

    private static bool TakeAmount(ref ReadOnlySpan<byte> rest, out FungibleCondition compared, out ulong amount)
    {
        amount = 0;
        compared = TakeByte(ref rest, out var code) ? (FungibleCondition)code : default;
        return Enum.IsDefined(compared) && TakeNumber(ref rest, out amount);
    }

    private static bool TakePayload(ref ReadOnlySpan<byte> rest, [NotNullWhen(true)] out TransactionPayload? payload)
    {
        payload = null;
        if (!TakeByte(ref rest, out var tag)) return false;
        payload = tag switch
        {
            TransactionTags.ContractCall => ReadCall(ref rest),
            TransactionTags.TokenTransfer => ReadTransfer(ref rest),
            _ => null,
        };
        return payload is not null;
    }

    private static TransactionPayload.ContractCall? ReadCall(ref ReadOnlySpan<byte> rest)
    {
        if (!TakeContract(ref rest, out var contract) || !TakeClarityName(ref rest, out var function)) return null;
        if (!TakeLength(ref rest, out var count) || count > rest.Length) return null;
        var arguments = new List<ClarityValue>();
        for (var i = 0; i < count; i++)
        {
            if (!ClarityReader.TryTake(ref rest, out var argument)) return null;
            arguments.Add(argument);
        }
        return new(contract, function, arguments);
    }

    private static TransactionPayload.TokenTransfer? ReadTransfer(ref ReadOnlySpan<byte> rest)
    {
        if (!ClarityReader.TryTake(ref rest, out var recipient) || recipient is not ClarityValue.PrincipalValue(var principal)) return null;
        if (!TakeNumber(ref rest, out var amount) || !Take(ref rest, TransactionPayload.TokenTransfer.MemoSize, out var padded))
            return null;

        var memo = padded.TrimEnd((byte)0);
        return Utf8.IsValid(memo) ? new(principal, amount, ClarityText.Utf8.GetString(memo)) : null;
    }
}
