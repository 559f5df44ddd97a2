using System.Diagnostics;

namespace OrderService.Stacks.Crypto;

/// <summary>
/// ECDSA on secp256k1 (SEC 1, SEC 2) over hashes of 32 bytes, by libsecp256k1. Hashes of another length throw ArgumentException, a library
/// that is not there MissingNativeLibraryException. Safe on all threads; nothing here allocates.
/// </summary>
public static unsafe class Secp256k1
{
    /// <summary>Loads the native library, so that its absence is told at start; throws MissingNativeLibraryException.</summary>
    public static void EnsureLoaded() => _ = NativeSecp256k1.Context;

    /// <summary>
    /// Recovers the key that signed. False where no key fits. A changed hash recovers another key, so only equality with the
    /// claimed signer proves anything.
    /// </summary>
    public static bool TryRecover(ReadOnlySpan<byte> hash32, in RecoverableSignature signature, out CompressedPublicKey key)
    {
        CheckHash(hash32);
        key = default;
        var context = NativeSecp256k1.Context;
        var native = stackalloc byte[65];
        var point = stackalloc byte[64];
        fixed (byte* compact = signature.Compact, hash = hash32)
        {
            if (NativeSecp256k1.RecoverableParse(context, native, compact, signature.RecoveryId) != 1) return false;
            if (NativeSecp256k1.Recover(context, point, native, hash) != 1) return false;
        }
        key = Serialize(context, point);
        return true;
    }

    /// <summary>True where the key made the signature over the hash; the recovery id is not looked at.</summary>
    public static bool Verify(ReadOnlySpan<byte> hash32, in RecoverableSignature signature, in CompressedPublicKey key)
    {
        CheckHash(hash32);
        var context = NativeSecp256k1.Context;
        var native = stackalloc byte[64];
        var point = stackalloc byte[64];
        fixed (byte* encoded = key.Bytes, compact = signature.Compact, hash = hash32)
        {
            return NativeSecp256k1.PointParse(context, point, encoded, CompressedPublicKey.Size) == 1
                && NativeSecp256k1.SignatureParse(context, native, compact) == 1
                && NativeSecp256k1.Verify(context, native, hash, point) == 1;
        }
    }

    /// <summary>
    /// Signs with the nonce of RFC 6979 and a low s, so the same hash and key always give the same bytes, those of the JavaScript
    /// wallets. A default key throws InvalidOperationException.
    /// </summary>
    public static RecoverableSignature Sign(ReadOnlySpan<byte> hash32, in PrivateKey key)
    {
        CheckHash(hash32);
        var context = NativeSecp256k1.Context;
        var native = stackalloc byte[65];
        Span<byte> rsv = stackalloc byte[RecoverableSignature.Size];
        int recoveryId;
        fixed (byte* secret = key.Bytes, hash = hash32, compact = rsv)
        {
            if (NativeSecp256k1.SignRecoverable(context, native, hash, secret, 0, 0) != 1) throw NoKey();
            _ = NativeSecp256k1.RecoverableSerialize(context, compact, &recoveryId, native);
        }
        rsv[64] = (byte)recoveryId;
        return RecoverableSignature.TryFromRsv(rsv, out var signature, out var fault)
            ? signature
            : throw new UnreachableException($"libsecp256k1 made a signature with the fault {fault}.");
    }

    internal static bool TryCompress(ReadOnlySpan<byte> encoded, out CompressedPublicKey key)
    {
        var context = NativeSecp256k1.Context;
        var point = stackalloc byte[64];
        fixed (byte* input = encoded)
        {
            var isPoint = NativeSecp256k1.PointParse(context, point, input, (nuint)encoded.Length) == 1;
            key = isPoint ? Serialize(context, point) : default;
            return isPoint;
        }
    }

    internal static CompressedPublicKey PublicKeyOf(in PrivateKey key)
    {
        var context = NativeSecp256k1.Context;
        var point = stackalloc byte[64];
        fixed (byte* secret = key.Bytes)
        {
            if (NativeSecp256k1.PointCreate(context, point, secret) != 1) throw NoKey();
        }
        return Serialize(context, point);
    }

    private static CompressedPublicKey Serialize(nint context, byte* point)
    {
        var encoded = stackalloc byte[CompressedPublicKey.Size];
        nuint length = CompressedPublicKey.Size;
        _ = NativeSecp256k1.PointSerialize(context, encoded, &length, point, NativeSecp256k1.Compressed);
        return new(new ReadOnlySpan<byte>(encoded, CompressedPublicKey.Size));
    }

    // The native functions read 32 bytes whatever the span's length is.
    private static void CheckHash(ReadOnlySpan<byte> hash32)
    {
        if (hash32.Length != 32) throw new ArgumentException("The hash must be 32 bytes.", nameof(hash32));
    }

    private static InvalidOperationException NoKey() => new("The private key was never set.");
}
