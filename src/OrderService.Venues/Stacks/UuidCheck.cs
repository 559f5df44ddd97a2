using OrderService.Stacks.Clarity;

namespace OrderService.Venues.Stacks;

/// <summary>Asks the verifier whether a uuid was used. Throws HttpRequestException or TimeoutException where it cannot say.</summary>
internal sealed class UuidCheck(IReadOnlyCalls calls, StacksChain chain)
{
    /// <summary>True where the chain accepts no intent with this uuid any more.</summary>
    public async Task<bool> IsUsedAsync(string uuid, CancellationToken token) =>
        await calls.CallAsync(chain.Verifier, "check", StacksCalls.CheckOf(uuid), token) is ClarityValue.Bool(var isUsed)
            ? isUsed
            : throw new HttpRequestException($"{chain.Verifier} does not answer check");
}
