using System.Collections.Concurrent;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Clarity;
using OrderService.Venues.Stacks;

namespace OrderService.Tests.StacksVenue;

/// <summary>A node that answers <c>quote</c> as a test tells it to, and remembers what it was asked.</summary>
internal sealed class FakeCalls(Func<ContractId, UInt128, ClarityValue?> quote) : IReadOnlyCalls
{
    private readonly ConcurrentQueue<(ContractId Contract, string Function, string Arguments)> _asked = new();

    public IReadOnlyCollection<(ContractId Contract, string Function, string Arguments)> Asked => _asked;

    /// <summary>What is awaited before each answer.</summary>
    public Func<ContractId, CancellationToken, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    public async Task<ClarityValue?> CallAsync(
        ContractId contract, string function, IReadOnlyList<ClarityValue> arguments, CancellationToken token)
    {
        _asked.Enqueue((contract, function, string.Join(' ', arguments)));
        await Before(contract, token);
        return quote(contract, ((ClarityValue.UInt)arguments[0]).Value);
    }

    public static ClarityValue Pays(UInt128 amountOut) =>
        new ClarityValue.Ok(new ClarityValue.Tuple(("dx", new ClarityValue.UInt(1)), ("dy", new ClarityValue.UInt(amountOut)),
            ("dk", new ClarityValue.UInt(0))));

    public static FakeCalls Paying(params (int Vault, int AmountOut)[] answers) =>
        new((vault, _) => answers.FirstOrDefault(answer => VaultGraphs.VaultId(answer.Vault) == vault) is { AmountOut: > 0 } found
            ? Pays((UInt128)found.AmountOut) : null);
}
