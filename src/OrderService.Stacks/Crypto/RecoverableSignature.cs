using System.Diagnostics.CodeAnalysis;

namespace OrderService.Stacks.Crypto;

/// <summary>
/// An ECDSA signature on secp256k1 from which the public key can be recovered: r and s of 32 bytes each and a recovery id of 0..3.
/// Stacks messages carry it as RSV, transactions as VRS. Only low-S values within range can be made, so none can stop the native
/// library; a default value is all zero and recovers nothing.
/// </summary>
public readonly struct RecoverableSignature : IEquatable<RecoverableSignature>
{
    /// <summary>The size in bytes.</summary>
    public const int Size = 65;

    private readonly Bytes64 compact;
    private readonly byte recoveryId;

    private RecoverableSignature(ReadOnlySpan<byte> rs, byte recoveryId)
    {
        rs.CopyTo(compact);
        this.recoveryId = recoveryId;
    }

    internal int RecoveryId => recoveryId;

    [UnscopedRef]
    internal ReadOnlySpan<byte> Compact => compact;

    /// <summary>Reads 130 hex digits of r ‖ s ‖ v in either case; anything else answers false.</summary>
    public static bool TryParseRsv([NotNullWhen(true)] string? hex130, out RecoverableSignature signature) =>
        TryParseRsv(hex130, out signature, out _);

    /// <summary>Reads 130 hex digits of r ‖ s ‖ v in either case; anything else answers false and the fault.</summary>
    public static bool TryParseRsv([NotNullWhen(true)] string? hex130, out RecoverableSignature signature, out SignatureFault fault)
    {
        signature = default;
        Span<byte> rsv = stackalloc byte[Size];
        fault = Hex.Read(hex130, rsv);
        return fault == SignatureFault.None && TryFromRsv(rsv, out signature, out fault);
    }

    /// <summary>Takes 65 bytes r ‖ s ‖ v; anything else answers false and the fault.</summary>
    public static bool TryFromRsv(ReadOnlySpan<byte> rsv, out RecoverableSignature signature, out SignatureFault fault)
    {
        signature = default;
        fault = rsv.Length == Size ? Check(rsv[..64], rsv[64]) : SignatureFault.Length;
        if (fault != SignatureFault.None) return false;

        signature = new(rsv[..64], rsv[64]);
        return true;
    }

    /// <summary>Takes 65 bytes v ‖ r ‖ s; anything else answers false and the fault.</summary>
    public static bool TryFromVrs(ReadOnlySpan<byte> vrs, out RecoverableSignature signature, out SignatureFault fault)
    {
        signature = default;
        fault = vrs.Length == Size ? Check(vrs[1..], vrs[0]) : SignatureFault.Length;
        if (fault != SignatureFault.None) return false;

        signature = new(vrs[1..], vrs[0]);
        return true;
    }

    /// <summary>Writes 65 bytes r ‖ s ‖ v; a shorter destination throws ArgumentException.</summary>
    public void CopyRsvTo(Span<byte> destination)
    {
        Compact.CopyTo(destination);
        destination[64] = recoveryId;
    }

    /// <summary>Writes 65 bytes v ‖ r ‖ s; a shorter destination throws ArgumentException.</summary>
    public void CopyVrsTo(Span<byte> destination)
    {
        Compact.CopyTo(destination[1..]);
        destination[0] = recoveryId;
    }

    /// <summary>130 lower-case hex digits r ‖ s ‖ v, as wallets give them.</summary>
    public string ToRsvHex()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyRsvTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    /// <summary>130 lower-case hex digits v ‖ r ‖ s, as transactions carry them.</summary>
    public string ToVrsHex()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyVrsTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    /// <summary>A fixed text: an intent's signature moves funds, so it must not reach a log by accident.</summary>
    public override string ToString() => "(signature)";

    /// <summary>True where all 65 bytes are equal.</summary>
    public bool Equals(RecoverableSignature other) => recoveryId == other.recoveryId && Compact.SequenceEqual(other.Compact);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RecoverableSignature other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Compact);
        return hash.ToHashCode();
    }

    /// <summary>True where all 65 bytes are equal.</summary>
    public static bool operator ==(RecoverableSignature left, RecoverableSignature right) => left.Equals(right);

    /// <summary>True where some byte differs.</summary>
    public static bool operator !=(RecoverableSignature left, RecoverableSignature right) => !left.Equals(right);

    private static SignatureFault Check(ReadOnlySpan<byte> rs, byte recoveryId)
    {
        if (recoveryId > 3) return SignatureFault.RecoveryId;
        if (!Scalar.IsInRange(rs[..32]) || !Scalar.IsInRange(rs[32..])) return SignatureFault.OutOfRange;
        return Scalar.IsHigh(rs[32..]) ? SignatureFault.HighS : SignatureFault.None;
    }
}
