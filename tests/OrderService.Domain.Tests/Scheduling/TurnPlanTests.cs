using OrderService.Domain.Amounts;
using OrderService.Domain.Scheduling;

namespace OrderService.Domain.Tests.Scheduling;

public sealed class TurnPlanTests
{
    [Fact]
    public void Clips_are_equal_but_for_the_last()
    {
        var plan = TurnPlan.OfSize(new TokenAmount(1_050), new TokenAmount(500)).Value;
        Sizes(plan).ShouldBe([500, 500, 50]);
        TurnPlan.OfSize(new TokenAmount(1_001), new TokenAmount(1)).Error!.Code.ShouldBe("too_many_slices");
        Sizes(TurnPlan.Whole(new TokenAmount(7))).ShouldBe([7]);
    }

    [Fact]
    public void An_iceberg_is_uneven_within_five_percent_the_same_for_every_reader_and_sums_exactly()
    {
        var random = new Random(3);
        for (var n = 0; n < 20_000; n++)
        {
            var bytes = new byte[16];
            random.NextBytes(bytes);
            var (seed, count, target) = (new Guid(bytes), random.Next(1, 101), (ulong)random.NextInt64(100, long.MaxValue));
            var plan = TurnPlan.Uneven(new TokenAmount(target), count, seed).Value;
            plan.Ends.ShouldBe(TurnPlan.Uneven(new TokenAmount(target), count, seed).Value.Ends);
            var sizes = Sizes(plan);
            sizes.Count.ShouldBe(count);
            sizes.Aggregate(UInt128.Zero, (sum, size) => sum + size).ShouldBe((UInt128)target);
            sizes.All(size => size > 0).ShouldBeTrue();
            var each = (UInt128)(target / (ulong)count);
            if (target > 10_000_000)
                sizes.Take(count - 1).All(size => size * 100 >= each * 95 - 100 && size * 100 <= each * 105).ShouldBeTrue();
        }
    }

    [Fact]
    public void What_a_slice_left_is_made_good_by_the_next()
    {
        var plan = TurnPlan.OfSize(new TokenAmount(1_000), new TokenAmount(250)).Value;
        plan.Next(new TokenAmount(249)).ShouldBe(new TokenAmount(251));
        plan.Next(new TokenAmount(251)).ShouldBe(new TokenAmount(249));
        plan.Next(new TokenAmount(100)).ShouldBe(new TokenAmount(150));
        plan.Next(new TokenAmount(1_000)).ShouldBeNull();
    }

    private static List<UInt128> Sizes(TurnPlan plan)
    {
        var (sizes, done) = (new List<UInt128>(), TokenAmount.Zero);
        while (plan.Next(done) is { } size)
        {
            sizes.Add(size.Units);
            done += size;
        }
        return sizes;
    }
}
