namespace OrderService.Stacks.Crypto;

// What Secp256k1 needs of a library over the curve. Its caller has checked lengths and ranges; an answer of false is one about numbers.
internal abstract class CurveLibrary
{
    // Named by readiness.
    public abstract string Name { get; }

    public abstract bool IsNative { get; }

    public abstract bool TryRecover(ReadOnlySpan<byte> hash32, in RecoverableSignature signature, out CompressedPublicKey key);

    public abstract bool Verify(ReadOnlySpan<byte> hash32, in RecoverableSignature signature, in CompressedPublicKey key);

    // RFC 6979 and a low s. Writes r ‖ s ‖ v; false for a key that was never set.
    public abstract bool TrySign(ReadOnlySpan<byte> hash32, in PrivateKey key, Span<byte> rsv);

    public abstract bool TryCompress(ReadOnlySpan<byte> encoded, out CompressedPublicKey key);

    public abstract bool TryPublicKeyOf(in PrivateKey key, out CompressedPublicKey publicKey);

    // The native one is several times as fast; the managed one needs nothing of the machine.
    public static CurveLibrary Choose(NativeSecp256k1.Place? place) =>
        place is null ? new ManagedCurveLibrary() : new NativeCurveLibrary(place);
}
