using System.Globalization;

namespace OrderService.Tests.Simulation;

/// <summary>
/// Draws that depend on a seed, a step and what they are about, and on nothing that was drawn before: calls that run side by side draw the
/// same in any order.
/// </summary>
internal readonly record struct Lot(int Seed, int Step)
{
    /// <summary>True for so many of a hundred.</summary>
    public bool Falls(int ofHundred, string about) => Of(100, about) < ofHundred;

    /// <summary>A number below a limit.</summary>
    public int Of(int below, string about)
    {
        var hash = 14_695_981_039_346_656_037UL;
        foreach (var letter in string.Create(CultureInfo.InvariantCulture, $"{Seed}/{Step}/{about}"))
            hash = unchecked((hash ^ letter) * 1_099_511_628_211UL);
        hash ^= hash >> 33;
        hash = unchecked(hash * 0xff51afd7ed558ccdUL);
        hash ^= hash >> 33;
        return (int)(hash % (uint)below);
    }
}
