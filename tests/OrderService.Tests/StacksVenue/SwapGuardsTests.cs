using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Transactions;
using OrderService.Venues.Stacks;
using OrderService.Venues.Stacks.Routes;
using static OrderService.Tests.StacksVenue.CallSamples;

namespace OrderService.Tests.StacksVenue;

/// <summary>
/// The post-conditions of a swap: every movement is named, and the last vault and the router send the min amount out or the chain aborts.
/// </summary>
public sealed class SwapGuardsTests
{
    private static readonly ContractId Router = Contract("x-multihop-rc9");

    [Fact]
    public void A_withdrawal_is_sent_by_the_subnet_token_itself() =>
        Of(500, Hop(Withdraw, sellsA: false))
            .ShouldBe([Ft("cha-subnet", Cha, "charisma", 500), Ft("x-multihop-rc9", Cha, "charisma", 500)]);

    [Fact]
    public void Movements_in_between_are_named_without_an_amount() =>
        Of(500, Hop(Withdraw, false), Hop(ChaUsd, true)).ShouldBe(
            [Ft("cha-subnet", Cha, "charisma", 0), Ft("x-multihop-rc9", Cha, "charisma", 0), Ft("cha-usd", Usd, "usdc", 500),
                Ft("x-multihop-rc9", Usd, "usdc", 500)]);

    [Fact]
    public void Stx_is_guarded_as_stx_and_not_as_its_wrapper() =>
        Of(500, Hop(Withdraw, false), Hop(ChaStx, true)).ShouldBe(
            [Ft("cha-subnet", Cha, "charisma", 0), Ft("x-multihop-rc9", Cha, "charisma", 0), Stx("cha-stx", 500),
                Stx("x-multihop-rc9", 500)]);

    [Fact]
    public void Into_a_subnet_what_the_chain_can_see_is_named_and_nothing_can_be_promised() =>
        Of(500, Hop(Withdraw, false), Hop(ChaUsd, true), Hop(Deposit, true)).ShouldBe(
            [Ft("cha-subnet", Cha, "charisma", 0), Ft("x-multihop-rc9", Cha, "charisma", 0), Ft("cha-usd", Usd, "usdc", 0),
                Ft("x-multihop-rc9", Usd, "usdc", 0)]);

    [Fact]
    public void An_external_pool_is_whom_the_output_leaves() =>
        Of(500, Hop(Withdraw, false), Hop(Outside, true))[2].ShouldBe(Ft("the-pool", Usd, "usdc", 500));

    // The router sends CHA into the second hop and out of the third: one condition, the stricter.
    [Fact]
    public void An_account_that_sends_an_asset_twice_has_one_condition_the_stricter()
    {
        var guards = Of(500, Hop(Withdraw, false), Hop(ChaUsd, true), Hop(ChaUsd, false));
        guards.Count(g => g.Sender == Principal.From(Router) && g is PostCondition.Fungible { Asset.Name: "charisma" }).ShouldBe(1);
        guards.ShouldContain(Ft("x-multihop-rc9", Cha, "charisma", 500));
        guards.ShouldNotContain(Ft("x-multihop-rc9", Cha, "charisma", 0));
    }

    [Fact]
    public void A_min_beyond_64_bits_becomes_the_most_that_can_be_written() =>
        Of(UInt128.MaxValue, Hop(Withdraw, false))[^1].ShouldBe(Ft("x-multihop-rc9", Cha, "charisma", ulong.MaxValue));

    [Fact]
    public void A_token_whose_asset_nobody_named_cannot_be_watched()
    {
        SwapGuards.CanWatch(Vaults.FindToken(Nameless)).ShouldBeFalse();
        SwapGuards.CanWatch(Vaults.FindToken(SubnetCha)).ShouldBeFalse();
        SwapGuards.CanWatch(null).ShouldBeFalse();
        SwapGuards.CanWatch(Vaults.FindToken(Cha)).ShouldBeTrue();
        SwapGuards.CanWatch(Vaults.FindToken(TokenId.Stx)).ShouldBeTrue();
        SwapGuards.CanWatch(Vaults.FindToken(TokenId.Of(Wrapped))).ShouldBeTrue();
        var pool = ChaUsd with { TokenB = Nameless };
        Of(500, Hop(Withdraw, false), Hop(pool, true))
            .ShouldBe([Ft("cha-subnet", Cha, "charisma", 0), Ft("x-multihop-rc9", Cha, "charisma", 0)]);
    }

    private static IReadOnlyList<PostCondition> Of(UInt128 min, params Hop[] hops) => SwapGuards.Of(Swap(min, hops), Vaults, Router);

    private static PostCondition.Fungible Ft(string sender, TokenId token, string asset, ulong least)
    {
        token.IsContract(out var contract).ShouldBeTrue();
        return new(Principal.From(Contract(sender)), new AssetId(contract!.Value, asset), FungibleCondition.GreaterOrEqual, least);
    }

    private static PostCondition.Stx Stx(string sender, ulong least) =>
        new(Principal.From(Contract(sender)), FungibleCondition.GreaterOrEqual, least);
}
