using System.Buffers;

namespace OrderService.Venues.Stacks.Routes;

/// <summary>A way to a token: the amount that arrives, the tokens between, and the label and edge that it came by.</summary>
internal readonly record struct RouteLabel(int Token, UInt128 Amount, TokenSet Between, int Parent, RouteEdge Edge);

/// <summary>
/// The best labels of each token for one number of hops, the largest amount first. Of labels over the same tokens only the best few can
/// ever lead to one of the best few routes, so dropping the others loses nothing; dropping one because a token has too many labels may, and
/// is told.
/// </summary>
internal sealed class RouteLabels(int tokens, int labelsMax, int perSetMax) : IDisposable
{
    private readonly int[] _slots = ArrayPool<int>.Shared.Rent(tokens * labelsMax);
    private readonly int[] _counts = Cleared(tokens);
    private readonly List<int> _reached = [];

    /// <summary>True once a label was dropped that another number of labels might have kept.</summary>
    public bool HasForgotten { get; private set; }

    /// <summary>The tokens that have labels.</summary>
    public IReadOnlyList<int> Reached => _reached;

    /// <summary>The indexes of a token's labels.</summary>
    public ReadOnlySpan<int> Of(int token) => _slots.AsSpan(token * labelsMax, _counts[token]);

    /// <summary>Empties it for another number of hops.</summary>
    public void Clear()
    {
        foreach (var token in _reached) _counts[token] = 0;
        _reached.Clear();
    }

    /// <summary>Keeps the label where it is good enough, and forgets the one that it displaces.</summary>
    public void Offer(List<RouteLabel> labels, in RouteLabel label)
    {
        var slots = _slots.AsSpan(label.Token * labelsMax, labelsMax);
        var count = _counts[label.Token];
        var isFull = count == labelsMax;
        if (isFull && HasForgotten && labels[slots[count - 1]].Amount >= label.Amount) return;

        var (same, worst) = (0, count - 1);
        for (var i = 0; i < count; i++)
        {
            if (labels[slots[i]].Between != label.Between) continue;
            same++;
            if (same == perSetMax) worst = i;
        }
        var displaces = same == perSetMax || isFull;
        if (displaces && same < perSetMax) HasForgotten = true;
        if (displaces && labels[slots[worst]].Amount >= label.Amount) return;
        if (displaces)
        {
            Insert(labels, slots, worst, slots[worst], label);
            return;
        }
        if (count == 0) _reached.Add(label.Token);
        labels.Add(label);
        _counts[label.Token] = count + 1;
        Insert(labels, slots, count, labels.Count - 1, label);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_slots);
        ArrayPool<int>.Shared.Return(_counts);
    }

    // The slot is free; what stands before it and is worth less moves down by one.
    private static void Insert(List<RouteLabel> labels, Span<int> slots, int free, int index, in RouteLabel label)
    {
        labels[index] = label;
        var place = free;
        for (; place > 0 && labels[slots[place - 1]].Amount < label.Amount; place--) slots[place] = slots[place - 1];
        slots[place] = index;
    }

    private static int[] Cleared(int count)
    {
        var counts = ArrayPool<int>.Shared.Rent(count);
        Array.Clear(counts, 0, count);
        return counts;
    }
}
