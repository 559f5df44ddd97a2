using System.Numerics;
using OrderService.Domain.Amounts;
using OrderService.Stacks.Addresses;
using OrderService.Venues;
using OrderService.Venues.Stacks.Routes;

namespace OrderService.Tests.StacksVenue;

public sealed class StacksVaultTests
{
    [Fact]
    public void Every_vault_pays_what_unbounded_arithmetic_says()
    {
        var random = new Random(5);
        for (var i = 0; i < 10_000; i++)
        {
            var (x, y, amount) = (Any(random), Any(random), Any(random));
            var vault = VaultGraphs.Pool(1, 0, 1, x, y, random.Next(0, VaultArithmetic.Million + 1));
            var expected = VaultGraphs.AmountOut(vault, sellsA: true, amount);
            var dx = (BigInteger)amount * (VaultArithmetic.Million - vault.FeePpm) / VaultArithmetic.Million;
            if (dx + x > UInt128.MaxValue || expected is not { } paid || paid == 0)
                vault.Estimate(0, new TokenAmount(amount)).ShouldBeNull();
            else ((BigInteger)vault.Estimate(0, new TokenAmount(amount))!.Value.Units).ShouldBe(paid);
        }
    }

    [Fact]
    public void More_in_never_gives_less_out()
    {
        var random = new Random(6);
        for (var i = 0; i < 10_000; i++)
        {
            var vault = VaultGraphs.Pool(1, 0, 1, Any(random) >> 1, Any(random), random.Next(0, VaultArithmetic.Million));
            var amount = Any(random) >> 2;
            var (less, more) = (vault.Estimate(1, new TokenAmount(amount)),
                vault.Estimate(1, new TokenAmount(amount + (amount >> random.Next(64)))));
            if (less is { } before && more is { } after) after.ShouldBeGreaterThanOrEqualTo(before);
        }
    }

    [Theory]
    [InlineData(true, true, 0)]
    [InlineData(true, false, 1)]
    [InlineData(false, true, 5)]
    [InlineData(false, false, 6)]
    public void Opcodes_are_those_of_the_vaults(bool isPool, bool sellsA, byte opcode) =>
        Of(isPool).OpcodeSelling(sellsA).ShouldBe(opcode);

    [Theory]
    [InlineData(true, 0, "vault-1")]
    [InlineData(true, 1, "vault-1")]
    [InlineData(false, 5, "vault-1")]
    [InlineData(false, 6, "token-1")]
    public void The_output_is_sent_by_the_vault_or_by_the_subnet_that_holds_what_it_wraps(bool isPool, byte opcode, string sender)
    {
        Of(isPool).SenderOf(opcode).ShouldBe(Principal.From(new ContractId(VaultGraphs.Deployer, sender)));
        var external = Principal.From(VaultGraphs.VaultId(9));
        (Of(isPool) with { ExternalPool = external }).SenderOf(opcode).ShouldBe(external);
    }

    [Fact]
    public void A_sublink_pays_one_to_one_less_its_fee()
    {
        VaultGraphs.Sublink(1, 0, 1).Estimate(5, new TokenAmount(777)).ShouldBe(new TokenAmount(777));
        VaultGraphs.Sublink(1, 0, 1, fee: 10_000).Estimate(6, new TokenAmount(777)).ShouldBe(new TokenAmount(769));
        VaultGraphs.Sublink(1, 0, 1, fee: 10_000).Estimate(6, new TokenAmount(1)).ShouldBeNull();
    }

    private static StacksVault Of(bool isPool) => isPool ? VaultGraphs.Pool(1, 0, 1, 1, 1) : VaultGraphs.Sublink(1, 0, 1);

    private static UInt128 Any(Random random) => new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64()) >> random.Next(127);
}
