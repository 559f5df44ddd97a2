using Microsoft.Extensions.Options;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Domain.Scheduling;
using OrderService.Stacks.Addresses;

namespace OrderService.Venues.Stacks.Routes;

/// <summary>
/// An offer over the vaults: the best few routes by their reserves, confirmed by the vaults themselves, and of these the one that pays
/// most. Where vaults refuse, routes without them are tried while calls and time are left. An outage answers
/// <see cref="OrderError.Unavailable"/>: no evidence of anything.
/// </summary>
internal sealed class QuoteRoutes(
    VaultRegistry registry, IReadOnlyCalls calls, IOptions<RouteOptions> options, TimeProvider time, RouteTelemetry telemetry)
{
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(2);

    private static readonly TokenAmount[] ProbesFirst = [new(1_000_000), new(1_000_000_000), new(1_000_000_000_000)];

    private readonly RouteOptions _options = options.Value;

    /// <summary>The hops of the longest route.</summary>
    public int HopsMax => _options.HopsMax;

    /// <summary>Quotes the exact amount in; refused with <c>no_route</c> where nothing can be offered.</summary>
    public async Task<Result<Quote>> HandleAsync(TokenId sellToken, TokenId buyToken, TokenAmount amountIn, CancellationToken token)
    {
        if (registry.Snapshot is not { } snapshot)
            return new OrderError.Unavailable("vaults_not_loaded", "The vaults are not known yet; try again", TryAgainAfter);
        var (sell, buy) = (snapshot.Canonical(sellToken), snapshot.Canonical(buyToken));
        using var limit = new CancellationTokenSource(_options.ConfirmTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, token);
        var confirmation = new RouteConfirmation(calls);
        var refused = new HashSet<ContractId>();
        for (var left = _options.ConfirmCallsMax; ;)
        {
            var found = snapshot.Routes.Find(sell, buy, amountIn, refused).Candidates;
            if (found.Count == 0) return NoRoute(sell, buy, amountIn, refused.Count);
            var asked = Affordable(found, left);
            if (asked.Count == 0) return Unconfirmed();
            left -= asked.Sum(RouteConfirmation.CallsOf);

            var answers = await Task.WhenAll(asked.Select(route => confirmation.ConfirmAsync(route, either.Token)));
            token.ThrowIfCancellationRequested();
            foreach (var answer in answers) telemetry.Confirmed(answer.Outcome);
            if (Best(answers) is { } hops) return new Quote(sell, buy, amountIn, hops[^1].AmountOut, hops, time.GetUtcNow());
            if (answers.Any(answer => answer.Outcome == ConfirmOutcome.Unanswered)) return Unconfirmed();
            refused.UnionWith(answers.Select(answer => answer.RefusedBy!.Value));
        }
    }

    /// <summary>
    /// The rate at no depth: what the vaults confirm for an amount that is a millionth of what the first pool of the best route holds,
    /// rounded up by one base unit. That small an amount has no depth to speak of, and is large enough for what is lost by rounding on the
    /// way. Null where there is no route or no answer.
    /// </summary>
    public async Task<Price?> RateAsync(TokenId sellToken, TokenId buyToken, CancellationToken token)
    {
        if (registry.Snapshot is not { } snapshot || snapshot.FindToken(sellToken) is not { } sell
            || snapshot.FindToken(buyToken) is not { } buy)
        {
            return null;
        }
        if (ProbeOf(snapshot, sell.Id, buy.Id) is not { } probe
            || (await HandleAsync(sell.Id, buy.Id, probe, token)).IsRejected(out _, out var quote))
        {
            return null;
        }
        return RateBounds.RateOf(probe, sell.Token.Decimals, quote.AmountOut + new TokenAmount(1), buy.Token.Decimals);
    }

    private static TokenAmount? ProbeOf(VaultSnapshot snapshot, TokenId sell, TokenId buy)
    {
        foreach (var amount in ProbesFirst)
        {
            if (snapshot.Routes.Find(sell, buy, amount).Candidates is not [var best, ..]) continue;
            var pool = best.Steps.FirstOrDefault(step => step.Vault.Kind == VaultKind.Pool);
            if (pool.Vault is not { } vault) return amount;
            var held = vault.OpcodeSelling(tokenA: true) == pool.Hop.Opcode ? vault.ReserveA : vault.ReserveB;
            return new TokenAmount(UInt128.Max(held.Units / VaultArithmetic.Million, 10_000));
        }
        return null;
    }

    // The calls of a route are set aside before it is begun, so that the budget never ends in the middle of all of them.
    private static List<RouteCandidate> Affordable(IReadOnlyList<RouteCandidate> routes, int calls)
    {
        var affordable = new List<RouteCandidate>(routes.Count);
        foreach (var route in routes)
        {
            var needed = RouteConfirmation.CallsOf(route);
            if (needed > calls) continue;
            calls -= needed;
            affordable.Add(route);
        }
        return affordable;
    }

    private static IReadOnlyList<Hop>? Best(IReadOnlyList<ConfirmedRoute> answers)
    {
        IReadOnlyList<Hop>? best = null;
        foreach (var answer in answers.Where(answer => answer.Outcome == ConfirmOutcome.Confirmed))
        {
            if (best is null || answer.Hops[^1].AmountOut > best[^1].AmountOut) best = answer.Hops;
        }
        return best;
    }

    private static OrderError.NotExecutable NoRoute(TokenId sell, TokenId buy, TokenAmount amountIn, int refusals) =>
        new("no_route", $"no route from {sell} to {buy} for {amountIn}{(refusals > 0 ? " that its vaults confirm" : "")}");

    private static OrderError.Unavailable Unconfirmed() =>
        new("venue_unavailable", "The venue could not be asked for a quote", TryAgainAfter);
}
