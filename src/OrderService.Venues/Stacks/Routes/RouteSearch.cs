using System.Collections.Concurrent;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;

namespace OrderService.Venues.Stacks.Routes;

/// <summary>One vault of a route and what it is estimated, or has confirmed, to do.</summary>
internal readonly record struct RouteStep(StacksVault Vault, Hop Hop);

/// <summary>A route from end to end.</summary>
internal sealed record RouteCandidate(IReadOnlyList<RouteStep> Steps)
{
    /// <summary>What arrives at the end.</summary>
    public TokenAmount AmountOut => Steps[^1].Hop.AmountOut;
}

/// <summary>
/// The best routes, the largest amount out first and the shorter of equals; none where nothing arrives. <paramref name="IsExact"/> says
/// that no route was left out that would be among them.
/// </summary>
internal sealed record RoutesFound(IReadOnlyList<RouteCandidate> Candidates, bool IsExact);

/// <summary>
/// The best few routes through the vaults of one snapshot, by what their reserves promise. No route visits a token twice, so none uses a
/// vault twice. It goes hop by hop and keeps, for each token and number of hops, the best amounts that arrive there with the tokens
/// between.
/// <para>Exact: the arithmetic, to the base unit; leaving out tokens from which the hops that are left do not reach the target; keeping of
/// the ways over the same tokens only as many as routes are wanted, since a larger amount never buys less. So routes of one or two hops are
/// always all considered.</para>
/// <para>Heuristic: at most <c>labelsMax</c> ways are kept for each token and number of hops. The best way to a token may lead over one
/// that the rest of the route needs, and where the bound was reached the way that does not may have been dropped;
/// <see cref="RoutesFound.IsExact"/> is false then.</para>
/// </summary>
internal sealed class RouteSearch(IEnumerable<StacksVault> vaults, int hopsMax, int candidatesMax, int labelsMax = RouteSearch.Labels)
{
    /// <summary>Ways kept for each token and number of hops.</summary>
    public const int Labels = 24;

    private readonly RouteGraph _graph = new(vaults);
    private readonly int _labelsMax = Math.Max(labelsMax, candidatesMax); // with fewer, the second best of a set would be dropped unseen
    // they grow large, and a new one for each quote would keep the collector busy
    private readonly ConcurrentBag<List<RouteLabel>> _spare = [];

    /// <summary>The best routes for the exact amount in, over none of the vaults that are left out.</summary>
    public RoutesFound Find(TokenId from, TokenId to, TokenAmount amountIn, IReadOnlySet<ContractId>? without = null)
    {
        if (from == to || amountIn == TokenAmount.Zero || !_graph.TryFind(from, out var source) || !_graph.TryFind(to, out var target))
            return new RoutesFound([], IsExact: true);
        var labels = _spare.TryTake(out var used) ? used : new List<RouteLabel>(256);
        try
        {
            using var walk = new RouteWalk(_graph, labels, source, target, _labelsMax, candidatesMax, without);
            var arrived = walk.Run(amountIn.Units, hopsMax);
            return new RoutesFound([.. arrived.Select(label => CandidateOf(walk.WayTo(label), from, amountIn))], !walk.HasForgotten);
        }
        finally
        {
            labels.Clear();
            _spare.Add(labels);
        }
    }

    private RouteCandidate CandidateOf(IReadOnlyList<RouteLabel> way, TokenId from, TokenAmount amountIn)
    {
        var steps = new List<RouteStep>(way.Count);
        var (tokenIn, amount) = (from, amountIn);
        foreach (var label in way)
        {
            var (tokenOut, amountOut) = (_graph.TokenAt(label.Token), new TokenAmount(label.Amount));
            steps.Add(
                new RouteStep(label.Edge.Vault, new Hop(label.Edge.Vault.Id, label.Edge.Opcode, tokenIn, tokenOut, amount, amountOut)));
            (tokenIn, amount) = (tokenOut, amountOut);
        }
        return new RouteCandidate(steps);
    }
}
