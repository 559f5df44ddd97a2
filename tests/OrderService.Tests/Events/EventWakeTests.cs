using OrderService.Domain.Orders;
using OrderService.Engine.Events;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Tests.Engine;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Events;

/// <summary>Whom an event wakes: each wake is a question to the store.</summary>
public sealed class EventWakeTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async Task InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task An_event_wakes_those_who_follow_its_owner_and_those_who_follow_all_and_nobody_else()
    {
        await using var world = await EngineWorld.StartAsync(_database.ConnectionString);
        var (head, relay) = (world.Get<EventHead>(), world.Get<EventRelay>());
        await world.CreateAsync(world.Terms(SliceTrigger.Manual));
        await relay.TickAsync(CancellationToken.None); // the first look knows of nothing before it
        using var all = head.Follow(keeps: true);
        using var own = head.Follow(world.Owner.ToString(), keeps: true);
        EventFollower[] others = [.. Enumerable.Range(0, 2_000)
            .Select(_ => head.Follow(PrivateKey.Generate().PublicKey().ToAddress(StacksNetwork.Testnet).ToString(), keeps: true))];
        EventFollower[] followers = [all, own, .. others];
        followers.Count(IsWoken).ShouldBe(followers.Length); // each looks once when it begins
        var after = new LogPosition(head.Seen.LogId, head.Seen.Position);
        for (var round = 0; round < 5; round++)
        {
            await world.CreateAsync(world.Terms(SliceTrigger.Manual));
            await relay.TickAsync(CancellationToken.None);
            (IsWoken(all), IsWoken(own), others.Count(IsWoken)).ShouldBe((true, true, 0));
            // at hand, without a question
            foreach (var one in (EventFollower[])[all, own]) one.Take(after)!.Events.ShouldHaveSingleItem().Kind.ShouldBe("created");
            others[round].Take(after)!.Events.ShouldBeEmpty();
            after = after with { Number = after.Number + 1 };
            await relay.TickAsync(CancellationToken.None);
            followers.Count(IsWoken).ShouldBe(0);
        }
        foreach (var one in others) one.Dispose();
    }

    // A wait that was woken is over at once.
    private static bool IsWoken(EventFollower follower)
    {
        using var over = new CancellationTokenSource();
        var waiting = follower.WaitAsync(over.Token);
        if (waiting.IsCompletedSuccessfully) return true;
        over.Cancel();
        return false;
    }
}
