using OrderService.Stacks.Addresses;
using OrderService.Stacks.Clarity;

namespace OrderService.Stacks.Messages;

/// <summary>
/// Any intent of the Blaze verifier (SIP-018): its name of up to 32 ASCII characters, an opcode of up to 16 bytes, an amount and a target
/// where it has them. <see cref="TransferIntent"/> is the one that orders use. Longer fields and texts that are not ASCII throw.
/// </summary>
public sealed record StructuredIntent(
    ContractId Contract, string Intent, ReadOnlyMemory<byte>? Opcode, UInt128? Amount, Principal? Target, string Uuid, uint ChainId)
{
    /// <summary>The intent's name.</summary>
    public string Intent { get; init; } = Intent.Length <= 32 ? Intent : throw new ArgumentException("Longer than 32.", nameof(Intent));

    /// <summary>Up to 16 bytes, or null.</summary>
    public ReadOnlyMemory<byte>? Opcode { get; init; } =
        Opcode is { Length: > 16 } ? throw new ArgumentException("Longer than 16 bytes.", nameof(Opcode)) : Opcode;

    /// <summary>The text that the chain accepts once.</summary>
    public string Uuid { get; init => field = IntentUuid.Checked(value); } = IntentUuid.Checked(Uuid);

    /// <summary>The domain tuple that is signed with the message.</summary>
    public ClarityValue Domain => IntentDomain.Of(ChainId);

    /// <summary>The message tuple.</summary>
    public ClarityValue Message => new ClarityValue.Tuple(
        ("amount", ClarityValue.Optional(Amount)),
        ("contract", new ClarityValue.PrincipalValue(Principal.From(Contract))),
        ("intent", new ClarityValue.StringAscii(Intent)),
        ("opcode", ClarityValue.Optional(Opcode is { } opcode ? new ClarityValue.Buffer(opcode) : null)),
        ("target", ClarityValue.Optional(Target is { } target ? new ClarityValue.PrincipalValue(target) : null)),
        ("uuid", new ClarityValue.StringAscii(Uuid)));

    /// <summary>Writes the 32 bytes that the wallet signs.</summary>
    public void Hash(Span<byte> hash32) => StructuredMessage.Hash(Domain, Message, hash32);
}
