using System.Numerics;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Venues.Stacks.Routes;

namespace OrderService.Tests.StacksVenue;

[Trait(TestScale.Trait, "property")]
public sealed class RouteSearchTests
{
    private sealed record Case(IReadOnlyList<StacksVault> Vaults, int Hops, int Candidates, int Labels, TokenAmount AmountIn);

    [Fact]
    public void Without_a_bound_the_best_routes_are_those_of_all_routes() => Holds(one =>
    {
        var found = Search(one, labels: 2_000);
        found.IsExact.ShouldBeTrue();
        ShouldBeTheBest(found, one);
    });

    [Fact]
    public void Under_a_bound_that_was_not_reached_too() => Holds(one =>
    {
        var found = Search(one, one.Labels);
        if (found.IsExact) ShouldBeTheBest(found, one);
    });

    [Fact]
    public void Under_any_bound_no_route_of_two_hops_is_better() => Holds(one =>
    {
        var found = Search(one, one.Labels);
        var all = All(one, one.Hops);
        var near = All(one, Math.Min(2, one.Hops));
        (found.Candidates.Count == 0
            ? BigInteger.Zero
            : (BigInteger)found.Candidates[0].AmountOut.Units).ShouldBeInRange(near.FirstOrDefault().AmountOut,
                all.FirstOrDefault().AmountOut);
    });

    [Fact]
    public void Every_candidate_is_a_route_of_its_own_that_pays_what_it_says() => Holds(one =>
    {
        var found = Search(one, one.Labels);
        var all = All(one, one.Hops).ToDictionary(route => string.Join(' ', route.Vaults), route => route.AmountOut);
        var names = found.Candidates.Select(route => string.Join(' ', route.Steps.Select(step => step.Vault.Id))).ToList();
        names.ShouldBeUnique();
        names.Select(name => all[name]).ShouldBe(found.Candidates.Select(route => (BigInteger)route.AmountOut.Units));
        found.Candidates.Select(route => route.AmountOut).ShouldBe(found.Candidates.Select(route => route.AmountOut).OrderDescending());
        foreach (var route in found.Candidates) ShouldHang(route, one);
    });

    [Fact]
    public void A_parallel_pool_that_pays_more_is_chosen_and_the_other_is_the_second()
    {
        var search = new RouteSearch([VaultGraphs.Pool(1, 0, 1, 1_000, 1_000), VaultGraphs.Pool(2, 0, 1, 1_000, 2_000)], 4, 3);
        search.Find(VaultGraphs.Token(0), VaultGraphs.Token(1),
            new TokenAmount(100)).Candidates.Select(route => route.Steps.Single().Vault.Id)
            .ShouldBe([VaultGraphs.VaultId(2), VaultGraphs.VaultId(1)]);
    }

    [Fact]
    public void Of_equal_routes_the_shorter_is_first()
    {
        var search = new RouteSearch([VaultGraphs.Sublink(1, 0, 1), VaultGraphs.Sublink(2, 1, 2), VaultGraphs.Sublink(3, 0, 2)], 4, 3);
        search.Find(VaultGraphs.Token(0), VaultGraphs.Token(2), new TokenAmount(100)).Candidates.Select(route => route.Steps.Count)
            .ShouldBe([1, 2]);
    }

    [Fact]
    public void A_way_over_a_token_that_is_needed_later_does_not_hide_the_one_beside_it()
    {
        // The best way to 2 leads over 1, but so does the only way on from 2; the worse way over 3 is the one that arrives.
        StacksVault[] vaults =
        [
            VaultGraphs.Pool(1, 0, 1, 1_000_000, 9_000_000), VaultGraphs.Pool(2, 1, 2, 1_000_000, 9_000_000),
            VaultGraphs.Pool(3, 0, 3, 1_000_000, 1_000_000),
            VaultGraphs.Pool(4, 3, 2, 1_000_000, 1_000_000), VaultGraphs.Pool(5, 1, 4, 1_000_000, 1_000_000),
            VaultGraphs.Pool(6, 2, 1, 1_000_000, 90_000_000),
        ];
        var best =
            new RouteSearch(vaults, 5, 1).Find(VaultGraphs.Token(0), VaultGraphs.Token(4), new TokenAmount(1_000)).Candidates.Single();
        (best.AmountOut.Units,
            best.Steps.Count).ShouldBe(
                ((UInt128)VaultGraphs.AllRoutes(vaults, VaultGraphs.Token(0), VaultGraphs.Token(4), 1_000, 5)[0].AmountOut, 4));
    }

    [Fact]
    public void Vaults_that_are_left_out_are_not_used()
    {
        var search = new RouteSearch([VaultGraphs.Pool(1, 0, 1, 1_000, 1_000), VaultGraphs.Pool(2, 0, 1, 1_000, 2_000)], 4, 3);
        search.Find(VaultGraphs.Token(0), VaultGraphs.Token(1), new TokenAmount(100),
            new HashSet<OrderService.Stacks.Addresses.ContractId> { VaultGraphs.VaultId(2) })
            .Candidates.ShouldHaveSingleItem().Steps.Single().Vault.Id.ShouldBe(VaultGraphs.VaultId(1));
    }

    [Fact]
    public void Searches_side_by_side_do_not_disturb_each_other()
    {
        var random = new Random(3);
        var search = new RouteSearch(Enumerable.Range(0, 200)
            .Select(number =>
                VaultGraphs.Pool(number, number % 40, (number + random.Next(1, 40)) % 40, (UInt128)random.Next(1_000_000, 2_000_000_000),
                    1_000_000_000)), 5, 3);
        string Best(int number) =>
            string.Join(' ',
                search.Find(VaultGraphs.Token(number % 40), VaultGraphs.Token((number + 7) % 40),
                    new TokenAmount(100_000)).Candidates.SelectMany(route => route.Steps).Select(step => step.Hop));
        var alone = Enumerable.Range(0, 200).Select(Best).ToList();
        Enumerable.Range(0, 2_000).AsParallel().WithDegreeOfParallelism(4)
            .ForAll(number => Best(number % 200).ShouldBe(alone[number % 200]));
    }

    [Fact]
    public void Nothing_leads_to_a_stranger_to_itself_out_of_nothing_or_beyond_128_bits()
    {
        var search = new RouteSearch([VaultGraphs.Pool(1, 0, 1, 1_000, 1_000), VaultGraphs.Pool(2, 1, 2, 0, 1_000)], 4, 3);
        search.Find(VaultGraphs.Token(0), VaultGraphs.Token(9), new TokenAmount(1)).Candidates.ShouldBeEmpty();
        search.Find(VaultGraphs.Token(0), VaultGraphs.Token(2), new TokenAmount(1)).Candidates.ShouldBeEmpty();
        search.Find(VaultGraphs.Token(0), VaultGraphs.Token(0), new TokenAmount(1)).Candidates.ShouldBeEmpty();
        search.Find(VaultGraphs.Token(0), VaultGraphs.Token(1), TokenAmount.Zero).Candidates.ShouldBeEmpty();
        search.Find(VaultGraphs.Token(0), VaultGraphs.Token(1), new TokenAmount(UInt128.MaxValue)).Candidates.ShouldBeEmpty();
        search.Find(TokenId.Usd, VaultGraphs.Token(1), new TokenAmount(1)).Candidates.ShouldBeEmpty();
    }

    [Fact]
    public void Sets_of_tokens_are_equal_whatever_the_order()
    {
        int[] tokens = [0, 7, 300, TokenSet.IndexMax];
        var set = default(TokenSet).With(300).With(0).With(TokenSet.IndexMax).With(7);
        set.ShouldBe(tokens.Aggregate(default(TokenSet), (one, token) => one.With(token)));
        tokens.ShouldAllBe(token => set.Contains(token));
        new[] { 1, 6, 299, 301 }.ShouldAllBe(token => !set.Contains(token));
    }

    private static void Holds(Action<Case> check)
    {
        for (var seed = 0; seed < (TestScale.Full ? 100_000 : 3_000); seed++)
        {
            try
            {
                check(CaseOf(new Random(seed)));
            }
            catch (Exception broken)
            {
                throw new InvalidOperationException($"with seed {seed}", broken);
            }
        }
    }

    // Few tokens and many vaults, so that there are parallel pools, detours and dead ends. Every other case is sparse, with reserves of any
    // size and none; the rest are dense and of one size, so that many ways arrive at a token and the bound is reached.
    private static Case CaseOf(Random random)
    {
        var isDense = random.Next(2) == 0;
        var tokens = isDense ? random.Next(4, 7) : random.Next(2, 8);
        var vaults = Enumerable.Range(0, isDense ? random.Next(10, 21) : random.Next(1, 17)).Select(number =>
        {
            var a = random.Next(tokens);
            var (b, fee) = ((a + random.Next(1, tokens)) % tokens, new[] { 0, 100, 3_000, 500_000 }[random.Next(4)]);
            return !isDense && random.Next(5) == 0
                ? VaultGraphs.Sublink(number, a, b, fee)
                : VaultGraphs.Pool(number, a, b, Reserve(random, isDense), Reserve(random, isDense), fee);
        });
        return isDense
            ? new Case([.. vaults], random.Next(3, 6), random.Next(1, 3), random.Next(1, 5),
                new TokenAmount((UInt128)random.Next(100_000, 1_000_000)))
            : new Case([.. vaults], random.Next(1, 6), random.Next(1, 5), random.Next(1, 9),
                new TokenAmount((UInt128)random.Next(1, 1_000_000_000)));
    }

    private static UInt128 Reserve(Random random, bool isDense) => isDense ? (UInt128)random.Next(1_000_000, 1_000_000_000)
        : random.Next(12) == 0 ? 0 : (UInt128)random.Next(1, 1_000) * (UInt128)BigInteger.Pow(10, random.Next(4, 20));

    private static RoutesFound Search(Case one, int labels) =>
        new RouteSearch(one.Vaults, one.Hops, one.Candidates, labels).Find(VaultGraphs.Token(0), VaultGraphs.Token(1), one.AmountIn);

    private static List<(IReadOnlyList<OrderService.Stacks.Addresses.ContractId> Vaults, BigInteger AmountOut)> All(Case one, int hops) =>
        VaultGraphs.AllRoutes(one.Vaults, VaultGraphs.Token(0), VaultGraphs.Token(1), one.AmountIn.Units, hops);

    private static void ShouldBeTheBest(RoutesFound found, Case one) =>
        found.Candidates.Select(route => (BigInteger)route.AmountOut.Units)
            .ShouldBe(All(one, one.Hops).Take(one.Candidates).Select(route => route.AmountOut));

    private static void ShouldHang(RouteCandidate route, Case one)
    {
        var hops = route.Steps.Select(step => step.Hop).ToList();
        (hops[0].TokenIn, hops[^1].TokenOut, hops[0].AmountIn).ShouldBe((VaultGraphs.Token(0), VaultGraphs.Token(1), one.AmountIn));
        hops.Count.ShouldBeLessThanOrEqualTo(one.Hops);
        hops.Select(hop => hop.TokenOut).Append(hops[0].TokenIn).ShouldBeUnique();
        for (var i = 1; i < hops.Count; i++) (hops[i].TokenIn, hops[i].AmountIn).ShouldBe((hops[i - 1].TokenOut, hops[i - 1].AmountOut));
        foreach (var (vault, hop) in route.Steps) hop.Opcode.ShouldBe(vault.OpcodeSelling(vault.TokenA == hop.TokenIn));
    }
}
