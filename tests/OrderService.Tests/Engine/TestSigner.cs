using OrderService.Domain;
using OrderService.Domain.Ports;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;

namespace OrderService.Tests.Engine;

/// <summary>One managed account whose key the test holds.</summary>
internal sealed class TestSigner : IManagedSigner, IAccountSigner
{
    private readonly PrivateKey _key = PrivateKey.Generate();

    /// <summary>Where the keys cannot be had for now.</summary>
    public bool IsAway { get; set; }

    /// <summary>Where it signs with somebody else's key.</summary>
    public bool IsWrong { get; set; }

    public StacksAddress Account => _key.PublicKey().ToAddress(StacksNetwork.Testnet);

    public Task<Result<RecoverableSignature>> SignAsync(StacksAddress account, TransferIntent intent, CancellationToken token) =>
        Task.FromResult(Sign(account, intent));

    public Task<Result<IAccountSigner>> OfAsync(StacksAddress account, CancellationToken token) => Task.FromResult(Of(account));

    public RecoverableSignature Sign(RouterCall call, ReadOnlySpan<byte> hash) =>
        Secp256k1.Sign(hash, IsWrong ? PrivateKey.Generate() : _key);

    private Result<IAccountSigner> Of(StacksAddress account)
    {
        if (IsAway) return new OrderError.Unavailable("keys_unavailable", "The keys are locked", TimeSpan.FromSeconds(5));
        return account == Account ? this : new OrderError.NotExecutable("unknown_account", "no such account");
    }

    private Result<RecoverableSignature> Sign(StacksAddress account, TransferIntent intent)
    {
        if (IsAway) return new OrderError.Unavailable("keys_unavailable", "The keys are locked", TimeSpan.FromSeconds(5));
        if (account != Account) return new OrderError.NotExecutable("unknown_account", "no such account");
        var hash = new byte[32];
        intent.Hash(hash);
        return Secp256k1.Sign(hash, IsWrong ? PrivateKey.Generate() : _key);
    }
}
