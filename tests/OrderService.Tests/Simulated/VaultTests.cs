using System.Numerics;
using OrderService.Venues;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Simulated;

public sealed class VaultTests
{
    [Fact]
    public void A_pool_pays_what_the_real_contract_was_seen_to_pay() =>
        VaultArithmetic.AmountOut(100_000_000_000, 100_000_000_000, 10_000_000, 100).ShouldBe((UInt128)9_998_000);

    [Fact]
    public void A_pool_pays_what_unbounded_arithmetic_says()
    {
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var (x, y, amount) = (Any(random), Any(random), Any(random));
            var fee = random.Next(0, VaultArithmetic.Million + 1);
            var dx = (BigInteger)amount * (VaultArithmetic.Million - fee) / VaultArithmetic.Million;
            if (dx + x > UInt128.MaxValue || x == 0) VaultArithmetic.AmountOut(x, y, amount, fee).ShouldBeNull();
            else ((BigInteger)VaultArithmetic.AmountOut(x, y, amount, fee)!.Value).ShouldBe(dx * y / (x + dx));
        }
    }

    [Fact]
    public void No_swap_lets_the_product_of_a_pool_shrink()
    {
        var random = new Random(11);
        var vault = WorldBuilderTests.World().Vaults.Values.First(one => one.Kind == VaultKind.Pool);
        for (var i = 0; i < 5_000; i++)
        {
            var before = new Reserves(Any(random) >> 2 | 1, Any(random) >> 2 | 1);
            var opcode = (byte)random.Next(2);
            if (vault.Run(opcode, before, Any(random) >> 2) is not { } ran) continue;
            ((BigInteger)ran.After.A * ran.After.B).ShouldBeGreaterThanOrEqualTo((BigInteger)before.A * before.B);
            ran.After.A.ShouldBeGreaterThan(UInt128.Zero);
            ran.After.B.ShouldBeGreaterThan(UInt128.Zero);
        }
    }

    [Fact]
    public void A_sublink_is_one_to_one_and_an_amount_of_nothing_goes_nowhere()
    {
        var sublink = WorldBuilderTests.World().Vaults.Values.First(one => one.Kind == VaultKind.Sublink);
        sublink.Run(6, default, 12_345)!.Value.AmountOut.ShouldBe((UInt128)12_345);
        sublink.Run(6, default, 0).ShouldBeNull();
        sublink.TokensOf(0).ShouldBeNull();
    }

    private static UInt128 Any(Random random) => new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64()) >> random.Next(127);
}
