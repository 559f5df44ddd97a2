using System.Security.Cryptography;

namespace OrderService.Engine.Sealing;

/// <summary>
/// Bytes under the master key as the store has them: AES-256-GCM with a random nonce of 96 bits; what they belong to is associated data, so
/// that they are worth nothing in another row. Layout: the master key's id (8), the nonce (12), the ciphertext, the tag (16).
/// </summary>
internal static class Seal
{
    /// <summary>What a seal adds to the bytes.</summary>
    public const int Overhead = IdSize + NonceSize + TagSize;

    private const int IdSize = 8;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int NoncesAtOnce = 64;

    // Its key schedule costs more than a signature does, and it may be used by one thread at a time.
    [ThreadStatic]
    private static (MasterKey Key, AesGcm Cipher)? s_last;

    // Random numbers that no nonce has been yet: asking for twelve bytes costs what asking for many does.
    [ThreadStatic]
    private static (byte[] Bytes, int Used) s_nonces;

    /// <summary>Encrypts.</summary>
    public static byte[] Close(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> associated, MasterKey master)
    {
        var closed = new byte[plain.Length + Overhead];
        var nonce = closed.AsSpan(IdSize, NonceSize);
        Convert.FromHexString(master.Id, closed.AsSpan(..IdSize), out _, out _);
        FreshNonce(nonce);
        CipherOf(master).Encrypt(nonce, plain, closed.AsSpan(IdSize + NonceSize, plain.Length), closed.AsSpan(^TagSize..), associated);
        return closed;
    }

    /// <summary>Decrypts; null where the master key is another, or anything of them or of what they belong to was changed.</summary>
    public static byte[]? Open(ReadOnlySpan<byte> closed, ReadOnlySpan<byte> associated, MasterKey master)
    {
        if (!IsUnder(closed, master)) return null;
        var plain = new byte[closed.Length - Overhead];
        try
        {
            CipherOf(master)
                .Decrypt(closed.Slice(IdSize, NonceSize), closed[(IdSize + NonceSize)..^TagSize], closed[^TagSize..], plain, associated);
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    /// <summary>True where this master key closed them, by its id.</summary>
    public static bool IsUnder(ReadOnlySpan<byte> closed, MasterKey master) =>
        closed.Length >= Overhead && closed[..IdSize].SequenceEqual(Convert.FromHexString(master.Id));

    private static void FreshNonce(Span<byte> nonce)
    {
        var (bytes, used) = s_nonces;
        if (bytes is null || used == bytes.Length)
        {
            (bytes, used) = (bytes ?? new byte[NoncesAtOnce * NonceSize], 0);
            RandomNumberGenerator.Fill(bytes);
        }
        bytes.AsSpan(used, NonceSize).CopyTo(nonce);
        s_nonces = (bytes, used + NonceSize);
    }

    private static AesGcm CipherOf(MasterKey master)
    {
        if (s_last is { } last && ReferenceEquals(last.Key, master)) return last.Cipher;
        s_last?.Cipher.Dispose();
        var cipher = new AesGcm(master.Bytes, TagSize);
        s_last = (master, cipher);
        return cipher;
    }
}
