using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;

namespace OrderService.Domain.Ports;

/// <summary>
/// Signs for the managed accounts. Their keys live behind it; the engine sees signatures only, and verifies each before it is used.
/// </summary>
public interface IManagedSigner
{
    /// <summary>
    /// The account's signature over an intent, the same one each time. Refused with
    /// <see cref="OrderService.Domain.OrderError.Unavailable"/> where the key cannot be had now (the slice waits and asks again), with
    /// anything else where it never will be (the slice fails). Throws what its store throws.
    /// </summary>
    Task<Result<RecoverableSignature>> SignAsync(StacksAddress account, TransferIntent intent, CancellationToken token);

    /// <summary>Who signs what the account calls itself; refused like <see cref="SignAsync"/>.</summary>
    Task<Result<IAccountSigner>> OfAsync(StacksAddress account, CancellationToken token);
}

/// <summary>Signs as one managed account what it calls itself. The key is read for each signature and not kept.</summary>
public interface IAccountSigner
{
    /// <summary>The account.</summary>
    StacksAddress Account { get; }

    /// <summary>
    /// The account's signature over the hash of a transaction that does this and no more: a swap, a call that does nothing, or a transfer
    /// to its owner. Anything else throws.
    /// </summary>
    RecoverableSignature Sign(RouterCall call, ReadOnlySpan<byte> hash);
}
