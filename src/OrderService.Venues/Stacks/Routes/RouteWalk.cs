using OrderService.Domain.Amounts;
using OrderService.Stacks.Addresses;

namespace OrderService.Venues.Stacks.Routes;

/// <summary>
/// One search from a token to another: all ways of one hop, then of two, and so on. The list of labels is empty at first and its own until
/// it ends.
/// </summary>
internal sealed class RouteWalk(
    RouteGraph graph, List<RouteLabel> labels, int source, int target, int labelsMax, int candidatesMax, IReadOnlySet<ContractId>? without)
    : IDisposable
{
    private const int NoParent = -1;

    private readonly List<RouteLabel> _arrived = new(candidatesMax + 1);
    private RouteLabels _here = new(graph.TokensCount, labelsMax, candidatesMax);
    private RouteLabels _next = new(graph.TokensCount, labelsMax, candidatesMax);

    /// <summary>Walks up to so many hops; answers the labels that reached the target, the best first.</summary>
    public IReadOnlyList<RouteLabel> Run(UInt128 amountIn, int hopsMax)
    {
        var distances = graph.DistancesTo(target);
        if (distances[source] > hopsMax) return [];
        _here.Offer(labels, new RouteLabel(source, amountIn, default, NoParent, default));
        for (var left = hopsMax - 1; left >= 0; left--)
        {
            _next.Clear();
            foreach (var token in _here.Reached)
            {
                foreach (var label in _here.Of(token)) Extend(label, left, distances);
            }
            (_here, _next) = (_next, _here);
        }
        return _arrived;
    }

    /// <summary>True once a way was dropped that might have led to a better route.</summary>
    public bool HasForgotten => _here.HasForgotten || _next.HasForgotten;

    /// <summary>The way that a label came by, from the source on.</summary>
    public IReadOnlyList<RouteLabel> WayTo(RouteLabel label)
    {
        var way = new List<RouteLabel> { label };
        while (labels[way[^1].Parent] is { Parent: not NoParent } before) way.Add(before);
        way.Reverse();
        return way;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _here.Dispose();
        _next.Dispose();
    }

    private void Extend(int index, int left, ReadOnlySpan<byte> distances)
    {
        var from = labels[index];
        foreach (var edge in graph.EdgesOf(from.Token))
        {
            if (distances[edge.To] > left || edge.To == source || from.Between.Contains(edge.To)) continue;
            if (without is not null && without.Contains(edge.Vault.Id)) continue;
            if (edge.Vault.Estimate(edge.Opcode, new TokenAmount(from.Amount)) is not { } amount) continue;
            if (edge.To == target) Arrive(new RouteLabel(target, amount.Units, from.Between, index, edge));
            else _next.Offer(labels, new RouteLabel(edge.To, amount.Units, from.Between.With(edge.To), index, edge));
        }
    }

    // Of equal amounts the first stands first, and the first is the shortest.
    private void Arrive(RouteLabel label)
    {
        var place = _arrived.Count;
        while (place > 0 && _arrived[place - 1].Amount < label.Amount) place--;
        if (place == candidatesMax) return;
        _arrived.Insert(place, label);
        if (_arrived.Count > candidatesMax) _arrived.RemoveAt(candidatesMax);
    }
}
