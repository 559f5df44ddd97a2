using OrderService.Domain.Orders;
using OrderService.Engine.Auth;
using OrderService.Engine.Events;
using OrderService.Engine.Orders;
using OrderService.Engine.Webhooks;
using OrderService.Tests.Engine;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Webhooks;

/// <summary>What is sent to whom, in which order, and what becomes of it where it is not taken, on a clock of the test's own.</summary>
public sealed class WebhookWorkerTests : IAsyncLifetime
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(7); // more than the first pause can be
    private TestDatabase _database = null!;
    private long _salt;

    public async Task InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task Messages_come_in_order_under_their_ids_and_are_taken_by_a_reader_of_the_standard()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var world = await StartAsync();
        var (endpoint, secret) = await AddAsync(world, receiver.Url);
        var (one, two) = (await PlaceAsync(world), await PlaceAsync(world));
        await CancelAsync(world, one);
        await PassAsync(world);
        var told = receiver.Received.ToList();
        told.ShouldAllBe(message => message.IsSignedWith(secret));
        told.ShouldAllBe(message => !message.IsSignedWith(WebhookSecret.New().Reveal()));
        told.Where(message => message.Order == one.Terms.Uuid.ToString()).Select(message => message.Kind)
            .ShouldBe(["created", "cancelled", "cancelled"]);
        told.Where(message => message.Order == two.Terms.Uuid.ToString()).Select(message => message.Kind).ShouldBe(["created"]);
        told[0].Kind.ShouldBe("webhook_added");
        told.Select(message => message.Id).Distinct().Count().ShouldBe(told.Count);
        var positions = told.Select(message => (long)message.Json["data"]!["position"]!).ToList();
        positions.ShouldBeInOrder();
        told[^1].Id.ShouldBe($"msg_{told[^1].Json["data"]!["log"]}_{positions[^1]}");
        var log = await world.Get<WebhookDirectory>().DeliveriesAsync(endpoint.Id, long.MaxValue, 100, CancellationToken.None);
        log.ShouldAllBe(delivery => delivery.Status == "delivered" && delivery.Attempts == 1 && delivery.AnswerStatus == 200
            && delivery.Answer == "ok");
        await PassAsync(world);
        receiver.Received.Count.ShouldBe(told.Count);
    }

    [Fact]
    public async Task Only_the_kinds_that_were_asked_for_and_only_the_wallets_own_are_sent()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var world = await StartAsync();
        await AddAsync(world, receiver.Url, "cancelled", "expired");
        await using var foreign = await Receiver.StartAsync();
        await AddAsync(world, foreign.Url, by: new TestWalletOf());
        await CancelAsync(world, await PlaceAsync(world));
        await PassAsync(world);
        receiver.Received.Select(message => message.Kind).ShouldBe(["cancelled", "cancelled"]);
        foreign.Received.Select(message => message.Kind).ShouldBe(["webhook_added"]);
    }

    [Fact]
    public async Task What_one_order_waits_for_another_does_not()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var world = await StartAsync();
        await AddAsync(world, receiver.Url, "created", "cancelled");
        var (one, two) = (await PlaceAsync(world), await PlaceAsync(world));
        var refused = 1;
        receiver.Answers = message => message.Order == one.Terms.Uuid.ToString() && refused-- > 0
            ? (400, "not this one", null) : (200, "ok", null);
        foreach (var order in (Order[])[one, two]) await CancelAsync(world, order);
        await PassAsync(world);
        KindsOf(receiver, one).ShouldBe(["created"]); // refused, and nothing of the order behind it
        KindsOf(receiver, two).ShouldBe(["created", "cancelled", "cancelled"]);
        world.Time.Advance(Retry);
        await PassAsync(world);
        KindsOf(receiver, one).ShouldBe(["created", "created", "cancelled", "cancelled"]);
        receiver.Received.Where(message => message.Order == one.Terms.Uuid.ToString()).Take(2).Select(message => message.Id).Distinct()
            .Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_dead_endpoint_holds_up_no_other()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var world = await StartAsync(("Webhooks:AtOnce", "2"));
        var dead = new List<Receiver>();
        for (var i = 0; i < 4; i++)
        {
            dead.Add(await Receiver.StartAsync());
            dead[^1].Wait = static async aborted =>
            {
                await Task.Delay(500, aborted);
                throw new IOException("dead");
            };
            await AddAsync(world, dead[^1].Url, "created");
        }
        await AddAsync(world, receiver.Url, "created");
        await PlaceAsync(world);
        // Each dead one is tried once while nobody knows that it is; from then on they share half of the room.
        for (var pass = 0; pass < 3; pass++) await PassAsync(world);
        receiver.Received.Count.ShouldBe(1);
        for (var i = 0; i < 5; i++)
        {
            world.Time.Advance(TimeSpan.FromMinutes(10));
            await PlaceAsync(world);
            await PassAsync(world);
            receiver.Received.Count.ShouldBe(2 + i);
        }
        foreach (var one in dead) await one.DisposeAsync();
    }

    [Fact]
    public async Task An_endpoint_that_never_answers_is_given_up_and_said_to_have_timed_out()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Wait = static aborted => Task.Delay(Timeout.InfiniteTimeSpan, aborted);
        await using var world = await StartAsync(("Webhooks:Timeout", "00:00:00.5"));
        var (endpoint, _) = await AddAsync(world, receiver.Url, "created");
        await PlaceAsync(world);
        await PassAsync(world);
        var log = await world.Get<WebhookDirectory>().DeliveriesAsync(endpoint.Id, long.MaxValue, 100, CancellationToken.None);
        var delivery = log.ShouldHaveSingleItem();
        (delivery.AnswerStatus, delivery.Error).ShouldBe((null, "timeout"));
    }

    [Fact]
    public async Task What_is_not_taken_is_tried_again_with_growing_pauses_and_the_endpoint_is_disabled_which_is_told_and_nothing_is_lost()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var world = await StartAsync(("Webhooks:DisableAfter", "01:00:00"));
        var (endpoint, _) = await AddAsync(world, receiver.Url, "created");
        receiver.Answers = _ => (503, "closed", null);
        var order = await PlaceAsync(world);
        var began = world.Time.GetUtcNow();
        for (var i = 0; i < 2_000 && (await FindAsync(world, endpoint)).Status == WebhookEndpoint.Active; i++)
        {
            await PassAsync(world);
            world.Time.Advance(TimeSpan.FromSeconds(30));
        }
        var disabled = await FindAsync(world, endpoint);
        (disabled.Status, disabled.DisabledReason, disabled.Pending).ShouldBe((WebhookEndpoint.Disabled, "failing", 1));
        (world.Time.GetUtcNow() - began).ShouldBeGreaterThan(TimeSpan.FromHours(1));
        receiver.Received.Count.ShouldBe(6); // at once, and after 5 s, a minute, 5, 30 and 120 minutes
        await world.Get<EventRelay>().TickAsync(CancellationToken.None);
        (await world.Get<EventReader>()
            .ReadAsync(world.Owner, 0, 1_000,
                CancellationToken.None)).Events.Count(
                    e => e.Kind == "webhook_disabled" && e.Facts!.Contains(endpoint.WireId, StringComparison.Ordinal)).ShouldBe(1);

        var another = await PlaceAsync(world);
        await PassAsync(world);
        receiver.Received.Count.ShouldBe(6);
        receiver.Answers = _ => (200, "open", null);
        (await world.Get<ChangeWebhooks>()
            .EnableAsync(Message(world, WalletActions.EnableWebhook), endpoint.Id, CancellationToken.None)).Error.ShouldBeNull();
        await PassAsync(world);
        receiver.Received.Skip(6).Select(message => message.Order).ShouldBe([order.Terms.Uuid.ToString(), another.Terms.Uuid.ToString()]);
    }

    [Fact]
    public async Task Who_is_gone_is_not_asked_again()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var world = await StartAsync();
        var (endpoint, _) = await AddAsync(world, receiver.Url, "created");
        receiver.Answers = _ => (410, "", null);
        await PlaceAsync(world);
        await PlaceAsync(world);
        await PassAsync(world);
        var found = await FindAsync(world, endpoint);
        (found.Status, found.DisabledReason, receiver.Received.Count).ShouldBe((WebhookEndpoint.Disabled, "gone", 1));
    }

    [Fact]
    public async Task What_was_sent_is_sent_again_under_its_id_by_a_range_of_positions()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var world = await StartAsync();
        var (endpoint, _) = await AddAsync(world, receiver.Url, "created");
        for (var i = 0; i < 3; i++) await PlaceAsync(world);
        await PassAsync(world);
        var told = receiver.Received.ToList();
        var (from, to) = ((long)told[1].Json["data"]!["position"]!, (long)told[2].Json["data"]!["position"]!);
        (await world.Get<ChangeWebhooks>()
            .RedeliverAsync(Message(world, WalletActions.RedeliverWebhook), endpoint.Id, from, to,
                CancellationToken.None)).Value.ShouldBe(2);
        await PassAsync(world);
        receiver.Received.Skip(3).Select(message => message.Id).ShouldBe(told.Skip(1).Select(message => message.Id));
        receiver.Received.Skip(3).Select(message => message.Body).ShouldBe(told.Skip(1).Select(message => message.Body));
        (await world.Get<ChangeWebhooks>()
            .RedeliverAsync(Message(world, WalletActions.RedeliverWebhook, new TestWalletOf()), endpoint.Id, from, to,
                CancellationToken.None)).Error!.Code.ShouldBe("not_found");
    }

    [Fact]
    public async Task After_a_rotation_both_secrets_sign_until_the_old_one_ends()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var world = await StartAsync();
        var (endpoint, old) = await AddAsync(world, receiver.Url, "created");
        var rotated = (await world.Get<ChangeWebhooks>()
            .RotateAsync(Message(world, WalletActions.RotateWebhook), endpoint.Id, CancellationToken.None)).Value.Secret.Reveal();
        await PlaceAsync(world);
        await PassAsync(world);
        var both = receiver.Received.Single();
        both.IsSignedWith(rotated).ShouldBeTrue();
        both.IsSignedWith(old).ShouldBeTrue();
        both.IsSignedWith(WebhookSecret.New().Reveal()).ShouldBeFalse();
        both.Headers["webhook-signature"].ToString().Split(' ').Length.ShouldBe(2);
        world.Time.Advance(TimeSpan.FromHours(25));
        await PlaceAsync(world);
        await PassAsync(world);
        var one = receiver.Received.Last();
        one.IsSignedWith(old).ShouldBeFalse();
        one.Headers["webhook-signature"].ToString().Split(' ').Length.ShouldBe(1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void The_tries_of_a_message_last_about_three_days(double chance)
    {
        var total = Enumerable.Range(1, WebhookSchedule.AttemptsMax).Select(attempts => WebhookSchedule.After(attempts, chance))
            .OfType<TimeSpan>().Aggregate((one, other) => one + other);
        total.ShouldBeInRange(TimeSpan.FromDays(2.3), TimeSpan.FromDays(3.7));
        WebhookSchedule.After(WebhookSchedule.AttemptsMax, chance).ShouldBeNull();
    }

    private Task<EngineWorld> StartAsync(params (string Key, string Value)[] settings) =>
        EngineWorld.StartAsync(_database.ConnectionString, time: new ManualTime(DateTimeOffset.UtcNow),
            settings: [("Webhooks:AllowPrivate", "true"), .. settings]);

    private async Task<(WebhookEndpoint Endpoint, string Secret)> AddAsync(EngineWorld world, Uri url, params string[] kinds) =>
        await AddAsync(world, url, by: null, kinds);

    private async Task<(WebhookEndpoint Endpoint, string Secret)> AddAsync(
        EngineWorld world, Uri url, TestWalletOf? by, params string[] kinds)
    {
        await world.Get<EventRelay>().TickAsync(CancellationToken.None);
        var (endpoint,
            secret) = (await world.Get<ChangeWebhooks>()
                .AddAsync(Message(world, WalletActions.AddWebhook, by), url, kinds.Length == 0 ? null : kinds,
                    CancellationToken.None)).Value;
        return (endpoint, secret.Reveal());
    }

    // Signed messages are verified by the wire; here one of each is made up, and used up.
    private SignedMessage Message(EngineWorld world, string action, TestWalletOf? by = null)
    {
        var digest = new byte[32];
        BitConverter.TryWriteBytes(digest, Interlocked.Increment(ref _salt) + Random.Shared.NextInt64(1L << 40)).ShouldBeTrue();
        return new SignedMessage(by?.Address ?? world.Owner, digest, action, IsBareUuid: false, world.Time.GetUtcNow().AddMinutes(5));
    }

    private static Task<Order> PlaceAsync(EngineWorld world) => world.CreateAsync(world.Terms(SliceTrigger.Manual));

    private static async Task CancelAsync(EngineWorld world, Order order) =>
        (await world.Get<CancelOrder>()
            .HandleAsync(order.Terms.Uuid, new Caller(world.Owner, Message: null, Key: null), CancellationToken.None)).Error.ShouldBeNull();

    private static async Task PassAsync(EngineWorld world)
    {
        await world.Get<EventRelay>().TickAsync(CancellationToken.None);
        await world.Get<WebhookWorker>().TickAsync(CancellationToken.None);
    }

    private static async Task<WebhookEndpoint> FindAsync(EngineWorld world, WebhookEndpoint endpoint) =>
        (await world.Get<WebhookDirectory>().FindAsync(endpoint.Id, world.Owner, CancellationToken.None))!;

    private static List<string> KindsOf(Receiver receiver, Order order) =>
        [.. receiver.Received.Where(message => message.Order == order.Terms.Uuid.ToString()).Select(message => message.Kind)];

    private sealed class TestWalletOf
    {
        public OrderService.Stacks.Addresses.StacksAddress Address { get; } = OrderService.Stacks.Crypto.PrivateKey.Generate().PublicKey()
            .ToAddress(OrderService.Stacks.Addresses.StacksNetwork.Testnet);
    }
}
