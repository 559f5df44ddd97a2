using System.Security.Cryptography;

namespace OrderService.Engine.Sealing;

/// <summary>The one row that says which master key the store's keys are encrypted with.</summary>
internal sealed class MasterKeyRecord
{
    private MasterKeyRecord() => (KeyId, CheckValue) = ("", []);

    /// <summary>Names a key as the one in use.</summary>
    public MasterKeyRecord(MasterKey key, DateTimeOffset now) => (IsOnly, KeyId, CheckValue, SetAt) = (true, key.Id, key.CheckValue, now);

    public bool IsOnly { get; private set; }

    public string KeyId { get; private set; }

    public byte[] CheckValue { get; private set; }

    public DateTimeOffset SetAt { get; private set; }

    /// <summary>True once no order's signature is stored in clear any more.</summary>
    public bool AreOrdersSealed { get; private set; }

    /// <summary>True where this is the key in use.</summary>
    public bool IsOf(MasterKey key) => CryptographicOperations.FixedTimeEquals(CheckValue, key.CheckValue);

    /// <summary>Notes that every order is sealed.</summary>
    public void OrdersAreSealed() => AreOrdersSealed = true;

    /// <summary>Names another key as the one in use.</summary>
    public void Replace(MasterKey key, DateTimeOffset now) => (KeyId, CheckValue, SetAt) = (key.Id, key.CheckValue, now);
}
