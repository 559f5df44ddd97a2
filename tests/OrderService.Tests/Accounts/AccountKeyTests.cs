using System.Reflection;
using OrderService.Domain.Accounts;
using OrderService.Engine.Accounts;
using OrderService.Engine.Sealing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;

namespace OrderService.Tests.Accounts;

public sealed class AccountKeyTests
{
    private static readonly MasterKey Master = MasterKey.Generate();
    private static readonly PrivateKey Key = PrivateKey.Generate();
    private static readonly StacksAddress Owner = PrivateKey.Generate().PublicKey().ToAddress(StacksNetwork.Testnet);

    private readonly ManagedAccount _account = Account(Guid.NewGuid(), Owner);

    [Fact]
    public void A_sealed_key_opens_to_the_same_key_and_shows_nothing_of_it()
    {
        var sealedKey = AccountKey.Seal(Key, _account, StacksNetwork.Testnet, Master);
        sealedKey.Open(_account, StacksNetwork.Testnet, Master)!.Value.ToHex().ShouldBe(Key.ToHex());
        Convert.ToHexStringLower(sealedKey.Ciphertext).ShouldNotContain(Key.ToHex()[..32]);
        (sealedKey.Nonce.Length, sealedKey.Ciphertext.Length, sealedKey.KeyId).ShouldBe((12, 48, Master.Id));
    }

    [Fact]
    public void Equal_keys_are_never_sealed_alike()
    {
        var many = Enumerable.Range(0, 100).Select(_ => AccountKey.Seal(Key, _account, StacksNetwork.Testnet, Master)).ToList();
        many.Select(k => Convert.ToHexString(k.Nonce)).Distinct().Count().ShouldBe(100);
        many.Select(k => Convert.ToHexString(k.Ciphertext)).Distinct().Count().ShouldBe(100);
    }

    [Fact]
    public void Every_changed_bit_of_the_ciphertext_and_the_nonce_is_noticed()
    {
        for (var bit = 0; bit < (48 + 12) * 8; bit++)
        {
            var sealedKey = AccountKey.Seal(Key, _account, StacksNetwork.Testnet, Master);
            var (bytes, at) = bit < 48 * 8 ? (sealedKey.Ciphertext, bit) : (sealedKey.Nonce, bit - 48 * 8);
            bytes[at / 8] ^= (byte)(1 << (at % 8));
            sealedKey.Open(_account, StacksNetwork.Testnet, Master).ShouldBeNull($"bit {bit}");
        }
    }

    [Fact]
    public void A_ciphertext_is_worth_nothing_in_another_account_of_another_owner_or_on_another_network()
    {
        var sealedKey = AccountKey.Seal(Key, _account, StacksNetwork.Testnet, Master);
        sealedKey.Open(Account(_account.Id, PrivateKey.Generate().PublicKey().ToAddress(StacksNetwork.Testnet)), StacksNetwork.Testnet,
            Master).ShouldBeNull();
        sealedKey.Open(_account, StacksNetwork.Mainnet, Master).ShouldBeNull();
        var other = Account(Guid.NewGuid(), Owner);
        sealedKey.Open(other, StacksNetwork.Testnet, Master).ShouldBeNull();
        typeof(AccountKey).GetProperty(nameof(AccountKey.AccountId))!.SetValue(sealedKey, other.Id); // the row moved
        sealedKey.Open(other, StacksNetwork.Testnet, Master).ShouldBeNull();
    }

    [Fact]
    public void Another_master_key_opens_nothing_even_under_the_same_id()
    {
        var sealedKey = AccountKey.Seal(Key, _account, StacksNetwork.Testnet, Master);
        var other = MasterKey.Generate();
        sealedKey.Open(_account, StacksNetwork.Testnet, other).ShouldBeNull();
        typeof(AccountKey).GetProperty(nameof(AccountKey.KeyId))!.SetValue(sealedKey, other.Id);
        sealedKey.Open(_account, StacksNetwork.Testnet, other).ShouldBeNull();
    }

    [Fact]
    public void A_rotated_key_opens_under_the_new_master_key_only()
    {
        var sealedKey = AccountKey.Seal(Key, _account, StacksNetwork.Testnet, Master);
        var (nonce, next) = (sealedKey.Nonce, MasterKey.Generate());
        sealedKey.TryRotate(_account, StacksNetwork.Testnet, next, Master).ShouldBeFalse();
        sealedKey.TryRotate(_account, StacksNetwork.Testnet, Master, next).ShouldBeTrue();
        sealedKey.Nonce.ShouldNotBe(nonce);
        sealedKey.Open(_account, StacksNetwork.Testnet, next)!.Value.ToHex().ShouldBe(Key.ToHex());
        sealedKey.Open(_account, StacksNetwork.Testnet, Master).ShouldBeNull();
    }

    [Fact]
    public void Nothing_prints_a_secret()
    {
        Master.ToString().ShouldBe("(master key)");
        Master.Reveal().Length.ShouldBe(64);
        MasterKey.Parse(Master.Reveal())!.Id.ShouldBe(Master.Id);
        Master.Reveal().ShouldNotContain(Master.Id);
        typeof(MasterKey).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(p => p.Name)
            .ShouldBe([nameof(MasterKey.Id), nameof(MasterKey.CheckValue)], ignoreOrder: true);
    }

    private static ManagedAccount Account(Guid id, StacksAddress owner) =>
        new(id, owner, "escrow", Key.PublicKey().ToAddress(StacksNetwork.Testnet), DateTimeOffset.UnixEpoch);
}
