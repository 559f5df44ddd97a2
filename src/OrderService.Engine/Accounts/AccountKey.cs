using System.Security.Cryptography;
using System.Text;
using OrderService.Domain.Accounts;
using OrderService.Engine.Sealing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;

namespace OrderService.Engine.Accounts;

/// <summary>
/// An account's private key as the store has it: AES-256-GCM under the master key with a random nonce of 96 bits. The account's id, its
/// owner and the network are associated data, so that a ciphertext is worth nothing in another row.
/// </summary>
internal sealed class AccountKey
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private AccountKey() => (KeyId, Nonce, Ciphertext) = ("", [], []);

    public Guid AccountId { get; private set; }

    /// <summary>The id of the master key.</summary>
    public string KeyId { get; private set; }

    public byte[] Nonce { get; private set; }

    /// <summary>The encrypted 32 bytes and the tag.</summary>
    public byte[] Ciphertext { get; private set; }

    /// <summary>Encrypts a key.</summary>
    public static AccountKey Seal(PrivateKey key, ManagedAccount account, StacksNetwork network, MasterKey master)
    {
        var sealedKey = new AccountKey { AccountId = account.Id };
        Span<byte> secret = stackalloc byte[PrivateKey.Size];
        key.CopyTo(secret);
        sealedKey.Encrypt(secret, account, network, master);
        CryptographicOperations.ZeroMemory(secret);
        return sealedKey;
    }

    /// <summary>Decrypts it; null where the master key is another, or anything of this row or of the account was changed.</summary>
    public PrivateKey? Open(ManagedAccount account, StacksNetwork network, MasterKey master)
    {
        Span<byte> secret = stackalloc byte[PrivateKey.Size];
        if (!TryDecrypt(secret, account, network, master)) return null;
        var isKey = PrivateKey.TryFromBytes(secret, out var key);
        CryptographicOperations.ZeroMemory(secret);
        return isKey && key.PublicKey().ToAddress(network) == account.Address ? key : null;
    }

    /// <summary>Encrypts the same key under another master key, with a fresh nonce; false where the old one does not open it.</summary>
    public bool TryRotate(ManagedAccount account, StacksNetwork network, MasterKey from, MasterKey to)
    {
        Span<byte> secret = stackalloc byte[PrivateKey.Size];
        if (!TryDecrypt(secret, account, network, from)) return false;
        Encrypt(secret, account, network, to);
        CryptographicOperations.ZeroMemory(secret);
        return true;
    }

    private void Encrypt(ReadOnlySpan<byte> secret, ManagedAccount account, StacksNetwork network, MasterKey master)
    {
        (KeyId, Nonce, Ciphertext) = (master.Id, RandomNumberGenerator.GetBytes(NonceSize), new byte[PrivateKey.Size + TagSize]);
        using var cipher = new AesGcm(master.Bytes, TagSize);
        cipher.Encrypt(Nonce, secret, Ciphertext.AsSpan(..PrivateKey.Size), Ciphertext.AsSpan(PrivateKey.Size..),
            Associated(account, network));
    }

    private bool TryDecrypt(Span<byte> secret, ManagedAccount account, StacksNetwork network, MasterKey master)
    {
        if (AccountId != account.Id || KeyId != master.Id || Nonce.Length != NonceSize || Ciphertext.Length != PrivateKey.Size + TagSize)
            return false;
        using var cipher = new AesGcm(master.Bytes, TagSize);
        try
        {
            cipher.Decrypt(Nonce, Ciphertext.AsSpan(..PrivateKey.Size), Ciphertext.AsSpan(PrivateKey.Size..), secret,
                Associated(account, network));
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    private static byte[] Associated(ManagedAccount account, StacksNetwork network) =>
        Encoding.UTF8.GetBytes($"order-service/account-key/1|{account.Id:N}|{account.Owner}|{network.Name}");
}
