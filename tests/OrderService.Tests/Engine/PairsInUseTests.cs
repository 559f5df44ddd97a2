using Npgsql;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;
using OrderService.Engine.Persistence;
using OrderService.Engine.Pricing;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Engine;

/// <summary>The price pairs that orders watch are few, and nobody may keep the others from them.</summary>
public sealed class PairsInUseTests
{
    private static readonly (string, string)[] Few = [("Orders:PairsMax", "5"), ("Orders:PairsMaxPerOwner", "3")];

    [Fact]
    public async Task S6_A_pair_without_open_orders_is_given_back_and_watched_again_where_an_order_needs_it()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var world =
            await EngineWorld.StartAsync(database.ConnectionString, settings: [("Orders:PairsMax", "3"), ("Orders:PairsMaxPerOwner", "3")]);
        var pairs = Pairs(world);
        OwnWallet[] wallets = [new(world, 1), new(world, 2)];
        var first = new List<Order>();
        foreach (var pair in pairs[..3]) first.Add((await WatchAsync(wallets[0], pair)).Value);
        await world.SweepAsync();
        (await WatchAsync(wallets[1], pairs[3])).Error!.Code.ShouldBe("pairs_limit");
        for (var i = 0; i < 3; i++)
        {
            (await world.Get<CancelOrder>()
                .HandleAsync(first[i].Terms.Uuid, new Caller(wallets[0].Address, null, null), default)).Error.ShouldBeNull();
        }
        world.Time.Advance(TimeSpan.FromMinutes(2));
        for (var i = 3; i < 6; i++) (await WatchAsync(wallets[1], pairs[i])).Error.ShouldBeNull();
        (await world.ScalarAsync("SELECT count(*) FROM price_pairs WHERE in_use")).ShouldBe(3);
        (await WatchAsync(wallets[0], pairs[0])).Error!.Code.ShouldBe("pairs_limit");
    }

    [Fact]
    public async Task S6_One_owner_takes_a_share_of_the_pairs_and_leaves_the_rest_to_others()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var world = await EngineWorld.StartAsync(database.ConnectionString, settings: Few);
        var pairs = Pairs(world);
        OwnWallet[] wallets = [new(world, 1), new(world, 2)];
        for (var i = 0; i < 3; i++) (await WatchAsync(wallets[0], pairs[i])).Error.ShouldBeNull();
        (await WatchAsync(wallets[0], pairs[3])).Error!.Code.ShouldBe("pairs_limit");
        (await WatchAsync(wallets[0], pairs[0])).Error.ShouldBeNull(); // one that is watched already takes no place
        for (var i = 3; i < 5; i++) (await WatchAsync(wallets[1], pairs[i])).Error.ShouldBeNull();
        (await WatchAsync(wallets[0], pairs[4])).Error.ShouldBeNull();
        (await WatchAsync(wallets[1], pairs[5])).Error!.Code.ShouldBe("pairs_limit");
    }

    [Fact]
    public async Task S6_One_caller_renews_a_pair_that_is_held_and_the_others_do_not_wait_for_it()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var (directory, limits) = (world.Get<PairDirectory>(), new PairLimits(5, 5));
        var id = (await AskAsync()).Value;
        world.Time.Advance(TimeSpan.FromSeconds(11));
        await using var connection = await world.Get<NpgsqlDataSource>().OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var locked = new NpgsqlCommand("SELECT id FROM price_pairs FOR UPDATE", connection)) await locked.ExecuteScalarAsync();
        var renewing = AskAsync();
        (await AskAsync()).Value.ShouldBe(id);
        renewing.IsCompleted.ShouldBeFalse("the first waits for the row");
        await transaction.RollbackAsync();
        (await renewing).Value.ShouldBe(id);

        Task<Result<int>> AskAsync() => directory.IdOfAsync(world.Buy, TokenId.Usd, "owner", limits, default).AsTask();
    }

    [Fact]
    public async Task S6_A_pair_that_was_given_back_fires_what_comes_to_wait_on_it()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var world =
            await EngineWorld.StartAsync(database.ConnectionString, settings: [("Orders:PairsMax", "1"), ("Orders:PairsMaxPerOwner", "1")]);
        var wallet = new OwnWallet(world, 1);
        await wallet.FundAsync(1_000_000_000);
        var watched = (world.Buy, TokenId.Usd);
        var order = (await WatchAsync(wallet, watched)).Value;
        await world.SweepAsync();
        // As a reorg does it: the pair went out of use while the slice counted as ended.
        await world.ScalarAsync("WITH back AS (UPDATE price_pairs SET in_use = false RETURNING 1) SELECT count(*) FROM back");
        world.Time.Advance(TimeSpan.FromSeconds(6));
        world.SetPrice(world.Buy, Price.Parse("2"));
        (await world.SweepAsync() + await world.SweepAsync()).ShouldBe(1);
        (await world.ReadAsync(order)).Order.Slices[0].Status.ShouldBe(SliceStatus.Executing);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_pair_that_is_added_at_once_with_another_gets_the_number_after_and_one_that_another_adds_gets_its(bool isSame)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var (directory, limits) = (world.Get<PairDirectory>(), new PairLimits(5, 5));
        await using var connection = await world.Get<NpgsqlDataSource>().OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var other = new NpgsqlCommand("INSERT INTO price_pairs (id, watched, base) VALUES (1, $1, 'USD')", connection)
        {
            Parameters = { new() { Value = isSame ? world.Buy.ToString() : "another" } },
        };
        await other.ExecuteNonQueryAsync();
        var asking = directory.IdOfAsync(world.Buy, TokenId.Usd, "owner", limits, default).AsTask();
        await Until.Async(() =>
            world.ScalarAsync("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"),
            waiting => waiting == 1);
        await transaction.CommitAsync();
        (await asking).Value.ShouldBe(isSame ? 1 : 2);
        (await world.ScalarAsync("SELECT count(*) FROM price_pairs")).ShouldBe(isSame ? 1 : 2);
    }

    private static List<(TokenId Watched, TokenId Base)> Pairs(EngineWorld world)
    {
        var tokens = world.Get<TokenRegistry>().All.Select(token => token.Id).ToList();
        return [.. tokens.SelectMany(_ => tokens, (watched, other) => (watched, other)).Where(pair => pair.watched != pair.other).Take(8)];
    }

    private static Task<Result<Order>> WatchAsync(OwnWallet wallet, (TokenId Watched, TokenId Base) pair) =>
        wallet.TryCreateAsync(wallet.Terms(1_000_000, SliceTrigger.Price) with
        {
            ConditionToken = pair.Watched, BaseAsset = pair.Base, Direction = TriggerDirection.Gt, TargetPrice = Price.Parse("1"),
        });
}
