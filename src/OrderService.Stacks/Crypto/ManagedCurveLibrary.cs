using NBitcoin.Secp256k1;

namespace OrderService.Stacks.Crypto;

// NBitcoin.Secp256k1, for machines where no native library loads. The tests hold both to the same answers.
internal sealed class ManagedCurveLibrary : CurveLibrary
{
    private static Context Curve => Context.Instance;

    public override string Name => "NBitcoin.Secp256k1";

    public override bool IsNative => false;

    public override bool TryRecover(ReadOnlySpan<byte> hash32, in RecoverableSignature signature, out CompressedPublicKey key)
    {
        key = default;
        // Version 4.0.4 compares r with n here, so it would recover keys that libsecp256k1 refuses.
        if ((signature.RecoveryId & 2) != 0 && !Scalar.FitsPlusOrder(signature.Compact[..32])) return false;
        if (!SecpRecoverableECDSASignature.TryCreateFromCompact(signature.Compact, signature.RecoveryId, out var parsed)) return false;
        if (!ECPubKey.TryRecover(Curve, parsed, hash32, out var point)) return false;
        key = Serialize(point);
        return true;
    }

    public override bool Verify(ReadOnlySpan<byte> hash32, in RecoverableSignature signature, in CompressedPublicKey key) =>
        ECPubKey.TryCreate(key.Bytes, Curve, out _, out var point)
        && SecpECDSASignature.TryCreateFromCompact(signature.Compact, out var parsed)
        && point.SigVerify(parsed, hash32);

    public override bool TrySign(ReadOnlySpan<byte> hash32, in PrivateKey key, Span<byte> rsv)
    {
        if (!ECPrivKey.TryCreate(key.Bytes, Curve, out var secret)) return false;
        using (secret)
        {
            if (!secret.TrySignRecoverable(hash32, out var signed) || signed is null) return false;
            signed.WriteToSpanCompact(rsv[..64], out var recoveryId);
            rsv[64] = (byte)recoveryId;
            return true;
        }
    }

    public override bool TryCompress(ReadOnlySpan<byte> encoded, out CompressedPublicKey key)
    {
        var isPoint = ECPubKey.TryCreate(encoded, Curve, out _, out var point);
        key = isPoint ? Serialize(point!) : default;
        return isPoint;
    }

    public override bool TryPublicKeyOf(in PrivateKey key, out CompressedPublicKey publicKey)
    {
        publicKey = default;
        if (!ECPrivKey.TryCreate(key.Bytes, Curve, out var secret)) return false;
        using (secret) publicKey = Serialize(secret.CreatePubKey());
        return true;
    }

    private static CompressedPublicKey Serialize(ECPubKey point)
    {
        Span<byte> encoded = stackalloc byte[CompressedPublicKey.Size];
        point.WriteToSpan(true, encoded, out _);
        return new(encoded);
    }
}
