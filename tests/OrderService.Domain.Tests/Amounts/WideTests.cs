using System.Numerics;
using OrderService.Domain.Amounts;

namespace OrderService.Domain.Tests.Amounts;

public sealed class WideTests
{
    private static readonly BigInteger Limit = BigInteger.Pow(2, 128);

    // Numbers that sit on the edges of words as often as in between.
    internal static UInt128 Draw(Random random)
    {
        var bits = random.Next(0, 129);
        var bytes = new byte[16];
        random.NextBytes(bytes);
        var value = new BigInteger(bytes, isUnsigned: true) & (BigInteger.Pow(2, bits) - 1);
        return random.Next(8) switch
        {
            0 => UInt128.MaxValue - (UInt128)(ulong)random.Next(3),
            1 => (UInt128)(BigInteger.Pow(2, Math.Min(bits, 127))),
            2 => (UInt128)(ulong)random.Next(5),
            _ => (UInt128)value,
        };
    }

    [Fact]
    public void Products_and_quotients_agree_with_BigInteger_up_to_2_128_minus_1()
    {
        var random = new Random(20261121);
        for (var i = 0; i < 200_000; i++)
        {
            var (a, b, divisor) = (Draw(random), Draw(random), Draw(random));
            if (divisor == 0) continue;
            var exact = (BigInteger)a * b;
            var floor = exact / divisor;
            var ceiling = (exact + divisor - 1) / divisor;
            Wide.MulDivFloor(a, b, divisor).ShouldBe(floor < Limit ? (UInt128)floor : null);
            Wide.MulDivCeiling(a, b, divisor).ShouldBe(ceiling < Limit ? (UInt128)ceiling : null);
        }
    }

    [Fact]
    public void Amounts_add_and_subtract_like_BigInteger_or_overflow()
    {
        var random = new Random(7);
        for (var i = 0; i < 100_000; i++)
        {
            var (a, b) = (Draw(random), Draw(random));
            var sum = (BigInteger)a + b;
            if (sum < Limit) (new TokenAmount(a) + new TokenAmount(b)).Units.ShouldBe((UInt128)sum);
            else Should.Throw<OverflowException>(() => new TokenAmount(a) + new TokenAmount(b));
            if (a >= b) (new TokenAmount(a) - new TokenAmount(b)).Units.ShouldBe(a - b);
            else Should.Throw<OverflowException>(() => new TokenAmount(a) - new TokenAmount(b));
        }
    }

    [Fact]
    public void A_ratio_meets_its_bounds_exactly_when_the_exact_fraction_does()
    {
        var random = new Random(11);
        var scale = BigInteger.Pow(10, 18);
        for (var i = 0; i < 100_000; i++)
        {
            var watched = new Price(Draw(random) % (Price.MaxValue.Count + 1));
            var baseAsset = new Price(Draw(random) % (Price.MaxValue.Count + 1));
            if (!PriceRatio.TryCreate(watched, baseAsset, out var ratio))
            {
                (watched.Count == 0 || baseAsset.Count == 0).ShouldBeTrue();
                continue;
            }
            // Bounds near the ratio itself are where rounding would lie.
            var near = (BigInteger)watched.Count * scale / baseAsset.Count + random.Next(-2, 3);
            if (near < 1 || near > (BigInteger)Price.MaxValue.Count - 1) near = random.Next(1, 1_000_000);
            var bound = new Price((UInt128)near);
            var atLeast = (BigInteger)watched.Count * scale >= near * baseAsset.Count;
            var atMost = (BigInteger)watched.Count * scale <= near * baseAsset.Count;
            new PriceRange(bound, null).Contains(ratio).ShouldBe(atLeast);
            new PriceRange(null, bound).Contains(ratio).ShouldBe(atMost);
        }
    }

    [Fact]
    public void Slippage_never_rounds_protection_down()
    {
        var random = new Random(13);
        for (var i = 0; i < 50_000; i++)
        {
            var (amount, bps) = (Draw(random), random.Next(0, 10_001));
            var exact = (BigInteger)amount * (10_000 - bps);
            ((BigInteger)BasisPoints.Of(bps).Below(new TokenAmount(amount)).Units).ShouldBe((exact + 9_999) / 10_000);
        }
    }
}
