using System.Diagnostics;

namespace OrderService.Venues.Stacks.Routes;

/// <summary>
/// Up to four tokens, by their index in a graph, in 64 bits: the tokens between the ends of a route. Equal sets are equal values, in
/// whatever order they were visited.
/// </summary>
internal readonly record struct TokenSet
{
    /// <summary>The largest index that fits.</summary>
    public const int IndexMax = ushort.MaxValue - 1;

    private const int Places = 4;
    private const int Bits = 16;

    private readonly ulong _places; // descending from the lowest place; an empty place is zero, a token its index and one

    private TokenSet(ulong places) => _places = places;

    /// <summary>True where the token is one of these.</summary>
    public bool Contains(int token)
    {
        var sought = (ulong)token + 1;
        for (var rest = _places; rest != 0; rest >>= Bits)
        {
            if ((rest & ushort.MaxValue) == sought) return true;
        }
        return false;
    }

    /// <summary>These and one more, which is none of them.</summary>
    public TokenSet With(int token)
    {
        if (_places >> (Bits * (Places - 1)) != 0) throw new UnreachableException("a route has no fifth token between its ends");
        var added = (ulong)token + 1;
        var place = 0;
        while (((_places >> (Bits * place)) & ushort.MaxValue) > added) place++;
        var larger = (1UL << (Bits * place)) - 1;
        return new TokenSet((_places & larger) | (added << (Bits * place)) | ((_places & ~larger) << Bits));
    }
}
