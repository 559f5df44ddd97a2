namespace OrderService.Stacks.Crypto;

// libsecp256k1. Nothing here allocates. One context serves all threads: after it is made and blinded, calls only read it.
internal sealed unsafe class NativeCurveLibrary(NativeSecp256k1.Place place) : CurveLibrary
{
    private readonly nint _context = NativeSecp256k1.CreateContext(place);

    public override string Name { get; } = $"libsecp256k1 of the {(place.IsPackaged ? "package" : "system")}";

    public override bool IsNative => true;

    public override bool TryRecover(ReadOnlySpan<byte> hash32, in RecoverableSignature signature, out CompressedPublicKey key)
    {
        key = default;
        var native = stackalloc byte[65];
        var point = stackalloc byte[64];
        fixed (byte* compact = signature.Compact, hash = hash32)
        {
            if (NativeSecp256k1.RecoverableParse(_context, native, compact, signature.RecoveryId) != 1) return false;
            if (NativeSecp256k1.Recover(_context, point, native, hash) != 1) return false;
        }
        key = Serialize(point);
        return true;
    }

    public override bool Verify(ReadOnlySpan<byte> hash32, in RecoverableSignature signature, in CompressedPublicKey key)
    {
        var native = stackalloc byte[64];
        var point = stackalloc byte[64];
        fixed (byte* encoded = key.Bytes, compact = signature.Compact, hash = hash32)
        {
            return NativeSecp256k1.PointParse(_context, point, encoded, CompressedPublicKey.Size) == 1
                && NativeSecp256k1.SignatureParse(_context, native, compact) == 1
                && NativeSecp256k1.Verify(_context, native, hash, point) == 1;
        }
    }

    public override bool TrySign(ReadOnlySpan<byte> hash32, in PrivateKey key, Span<byte> rsv)
    {
        var native = stackalloc byte[65];
        int recoveryId;
        fixed (byte* secret = key.Bytes, hash = hash32, compact = rsv)
        {
            if (NativeSecp256k1.SignRecoverable(_context, native, hash, secret, 0, 0) != 1) return false;
            _ = NativeSecp256k1.RecoverableSerialize(_context, compact, &recoveryId, native);
        }
        rsv[64] = (byte)recoveryId;
        return true;
    }

    public override bool TryCompress(ReadOnlySpan<byte> encoded, out CompressedPublicKey key)
    {
        var point = stackalloc byte[64];
        fixed (byte* input = encoded)
        {
            var isPoint = NativeSecp256k1.PointParse(_context, point, input, (nuint)encoded.Length) == 1;
            key = isPoint ? Serialize(point) : default;
            return isPoint;
        }
    }

    public override bool TryPublicKeyOf(in PrivateKey key, out CompressedPublicKey publicKey)
    {
        var point = stackalloc byte[64];
        fixed (byte* secret = key.Bytes)
        {
            var isKey = NativeSecp256k1.PointCreate(_context, point, secret) == 1;
            publicKey = isKey ? Serialize(point) : default;
            return isKey;
        }
    }

    private CompressedPublicKey Serialize(byte* point)
    {
        var encoded = stackalloc byte[CompressedPublicKey.Size];
        nuint length = CompressedPublicKey.Size;
        _ = NativeSecp256k1.PointSerialize(_context, encoded, &length, point, NativeSecp256k1.Compressed);
        return new(new ReadOnlySpan<byte>(encoded, CompressedPublicKey.Size));
    }
}
