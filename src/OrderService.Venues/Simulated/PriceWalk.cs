using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using OrderService.Domain.Amounts;

namespace OrderService.Venues.Simulated;

/// <summary>
/// A price as a function of a seed and the time: three waves of straight lines between points that the seed chooses. Integers only, so
/// every process sees the same.
/// </summary>
internal sealed class PriceWalk(long seed)
{
    // Most of the movement is slow: periods in seconds, and their shares of the whole, which is 10.
    private static readonly (long Period, int Share)[] Waves = [(21_600, 6), (1_800, 3), (120, 1)];

    private const int MillionthsPerBps = 100;

    /// <summary>The price at a time, to the second; never further from the token's base price than its walk goes.</summary>
    public Price At(PricedToken token, DateTimeOffset at)
    {
        var seconds = at.ToUnixTimeSeconds();
        long offset = 0;
        for (var wave = 0; wave < Waves.Length; wave++)
        {
            var (period, share) = Waves[wave];
            var reach = (long)token.WalkBps * MillionthsPerBps * share / 10;
            var (point, into) = Math.DivRem(seconds, period);
            offset += (PointAt(token, wave, point, reach) * (period - into) + PointAt(token, wave, point + 1, reach) * into) / period;
        }
        var count = Wide.MulDivFloor(token.Usd.Count, (UInt128)(VaultArithmetic.Million + offset), VaultArithmetic.Million)
            ?? token.Usd.Count;
        return new Price(UInt128.Max(UInt128.One, UInt128.Min(count, Price.MaxValue.Count)));
    }

    // A number of -reach to reach.
    private long PointAt(PricedToken token, int wave, long point, long reach)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}/{token.Id}/{wave}/{point}"), digest);
        return (long)(BinaryPrimitives.ReadUInt64LittleEndian(digest) % (ulong)(2 * reach + 1)) - reach;
    }
}
