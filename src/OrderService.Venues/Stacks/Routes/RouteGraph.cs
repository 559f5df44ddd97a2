using System.Collections.Concurrent;
using System.Collections.Frozen;
using OrderService.Domain.Pricing;

namespace OrderService.Venues.Stacks.Routes;

/// <summary>One direction of one vault: what it sells leads to the token of that index.</summary>
internal readonly record struct RouteEdge(int To, byte Opcode, StacksVault Vault);

/// <summary>
/// The tokens of a snapshot as numbers, and the vaults as edges between them. Vaults that cannot be estimated lead nowhere.
/// </summary>
internal sealed class RouteGraph
{
    /// <summary>A distance beyond every route.</summary>
    public const byte Unreachable = byte.MaxValue;

    private const int DistancesMax = 1_024; // targets remembered, so that a large list cannot fill the memory

    private readonly FrozenDictionary<TokenId, int> _indexes;
    private readonly TokenId[] _tokens;
    private readonly RouteEdge[][] _edges;
    private readonly ConcurrentDictionary<int, byte[]> _distances = new();

    public RouteGraph(IEnumerable<StacksVault> vaults)
    {
        var usable = vaults.Where(vault => vault.CanEstimate).ToList();
        _tokens = [.. usable.SelectMany(vault => new[] { vault.TokenA, vault.TokenB }).Distinct()];
        if (_tokens.Length > TokenSet.IndexMax)
            throw new ArgumentException($"a graph has at most {TokenSet.IndexMax} tokens", nameof(vaults));
        _indexes = _tokens.Index().ToFrozenDictionary(pair => pair.Item, pair => pair.Index);
        _edges = [.. usable.SelectMany(EdgesOf).GroupBy(end => end.From, end => end.Edge).OrderBy(group => group.Key)
            .Select(group => group.ToArray())];
    }

    /// <summary>How many tokens there are; their indexes count from zero.</summary>
    public int TokensCount => _tokens.Length;

    /// <summary>The token of an index.</summary>
    public TokenId TokenAt(int index) => _tokens[index];

    /// <summary>The index of a token; false where no usable vault holds it.</summary>
    public bool TryFind(TokenId token, out int index) => _indexes.TryGetValue(token, out index);

    /// <summary>What the token can be sold to.</summary>
    public ReadOnlySpan<RouteEdge> EdgesOf(int token) => _edges[token];

    /// <summary>How many hops each token is away from this one at least.</summary>
    public ReadOnlySpan<byte> DistancesTo(int target)
    {
        if (_distances.TryGetValue(target, out var known)) return known;
        var counted = Count(target);
        if (_distances.Count < DistancesMax) _distances.TryAdd(target, counted);
        return counted;
    }

    private IEnumerable<(int From, RouteEdge Edge)> EdgesOf(StacksVault vault)
    {
        var (a, b) = (_indexes[vault.TokenA], _indexes[vault.TokenB]);
        yield return (a, new RouteEdge(b, vault.OpcodeSelling(tokenA: true), vault));
        yield return (b, new RouteEdge(a, vault.OpcodeSelling(tokenA: false), vault));
    }

    // Breadth first. Every vault leads both ways, so the way from the target is the way to it.
    private byte[] Count(int target)
    {
        var distances = new byte[_tokens.Length];
        Array.Fill(distances, Unreachable);
        distances[target] = 0;
        var queue = new Queue<int>([target]);
        while (queue.TryDequeue(out var token))
        {
            var next = (byte)Math.Min(distances[token] + 1, Unreachable - 1);
            foreach (var edge in _edges[token])
            {
                if (distances[edge.To] != Unreachable) continue;
                distances[edge.To] = next;
                queue.Enqueue(edge.To);
            }
        }
        return distances;
    }
}
