using Microsoft.Extensions.Options;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Pricing;
using OrderService.Stacks.Clarity;
using OrderService.Tests.Engine;
using OrderService.Venues.Stacks;
using OrderService.Venues.Stacks.Routes;

namespace OrderService.Tests.StacksVenue;

public sealed class QuoteRoutesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    // Three parallel pools: by their reserves the first pays most.
    private static readonly StacksVault[] Parallel =
        [VaultGraphs.Pool(1, 0, 1, 1_000_000, 3_000_000), VaultGraphs.Pool(2, 0, 1, 1_000_000, 2_000_000),
            VaultGraphs.Pool(3, 0, 1, 1_000_000, 1_000_000)];

    [Fact]
    public async Task The_route_that_vaults_confirm_best_wins_over_the_best_estimate()
    {
        var quote = (await QuoteAsync(Parallel, FakeCalls.Paying((1, 1_500), (2, 1_900), (3, 900)))).Value;
        (quote.AmountOut, quote.Hops.Single().Vault, quote.At).ShouldBe((new TokenAmount(1_900), VaultGraphs.VaultId(2), Now));
    }

    [Fact]
    public async Task Hops_are_asked_in_turn_each_with_what_the_one_before_named()
    {
        StacksVault[] vaults = [VaultGraphs.Sublink(1, 2, 0), VaultGraphs.Pool(2, 2, 1, 1_000_000, 1_000_000)];
        var calls = FakeCalls.Paying((1, 990), (2, 800));
        var quote = (await QuoteAsync(vaults, calls)).Value;
        quote.Hops.ShouldBe(
        [
            new Hop(VaultGraphs.VaultId(1), 6, VaultGraphs.Token(0), VaultGraphs.Token(2), new TokenAmount(1_000), new TokenAmount(990)),
            new Hop(VaultGraphs.VaultId(2), 0, VaultGraphs.Token(2), VaultGraphs.Token(1), new TokenAmount(990), new TokenAmount(800)),
        ]);
        calls.Asked.ShouldBe(
        [
            (VaultGraphs.VaultId(1), "quote", "u1000 (some 0x06000000000000000000000000000000)"),
            (VaultGraphs.VaultId(2), "quote", "u990 (some 0x00000000000000000000000000000000)"),
        ]);
    }

    [Fact]
    public async Task A_vault_without_a_quote_keeps_its_estimate()
    {
        StacksVault[] vaults =
            [VaultGraphs.Pool(1, 0, 2, 1_000_000, 1_000_000), VaultGraphs.Pool(2, 2, 1, 1_000_000, 1_000_000, hasQuote: false)];
        var calls = FakeCalls.Paying((1, 500));
        var quote = (await QuoteAsync(vaults, calls)).Value;
        quote.AmountOut.ShouldBe(vaults[1].Estimate(0, new TokenAmount(500))!.Value); // of what the first confirmed
        calls.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_vault_that_cannot_answer_leaves_the_others()
    {
        var quote = (await QuoteAsync(Parallel, FakeCalls.Paying((3, 900)))).Value;
        quote.Hops.Single().Vault.ShouldBe(VaultGraphs.VaultId(3));
    }

    public static TheoryData<string> Refusals => ["null", "(err u1)", "(ok u5)", "(ok {dx: u1})", "(ok {dy: 5})", "zero"];

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task What_is_no_offer_is_no_route(string answer)
    {
        ClarityValue? value = answer switch
        {
            "(err u1)" => new ClarityValue.Err(new ClarityValue.UInt(1)),
            "(ok u5)" => new ClarityValue.Ok(new ClarityValue.UInt(5)),
            "(ok {dx: u1})" => new ClarityValue.Ok(new ClarityValue.Tuple(("dx", new ClarityValue.UInt(1)))),
            "(ok {dy: 5})" => new ClarityValue.Ok(new ClarityValue.Tuple(("dy", new ClarityValue.Int(5)))),
            "zero" => FakeCalls.Pays(0),
            _ => null,
        };
        var why = (await QuoteAsync(Parallel, new FakeCalls((_, _) => value))).Error.ShouldBeOfType<OrderError.NotExecutable>();
        (why.Code,
            why.Detail).ShouldBe(
                ("no_route", $"no route from {VaultGraphs.Token(0)} to {VaultGraphs.Token(1)} for 1000 that its vaults confirm"));
    }

    [Fact]
    public async Task Where_the_best_are_refused_the_next_best_are_asked()
    {
        StacksVault[] five = [.. Parallel, VaultGraphs.Pool(4, 0, 1, 1_000_000, 500_000), VaultGraphs.Pool(5, 0, 1, 1_000_000, 400_000)];
        var quote = (await QuoteAsync(five, FakeCalls.Paying((5, 300)))).Value;
        quote.Hops.Single().Vault.ShouldBe(VaultGraphs.VaultId(5));
    }

    [Fact]
    public async Task The_calls_of_a_quote_are_bounded_and_the_best_of_what_is_confirmed_wins()
    {
        var calls = FakeCalls.Paying((1, 10), (2, 20), (3, 30));
        var quote = (await QuoteAsync(Parallel, calls, new RouteOptions { HopsMax = 2, ConfirmCallsMax = 2 })).Value;
        (quote.AmountOut, calls.Asked.Count).ShouldBe((new TokenAmount(20), 2));
    }

    [Fact]
    public async Task Where_the_calls_end_before_anything_is_confirmed_the_venue_is_unavailable()
    {
        var calls = FakeCalls.Paying((3, 30));
        (await QuoteAsync(Parallel, calls,
            new RouteOptions { HopsMax = 2,
                ConfirmCallsMax = 2 })).Error.ShouldBeOfType<OrderError.Unavailable>().Code.ShouldBe("venue_unavailable");
        calls.Asked.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Routes_that_begin_alike_share_their_calls()
    {
        StacksVault[] vaults = [VaultGraphs.Sublink(1, 2, 0), VaultGraphs.Pool(2, 2, 1, 1_000_000, 2_000_000),
            VaultGraphs.Pool(3, 2, 1, 1_000_000, 1_000_000)];
        var calls = FakeCalls.Paying((1, 1_000), (2, 20), (3, 30));
        (await QuoteAsync(vaults, calls)).Value.Hops[^1].Vault.ShouldBe(VaultGraphs.VaultId(3));
        calls.Asked.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_does_not_answer_in_time_is_left_behind(bool obeysToken)
    {
        var calls = FakeCalls.Paying((1, 5_000), (2, 1_900), (3, 900));
        calls.Before = (vault, token) => vault == VaultGraphs.VaultId(1)
            ? Task.Delay(Timeout.Infinite, obeysToken ? token : CancellationToken.None) : Task.CompletedTask;
        var quote = (await QuoteAsync(Parallel, calls, new RouteOptions { ConfirmTimeout = TimeSpan.FromMilliseconds(100) })).Value;
        quote.AmountOut.ShouldBe(new TokenAmount(1_900));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_outage_is_no_evidence_of_a_missing_route(bool timesOut)
    {
        var calls = FakeCalls.Paying((1, 0));
        calls.Before = (_, token) => timesOut ? Task.Delay(Timeout.Infinite, token) : throw new HttpRequestException("refused");
        var why = (await QuoteAsync(Parallel, calls,
            new RouteOptions { ConfirmTimeout = TimeSpan.FromMilliseconds(50) })).Error.ShouldBeOfType<OrderError.Unavailable>();
        (why.Code, why.RetryAfter > TimeSpan.Zero).ShouldBe(("venue_unavailable", true));
    }

    [Fact]
    public async Task An_outage_for_one_route_leaves_what_the_others_confirm()
    {
        var calls = FakeCalls.Paying((2, 1_900), (3, 900));
        calls.Before = (vault, _) => vault == VaultGraphs.VaultId(1) ? throw new TimeoutException() : Task.CompletedTask;
        (await QuoteAsync(Parallel, calls)).Value.AmountOut.ShouldBe(new TokenAmount(1_900));
    }

    [Fact]
    public async Task Cancelling_is_not_an_outage()
    {
        using var stop = new CancellationTokenSource();
        var calls = FakeCalls.Paying((1, 1));
        calls.Before = async (_, token) =>
        {
            await stop.CancelAsync();
            token.ThrowIfCancellationRequested();
        };
        await Should.ThrowAsync<OperationCanceledException>(() => QuoteAsync(Parallel, calls, token: stop.Token));
    }

    [Fact]
    public async Task Before_the_vaults_are_known_nothing_is_said_of_routes()
    {
        var registry = Registry([], new RouteOptions());
        var quotes = new QuoteRoutes(registry, FakeCalls.Paying(), Options.Create(new RouteOptions()), TimeProvider.System,
            VaultRegistryTests.Telemetry());
        (await quotes.HandleAsync(TokenId.Stx, VaultGraphs.Token(1), new TokenAmount(1),
            CancellationToken.None)).Error.ShouldBeOfType<OrderError.Unavailable>().Code.ShouldBe("vaults_not_loaded");
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(0, 0, 5)]
    [InlineData(0, 9, 5)]
    public async Task Without_a_route_nobody_is_asked(int sell, int buy, int amount)
    {
        var calls = FakeCalls.Paying((1, 1));
        var registry = Registry(Parallel, new RouteOptions());
        await registry.RefreshAsync(CancellationToken.None);
        var quotes =
            new QuoteRoutes(registry, calls, Options.Create(new RouteOptions()), TimeProvider.System, VaultRegistryTests.Telemetry());
        var why = (await quotes.HandleAsync(VaultGraphs.Token(sell), VaultGraphs.Token(buy), new TokenAmount((UInt128)amount),
            CancellationToken.None)).Error.ShouldBeOfType<OrderError.NotExecutable>();
        (why.Code, why.Detail).ShouldBe(("no_route", $"no route from {VaultGraphs.Token(sell)} to {VaultGraphs.Token(buy)} for {amount}"));
        calls.Asked.ShouldBeEmpty();
    }

    private static async Task<Result<Quote>> QuoteAsync(
        StacksVault[] vaults, IReadOnlyCalls calls, RouteOptions? options = null, CancellationToken token = default)
    {
        var routes = options ?? new RouteOptions();
        var registry = Registry(vaults, routes);
        await registry.RefreshAsync(CancellationToken.None);
        return await new QuoteRoutes(registry, calls, Options.Create(routes), new ManualTime(Now), VaultRegistryTests.Telemetry())
            .HandleAsync(VaultGraphs.Token(0), VaultGraphs.Token(1), new TokenAmount(1_000), token);
    }

    // Token 0 is a subnet's, every other a plain one.
    private static VaultRegistry Registry(StacksVault[] vaults, RouteOptions options)
    {
        var tokens = vaults.SelectMany(vault => new[] { vault.TokenA, vault.TokenB }).Distinct()
            .Select(id => id == VaultGraphs.Token(0)
                ? new StacksToken(new Token(id, "S", "S", 6, TokenType.Subnet), null)
                : new StacksToken(new Token(id, "P", "P", 6, TokenType.Sip10), "asset"));
        var listed = vaults.Select(vault =>
            new ListedVault(vault.Id, vault.Kind, vault.TokenA, vault.TokenB, vault.FeePpm, vault.ReserveA, vault.ReserveB,
                vault.ExternalPool, vault.HasQuote));
        var builder = new SnapshotBuilder(new VaultListing([.. listed], [.. tokens], 0, 0), VaultGraphs.VaultId(99), options);
        return new VaultRegistry(builder, null, new TokenRegistry(), TimeProvider.System, VaultRegistryTests.Telemetry());
    }
}
