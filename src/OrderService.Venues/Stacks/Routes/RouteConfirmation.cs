using System.Collections.Concurrent;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Clarity;

namespace OrderService.Venues.Stacks.Routes;

/// <summary>What came of asking a route's vaults.</summary>
internal enum ConfirmOutcome
{
    /// <summary>Every hop has an amount that its vault named, or that was estimated where the vault cannot be asked.</summary>
    Confirmed,

    /// <summary>A vault would pay nothing, or could not say.</summary>
    Refused,

    /// <summary>The node did not answer, or not in time.</summary>
    Unanswered,
}

/// <summary>A route after it was asked for: its hops where it is confirmed, the vault that refused where it is not.</summary>
internal sealed record ConfirmedRoute(ConfirmOutcome Outcome, IReadOnlyList<Hop> Hops, ContractId? RefusedBy = null);

/// <summary>
/// Asks the vaults of one quote's routes what they would pay, hop after hop, each with what the one before named. The function is
/// <c>quote(uint, (optional (buff 16)))</c>; vaults read only the first byte of the opcode, and here it fills the 16 bytes of its type with
/// zeros behind it, as their own router service asks. (The swap call itself carries one byte.) Routes that begin alike share their calls.
/// </summary>
internal sealed class RouteConfirmation(IReadOnlyCalls calls)
{
    private const int OpcodeBytes = 16;

    private readonly ConcurrentDictionary<(ContractId Vault, byte Opcode, TokenAmount AmountIn), Lazy<Task<TokenAmount?>>> _asked = new();

    /// <summary>How many calls a route needs at most.</summary>
    public static int CallsOf(RouteCandidate route) => route.Steps.Count(step => step.Vault.HasQuote);

    /// <summary>Asks one route's vaults; the token ends it as unanswered.</summary>
    public async Task<ConfirmedRoute> ConfirmAsync(RouteCandidate route, CancellationToken token)
    {
        var hops = new List<Hop>(route.Steps.Count);
        try
        {
            foreach (var (vault, hop) in route.Steps)
            {
                var amountIn = hops.Count == 0 ? hop.AmountIn : hops[^1].AmountOut;
                var amountOut = vault.HasQuote
                    ? await AskAsync(vault, hop.Opcode, amountIn, token).WaitAsync(token) : vault.Estimate(hop.Opcode, amountIn);
                if (amountOut is not { } paid || paid == TokenAmount.Zero) return new ConfirmedRoute(ConfirmOutcome.Refused, [], vault.Id);
                hops.Add(hop with { AmountIn = amountIn, AmountOut = paid });
            }
            return new ConfirmedRoute(ConfirmOutcome.Confirmed, hops);
        }
        catch (Exception outage) when (Outage.Is(outage) || (outage is OperationCanceledException && token.IsCancellationRequested))
        {
            return new ConfirmedRoute(ConfirmOutcome.Unanswered, []);
        }
    }

    private Task<TokenAmount?> AskAsync(StacksVault vault, byte opcode, TokenAmount amountIn, CancellationToken token) =>
        _asked.GetOrAdd((vault.Id, opcode, amountIn),
            key => new Lazy<Task<TokenAmount?>>(() => ReadAsync(key.Vault, key.Opcode, key.AmountIn, token))).Value;

    private async Task<TokenAmount?> ReadAsync(ContractId vault, byte opcode, TokenAmount amountIn, CancellationToken token)
    {
        var buffer = new byte[OpcodeBytes];
        buffer[0] = opcode;
        var answer = await calls.CallAsync(vault, "quote",
            [new ClarityValue.UInt(amountIn.Units), new ClarityValue.Some(new ClarityValue.Buffer(buffer))], token);
        return answer is ClarityValue.Ok { Value: ClarityValue.Tuple tuple } && tuple["dy"] is ClarityValue.UInt(var paid)
            ? new TokenAmount(paid) : null;
    }
}
