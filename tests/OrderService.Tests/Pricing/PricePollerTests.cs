using Npgsql;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Pricing;
using OrderService.Tests.Engine;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Pricing;

public sealed class PricePollerTests : IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    private readonly NpgsqlDataSource _source;
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
    private readonly OpenPools _pools;
    private readonly PricingOptions _options = new() { PollTimeout = TimeSpan.FromMilliseconds(300) };

    public PricePollerTests(DatabaseFixture database) =>
        (_source, _pools) = (NpgsqlDataSource.Create(database.ConnectionString), new OpenPools(_time));

    public async Task InitializeAsync()
    {
        await using var command = _source.CreateCommand("TRUNCATE price_points, work_leases, price_board, believed_prices, held_jumps");
        await command.ExecuteNonQueryAsync();
    }

    public async Task DisposeAsync() => await _source.DisposeAsync();

    [Fact]
    public async Task A_poll_asks_for_what_is_wrapped_publishes_and_writes_down()
    {
        var told = new Told("a", "2");
        await using var world = NewWorld([told], [PriceNode.Subnet, TokenId.Usd]);
        await world.Poller.PollAsync(CancellationToken.None);
        told.Asked.ShouldBe([TokenId.Stx]);
        world.Board.TryRead(PriceNode.Subnet, _time.GetUtcNow(), out var price).ShouldBeTrue();
        price.Usd.ToString().ShouldBe("2");
        (await new PriceHistory(_source).LatestAsync([TokenId.Stx], CancellationToken.None))[TokenId.Stx].ToString().ShouldBe("2");
    }

    [Fact]
    public async Task Sources_that_throw_or_hang_take_nothing_from_the_others()
    {
        await using var world = NewWorld([new Told("a", "2"), new Told("b", "2"), new Broken("c"), new Hanging("d")], [TokenId.Stx]);
        await world.Poller.PollAsync(CancellationToken.None);
        world.Board.TryRead(TokenId.Stx, _time.GetUtcNow(), out var price).ShouldBeTrue();
        price.Sources.ShouldBe("a,b");
        world.Board.Health(_time.GetUtcNow()).Sources.Select(source => source.LastError)
            .ShouldBe([null, null, "InvalidOperationException", "no answer within the time of a poll"]);
    }

    [Fact]
    public async Task Tokens_that_nobody_asked_for_are_not_believed()
    {
        await using var world = NewWorld([new Told("a", "2")], []);
        await world.Poller.PollAsync(CancellationToken.None);
        world.Board.Knows(TokenId.Stx).ShouldBeFalse();
        world.Board.HasLoaded.ShouldBeTrue();
    }

    [Fact]
    public async Task A_restart_is_no_way_around_the_jump_rule()
    {
        await using (var first = NewWorld([new Told("a", "2")], [TokenId.Stx])) await first.Poller.PollAsync(CancellationToken.None);
        _pools.Usd = "2000";
        await using var second = NewWorld([new Told("a", "2000")], [TokenId.Stx]);
        for (var second30 = 0; second30 <= 6; second30++)
        {
            await second.Poller.PollAsync(CancellationToken.None);
            second.Board.TryRead(TokenId.Stx, _time.GetUtcNow(), out _).ShouldBe(second30 == 6);
            _time.Advance(TimeSpan.FromSeconds(30));
        }
    }

    /// <summary>What the sweep asks for is the ratio of a pair: while a jump is held there is none, and so nothing fires.</summary>
    [Theory]
    [InlineData("19.8", false)]
    [InlineData("2000000", false)]
    [InlineData("19.8", true)]
    [InlineData("2000000", true)]
    public async Task S8_A_pair_has_no_ratio_while_one_source_jumps(string jump, bool isAlone)
    {
        var liar = new Told("a", "2");
        await using var world = NewWorld(isAlone ? [liar] : [liar, new Told("b", "2")], [TokenId.Stx]);
        await world.Poller.PollAsync(CancellationToken.None);
        world.Board.TryRatio(TokenId.Stx, TokenId.Usd, _time.GetUtcNow(), out _, out _).ShouldBeTrue();
        (liar.Usd, _pools.Usd) = (jump, jump);
        for (var poll = 0; poll < 5; poll++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await world.Poller.PollAsync(CancellationToken.None);
            world.Board.TryRatio(TokenId.Stx, TokenId.Usd, _time.GetUtcNow(), out _, out _).ShouldBeFalse();
        }
        (liar.Usd, _pools.Usd) = ("2", "2");
        await world.Poller.PollAsync(CancellationToken.None);
        world.Board.TryRatio(TokenId.Stx, TokenId.Usd, _time.GetUtcNow(), out _, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Prices_are_believed_while_the_history_is_away()
    {
        await using var away = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=x;Timeout=2");
        await using var world = NewWorld([new Told("a", "2")], [TokenId.Stx], away);
        await world.Poller.PollAsync(CancellationToken.None);
        world.Board.TryRead(TokenId.Stx, _time.GetUtcNow(), out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Cancelling_ends_a_poll()
    {
        await using var world = NewWorld([new Hanging("c")], [TokenId.Stx]);
        using var stop = new CancellationTokenSource();
        var poll = world.Poller.PollAsync(stop.Token);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => poll);
        world.Board.HasLoaded.ShouldBeFalse();
    }

    [Fact]
    public void Two_sources_of_one_name_are_refused() =>
        Should.Throw<InvalidOperationException>(
            () => NewWorld([new Told("a", "2"), new Told("a", "3")], [])).Message.ShouldBe("two price sources are named 'a'");

    private PriceNode NewWorld(IPriceSource[] sources, TokenId[] tokens, NpgsqlDataSource? history = null)
    {
        foreach (var told in sources.OfType<Told>()) told.Time = _time;
        return new PriceNode(_source, _time, _options, sources, tokens, _pools, history);
    }

    // Does not even listen to being cancelled.
    private sealed class Hanging(string name) : IPriceSource
    {
        public string Name => name;

        public Task<IReadOnlyList<PriceObservation>> FetchAsync(IReadOnlyCollection<TokenId> tokens, CancellationToken token) =>
            new TaskCompletionSource<IReadOnlyList<PriceObservation>>().Task;
    }
}
