using OrderService.Domain.Pricing;
using OrderService.Engine.Pricing;

namespace OrderService.Tests.SwapCoffee;

public class TokenReachTests
{
    private static readonly TokenId[] Tokens =
        [.. Enumerable.Range(0, 6).Select(i => TokenId.Parse($"ST000000000000000000002AMW42H.token-{i}"))];

    // 0 - 1 - 2 - 3 - 0 is a ring with 4 behind 2; 5 is alone.
    private static readonly (TokenId, TokenId)[] Links =
        [(Tokens[0], Tokens[1]), (Tokens[2], Tokens[1]), (Tokens[2], Tokens[3]), (Tokens[3], Tokens[0]), (Tokens[2], Tokens[4])];

    [Theory]
    [InlineData(0, 0, "")]
    [InlineData(0, 1, "1 3")]
    [InlineData(0, 2, "1 2 3")]
    [InlineData(0, 3, "1 2 3 4")]
    [InlineData(4, 9, "0 1 2 3")]
    [InlineData(5, 9, "")]
    public void A_token_is_reached_over_links_either_way_within_the_hops(int start, int hops, string reached) =>
        string.Join(' ', TokenReach.From(Tokens[start], Links, hops).Select(t => Array.IndexOf(Tokens, t)).Order()).ShouldBe(reached);
}
