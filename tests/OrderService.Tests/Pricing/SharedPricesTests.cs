using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Execution;
using OrderService.Engine.Pricing;
using OrderService.Engine.Workers;
using OrderService.Tests.Engine;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Pricing;

/// <summary>One node asks for prices under a lease; the others believe what it wrote, and go on from there when it is gone.</summary>
public sealed class SharedPricesTests : IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly DatabaseFixture _database;
    private readonly NpgsqlDataSource _source;
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
    private readonly OpenPools _pools;
    private readonly List<PriceNode> _nodes = [];

    public SharedPricesTests(DatabaseFixture database) =>
        (_database, _source, _pools) = (database, NpgsqlDataSource.Create(database.ConnectionString), new OpenPools(_time));

    public async Task InitializeAsync() => await ExecuteAsync("TRUNCATE price_points, work_leases, price_board, believed_prices, held_jumps");

    public async Task DisposeAsync()
    {
        foreach (var node in _nodes) await node.DisposeAsync();
        await _source.DisposeAsync();
    }

    [Fact]
    public async Task Two_nodes_ask_as_often_as_one_and_believe_the_same_within_a_beat()
    {
        var (ones, others) = (new Told("a", "2"), new Told("a", "9"));
        var (one, other) = (Node(ones), Node(others));
        for (var beat = 0; beat < 10; beat++)
        {
            (ones.Usd, _pools.Usd) = ($"2.0{beat}", $"2.0{beat}");
            await one.PollAsync();
            await other.PollAsync();
            one.Board.TryRead(TokenId.Stx, _time.GetUtcNow(), out var asked).ShouldBeTrue();
            other.Board.TryRead(TokenId.Stx, _time.GetUtcNow(), out var taken).ShouldBeTrue();
            taken.ShouldBe(asked);
            taken.Usd.ToString().ShouldBe(beat == 0 ? "2" : $"2.0{beat}");
            _time.Advance(Second);
        }
        (ones.Calls, others.Calls).ShouldBe((10, 0));
        (one.Lead.IsMine, other.Lead.IsMine).ShouldBe((true, false));
        other.Board.Health(_time.GetUtcNow()).AskedBy.ShouldBe(one.Lead.Node);
        (await ScalarAsync("SELECT count(*) FROM price_points")).ShouldBe(10);
    }

    [Fact]
    public async Task A_price_that_stands_is_written_as_often_as_it_must_be_to_stay_fresh_and_no_more()
    {
        var (one, other) = (Node(new Told("a", "2")), Node(new Told("a", "2")));
        await one.PollAsync();
        var first = await ScalarAsync("SELECT revision FROM price_board");
        for (var beat = 0; beat < 60; beat++)
        {
            _time.Advance(Second);
            await one.PollAsync();
            await other.PollAsync();
            other.Board.TryRead(TokenId.Stx, _time.GetUtcNow(), out _).ShouldBeTrue();
        }
        (await ScalarAsync("SELECT revision FROM price_board") - first).ShouldBe(12); // each five seconds, a sixth of thirty
    }

    [Fact]
    public async Task A_held_jump_goes_on_where_it_stood_when_the_node_that_asked_dies()
    {
        var (ones, others) = (new Told("a", "2"), new Told("a", "2"));
        var (one, other) = (Node(ones), Node(others));
        await BeatAsync(one, other);
        ones.Usd = others.Usd = _pools.Usd = "2000";
        var since = _time.GetUtcNow();
        for (var second = 0; second < 120; second++) await BeatAsync(one, other);
        one.Board.WhyNot(TokenId.Stx, _time.GetUtcNow()).ShouldBe("price_held");
        other.Board.WhyNot(TokenId.Stx, _time.GetUtcNow()).ShouldBe("price_held");
        (await ScalarAsync("SELECT count(*) FROM held_jumps WHERE usd_from = 2e18 AND usd_to = 2e21 AND reason = 'unconfirmed'")).ShouldBe(1);

        var beats = 0;
        for (; others.Calls == 0; beats++) await BeatAsync(other); // one has died
        beats.ShouldBeLessThanOrEqualTo(3);
        while (_time.GetUtcNow() - since < TimeSpan.FromMinutes(3))
        {
            other.Board.TryRatio(TokenId.Stx, TokenId.Usd, _time.GetUtcNow(), out _).ShouldBeFalse();
            await BeatAsync(other);
        }
        await BeatAsync(other);
        other.Board.TryRead(TokenId.Stx, _time.GetUtcNow(), out var believed).ShouldBeTrue();
        believed.Usd.ToString().ShouldBe("2000");
        await BeatAsync(other);
        (await ScalarAsync("SELECT count(*) FROM held_jumps")).ShouldBe(0);
    }

    [Theory]
    [InlineData(20, true)]
    [InlineData(40, false)] // silent for longer than a price is fresh: whoever stood by it must begin again
    public async Task A_restart_keeps_the_jumps_that_were_held(int secondsAway, bool isKept)
    {
        var told = new Told("a", "2");
        var first = Node(told);
        await BeatAsync(first);
        told.Usd = _pools.Usd = "2000";
        var since = _time.GetUtcNow();
        for (var second = 0; second < 100; second++) await BeatAsync(first);
        await first.DisposeAsync();
        _time.Advance(TimeSpan.FromSeconds(secondsAway));
        var again = Node(told);
        while (_time.GetUtcNow() - since <= TimeSpan.FromMinutes(3)) await BeatAsync(again);
        again.Board.TryRead(TokenId.Stx, _time.GetUtcNow(), out _).ShouldBe(isKept);
    }

    [Fact]
    public async Task Who_has_lost_the_lease_writes_nothing_and_believes_what_the_other_wrote()
    {
        var (ones, others) = (new Told("a", "2"), new Told("a", "2"));
        var (one, other) = (Node(ones), Node(others));
        await BeatAsync(one, other);
        ones.Usd = _pools.Usd = "2.2";
        await one.Poller.LookAsync(CancellationToken.None); // and stands still before it can write
        _time.Advance(TimeSpan.FromSeconds(3));
        others.Usd = _pools.Usd = "2.1";
        await other.PollAsync();
        var written = await ScalarAsync("SELECT revision FROM price_board");
        await one.Poller.WriteAsync(CancellationToken.None);
        (await ScalarAsync("SELECT revision FROM price_board")).ShouldBe(written);
        (await ScalarAsync("SELECT usd / 1e17 FROM believed_prices")).ShouldBe(21);
        (await ScalarAsync("SELECT count(*) FROM price_points WHERE usd = 22e17")).ShouldBe(0);
        await one.PollAsync();
        one.Board.TryRead(TokenId.Stx, _time.GetUtcNow(), out var taken).ShouldBeTrue();
        taken.Usd.ToString().ShouldBe("2.1");
        (one.Lead.IsMine, other.Lead.IsMine).ShouldBe((false, true));
    }

    [Fact]
    public async Task Nothing_fires_on_a_price_that_nobody_could_ask_for_again()
    {
        var (one, other) = (Node(new Told("a", "2")), Node(new Broken("a")));
        await BeatAsync(one, other);
        for (var second = 1; second <= 31; second++)
        {
            await BeatAsync(other); // one has died, and other hears from no source
            other.Board.TryRatio(TokenId.Stx, TokenId.Usd, _time.GetUtcNow(), out _).ShouldBe(second < 30);
        }
        other.Lead.IsMine.ShouldBeTrue();
    }

    [Fact]
    public async Task A_crash_of_the_server_empties_the_rows_and_they_are_written_again()
    {
        var (one, other) = (Node(new Told("a", "2")), Node(new Told("a", "2")));
        await BeatAsync(one, other);
        await ExecuteAsync("TRUNCATE work_leases, price_board, believed_prices");
        for (var second = 0; second < 7; second++) await BeatAsync(one, other); // what stands is written again after five seconds
        (await ScalarAsync("SELECT count(*) FROM believed_prices")).ShouldBe(1);
        for (var second = 0; second < 40; second++)
        {
            await BeatAsync(one, other);
            other.Board.TryRead(TokenId.Stx, _time.GetUtcNow(), out _).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task A_node_that_only_serves_asks_until_one_that_executes_orders_is_there()
    {
        var (serving, executing) = (Node(new Told("a", "2"), yields: true), Node(new Told("a", "2")));
        await BeatAsync(serving);
        serving.Lead.IsMine.ShouldBeTrue();
        for (var beat = 0; beat < 3; beat++) await BeatAsync(serving, executing);
        (serving.Lead.IsMine, executing.Lead.IsMine).ShouldBe((false, true));
    }

    [Fact]
    public async Task A_node_whose_beats_hang_leaves_it_to_another()
    {
        var one = Node(new Told("a", "2"));
        await one.PollAsync();
        await one.Lead.KeepAsync(TimeSpan.FromSeconds(6), CancellationToken.None);
        one.Lead.IsMine.ShouldBeTrue();
        _time.Advance(TimeSpan.FromSeconds(17));
        await one.Lead.KeepAsync(TimeSpan.FromSeconds(6), CancellationToken.None);
        (one.Lead.IsMine, await ScalarAsync("SELECT count(*) FROM work_leases")).ShouldBe((false, 0));
    }

    [Fact]
    public async Task What_another_node_was_told_is_swept_by_the_next_beat()
    {
        var (ones, others) = (new Told("a", "2") { Time = _time }, new Told("a", "2") { Time = _time });
        await using var one = await EngineWorld.StartAsync(_database.ConnectionString, With(ones), _time);
        await using var other = await EngineWorld.StartAsync(_database.ConnectionString, With(others), _time);
        var order = await other.CreateAsync(other.PriceTerms(TriggerDirection.Gt, "2.05", TokenId.Stx));
        foreach (var node in new[] { one, other }) await node.Get<TickWorker>().PassAsync(CancellationToken.None);
        (await other.ReadAsync(order)).Order.Slices[0].Status.ShouldBe(SliceStatus.Waiting);
        ones.Usd = _pools.Usd = "2.1";
        _time.Advance(Second);
        await one.Get<PricePoller>().PollAsync(CancellationToken.None);
        await other.Get<TickWorker>().PassAsync(CancellationToken.None);
        (await other.ReadAsync(order)).Order.Slices[0].Status.ShouldBe(SliceStatus.Executing);
        (ones.Calls, others.Calls).ShouldBe((2, 0));
    }

    private Action<IServiceCollection> With(Told source) =>
        services => services.AddSingleton<IPriceSource>(source).AddSingleton<ISecondOpinion>(_pools);

    private PriceNode Node(IPriceSource source, bool yields = false)
    {
        if (source is Told told) told.Time = _time;
        var node = new PriceNode(_source, _time, new PricingOptions(), [source], [TokenId.Stx], _pools, yields: yields);
        _nodes.Add(node);
        return node;
    }

    private async Task BeatAsync(params PriceNode[] nodes)
    {
        foreach (var node in nodes) await node.PollAsync();
        _time.Advance(Second);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<long> ScalarAsync(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
