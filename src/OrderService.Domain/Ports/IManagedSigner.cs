using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;

namespace OrderService.Domain.Ports;

/// <summary>Signs for the managed accounts. Their keys live behind it; the engine sees signatures only, and verifies each before it is used.</summary>
public interface IManagedSigner
{
    /// <summary>
    /// The account's signature over an intent, the same one each time. Refused with <see cref="OrderService.Domain.OrderError.Unavailable"/> where the key cannot be had now
    /// (the slice waits and asks again), with anything else where it never will be (the slice fails). Throws what its store throws.
    /// </summary>
    Task<Result<RecoverableSignature>> SignAsync(StacksAddress account, TransferIntent intent, CancellationToken token);
}
