using OrderService.Stacks.Addresses;
using OrderService.Stacks.Clarity;

namespace OrderService.Stacks.Messages;

/// <summary>
/// What a wallet signs so that <paramref name="Target"/> may draw <paramref name="Amount"/> base units of <paramref name="Token"/> once:
/// the Blaze intent TRANSFER_TOKENS without an opcode (SIP-018). The uuid is 1 to 36 ASCII characters and signed as text, case included;
/// another throws ArgumentException. Price, output and recipient are not covered.
/// </summary>
public sealed record TransferIntent(ContractId Token, UInt128 Amount, Principal Target, string Uuid, uint ChainId)
{
    /// <summary>The name of this intent in the verifier.</summary>
    public const string Name = "TRANSFER_TOKENS";

    // 5 for the header, 42 for the six names, 18 + 63 + 20 + 1 + 64 + 41 for the longest values.
    private const int SizeMax = 254;

    /// <summary>The text that the chain accepts once.</summary>
    public string Uuid { get; init => field = IntentUuid.Checked(value); } = IntentUuid.Checked(Uuid);

    /// <summary>Writes the 32 bytes that the wallet signs, without allocating for the two networks.</summary>
    public void Hash(Span<byte> hash32)
    {
        Span<byte> message = stackalloc byte[SizeMax];
        var cursor = new ConsensusCursor(message);
        cursor.Type(ClarityType.Tuple);
        cursor.Length(6);
        cursor.Name("amount");
        cursor.Type(ClarityType.Some);
        cursor.Integer(ClarityType.UInt, Amount);
        cursor.Name("contract");
        cursor.Principal(Principal.From(Token));
        cursor.Name("intent");
        cursor.Ascii(Name);
        cursor.Name("opcode");
        cursor.Type(ClarityType.None);
        cursor.Name("target");
        cursor.Type(ClarityType.Some);
        cursor.Principal(Target);
        cursor.Name("uuid");
        cursor.Ascii(Uuid);
        StructuredMessage.Hash(IntentDomain.Hash(ChainId), message[..cursor.Written], hash32);
    }
}
