using OrderService.Stacks.Addresses;
using OrderService.Stacks.Clarity;

namespace OrderService.Venues.Stacks;

/// <summary>Read-only functions of contracts, evaluated by a node at its tip. Moves nothing and costs no fee.</summary>
internal interface IReadOnlyCalls
{
    /// <summary>
    /// The value that the function answers, a response of either kind included; null where the node could not evaluate it: no such contract
    /// or function, arguments of another type, a run-time error. Throws <see cref="HttpRequestException"/> or
    /// <see cref="TimeoutException"/> where the node cannot be asked.
    /// </summary>
    Task<ClarityValue?> CallAsync(ContractId contract, string function, IReadOnlyList<ClarityValue> arguments, CancellationToken token);
}
