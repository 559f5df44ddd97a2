using OrderService.Api.Wire;
using OrderService.Stacks.Crypto;

namespace OrderService.Api.SwapCoffee.Records;

/// <summary>What the header of a proof has; other members are ignored.</summary>
[SnakeCase]
internal sealed record ProofHeaderRecord : RequestRecord
{
    /// <summary>The key that signed.</summary>
    public Given<CompressedPublicKey> PublicKey { get; init; }

    /// <summary>What it signed.</summary>
    public Given<SignedProofRecord> Proof { get; init; }
}

/// <summary>What a wallet signed, in the members of the original's proof.</summary>
[SnakeCase]
internal sealed record SignedProofRecord : RequestRecord
{
    /// <summary>The domain.</summary>
    public Given<string> DomainVal { get; init; }

    /// <summary>Its length in bytes.</summary>
    [ReadBy(typeof(WireAmounts), nameof(WireAmounts.TryReadLoose))]
    public Given<WireNumber> DomainLen { get; init; }

    /// <summary>When, in Unix seconds.</summary>
    [ReadBy(typeof(WireAmounts), nameof(WireAmounts.TryReadLoose))]
    public Given<WireNumber> Timestamp { get; init; }

    /// <summary>Any text.</summary>
    public Given<string> Payload { get; init; }

    /// <summary>The signature over all of it.</summary>
    [ReadBy(typeof(RecoverableSignature), nameof(RecoverableSignature.TryParseRsv))]
    public Given<RecoverableSignature> Signature { get; init; }

    /// <summary>The time as a whole number; -1 where it is none.</summary>
    internal long Seconds =>
        Timestamp.IsRead && Timestamp.Value.TryScale(0, out var seconds) && seconds >= 0 && seconds <= long.MaxValue ? (long)seconds : -1;
}
