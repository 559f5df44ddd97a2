using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Venues;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Simulated;

public sealed class RouteSearchTests
{
    private readonly SimulatedWorld world = WorldBuilderTests.World();
    private readonly RouteSearch search;

    public RouteSearchTests() => search = new RouteSearch(world.Vaults.Values, 3);

    [Fact]
    public void Every_subnet_token_can_be_swapped_into_every_other_token()
    {
        foreach (var sell in world.TokenList.Where(token => token.Type == TokenType.Subnet))
        {
            foreach (var buy in world.TokenList.Where(token => token.Id != sell.Id))
            {
                var hops = search.Best(sell.Id, buy.Id, world.UnitsOf(sell, 100), world.FirstReserves)!;
                (hops[0].TokenIn, hops[^1].TokenOut).ShouldBe((sell.Id, buy.Id));
                hops.Count.ShouldBeLessThanOrEqualTo(3);
                for (var i = 1; i < hops.Count; i++)
                    (hops[i].TokenIn, hops[i].AmountIn).ShouldBe((hops[i - 1].TokenOut, hops[i - 1].AmountOut));
            }
        }
    }

    [Fact]
    public void A_withdrawal_is_one_hop_at_par()
    {
        var hop = search.Best(Id("CHA-subnet"), Id("CHA"), new TokenAmount(777), world.FirstReserves)!.ShouldHaveSingleItem();
        (hop.Opcode, hop.AmountOut).ShouldBe(((byte)6, new TokenAmount(777)));
    }

    [Fact]
    public void The_best_route_is_the_best_of_all_routes()
    {
        var reserves = world.FirstReserves.ToDictionary();
        var direct =
            world.Vaults.Values.Single(vault => vault.Kind == VaultKind.Pool && vault.TokenA == TokenId.Stx && vault.TokenB == Id("CHA"));
        reserves[direct.Id] = new Reserves(reserves[direct.Id].A, reserves[direct.Id].B / 2); // CHA is dear there now: a detour pays more
        var hops = search.Best(TokenId.Stx, Id("CHA"), new TokenAmount(1_000_000), reserves)!;
        hops.Count.ShouldBe(2);
        search.RoutesOf(TokenId.Stx, Id("CHA")).Select(route => route.Length)
            .ShouldBe(search.RoutesOf(TokenId.Stx, Id("CHA")).Select(route => route.Length).Order());
    }

    [Fact]
    public void Nothing_leads_to_a_stranger_to_itself_or_out_of_nothing()
    {
        search.Best(TokenId.Stx, TokenId.Usd, new TokenAmount(1), world.FirstReserves).ShouldBeNull();
        search.Best(TokenId.Stx, TokenId.Stx, new TokenAmount(1), world.FirstReserves).ShouldBeNull();
        search.Best(TokenId.Stx, Id("CHA"), TokenAmount.Zero, world.FirstReserves).ShouldBeNull();
        search.Best(TokenId.Stx, Id("CHA"), new TokenAmount(UInt128.MaxValue), world.FirstReserves).ShouldBeNull();
    }

    private TokenId Id(string symbol) => world.TokenList.Single(token => token.Symbol == symbol).Id;
}
