using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Auth;
using OrderService.Tests.Engine;
using OrderService.Tests.Ground;
using OrderService.Tests.Telemetry;

namespace OrderService.Tests.Auth;

/// <summary>What owners and addresses may use up in a minute, by a clock of the test's.</summary>
public sealed class OwnerBudgetTests(AuthWorld world) : IClassFixture<AuthWorld>
{
    private readonly TestWallet _owner = new();

    [Fact]
    public async Task S12_What_an_owner_does_is_counted_whoever_does_it_and_nobody_uses_up_what_is_anothers()
    {
        var other = new TestWallet();
        var (ours, _) = await world.CreateKeyAsync(_owner, "one");
        var (also, _) = await world.CreateKeyAsync(_owner, "two");
        var (theirs, _) = await world.CreateKeyAsync(other, "three");
        var limits = world.Get<IOptions<LimitsOptions>>().Value;
        (limits.ReadsPerMinutePerOwner, limits.CallsPerMinutePerOwner) = (4, 3); // two calls made the keys

        (await ByMessageAsync(other, "list_orders")).Status.ShouldBe(401); // names the owner, and is not signed by him
        (await ByKeyAsync(ours, "list_orders")).Status.ShouldBe(200);
        (await ByKeyAsync(also, "list_orders")).Status.ShouldBe(200);
        (await ByMessageAsync(_owner, "list_orders")).Status.ShouldBe(200);
        var last = await ByKeyAsync(ours, "list_orders");
        (last.Status, Told(last, "RateLimit-Policy"),
            Told(last, "RateLimit")).ShouldBe((200, "\"owner-reads\";q=4;w=60", "\"owner-reads\";r=0;t=60"));
        foreach (var refused in new[] { await ByKeyAsync(also, "list_orders"), await ByMessageAsync(_owner, "list_orders") })
        {
            (refused.Status, refused.Code, refused.Retry,
                Told(refused, "RateLimit")).ShouldBe((429, "rate_limit_exceeded", TimeSpan.FromMinutes(1), "\"owner-reads\";r=0;t=60"));
        }
        (await ByKeyAsync(theirs, "list_orders", other)).Status.ShouldBe(200);

        (await ByMessageAsync(_owner, "execute_order")).Status.ShouldBe(200);
        var spent = await ByKeyAsync(ours, "execute_order");
        (spent.Status, Told(spent, "RateLimit")).ShouldBe((429, "\"owner-calls\";r=0;t=60"));
        var cancel = await ByKeyAsync(ours, "cancel_order"); // no amount of anything else stands in its way
        (cancel.Status, Told(cancel, "RateLimit")).ShouldBe((200, "\"owner-cancels\";r=2;t=60"));

        world.Time.Advance(TimeSpan.FromSeconds(59));
        (await ByKeyAsync(ours, "list_orders")).Retry.ShouldBe(TimeSpan.FromSeconds(1));
        world.Time.Advance(TimeSpan.FromSeconds(1));
        (await ByKeyAsync(ours, "list_orders")).Status.ShouldBe(200);
        (await ByKeyAsync(ours, "execute_order")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task S12_An_owner_makes_so_many_orders_a_minute_and_one_that_is_stored_is_answered_beyond()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var engine =
            await EngineWorld.StartAsync(database.ConnectionString, settings: ("Limits:CreatesPerMinutePerOwner", "3"));
        var (terms, told) = (Enumerable.Range(0, 4).Select(_ => engine.Terms()).ToList(), new List<OwnerBudget>());
        engine.Get<OwnerBudgets>().Counted += told.Add;
        foreach (var one in terms[..3]) (await engine.TryCreateAsync(one)).Error.ShouldBeNull();
        var many = (await engine.TryCreateAsync(terms[3])).Error.ShouldBeOfType<OrderError.TooMany>();
        (many.Code, many.RetryAfter).ShouldBe(("rate_limit_exceeded", TimeSpan.FromMinutes(1)));
        (await engine.TryCreateAsync(terms[0])).Value.Terms.Uuid.ShouldBe(terms[0].Uuid);
        told.Select(t => (t.Name, t.Limit, t.Left)).Take(4)
            .ShouldBe([("owner-creates", 3, 2), ("owner-creates", 3, 1), ("owner-creates", 3, 0), ("owner-creates", 3, 0)]);
        engine.Time.Advance(TimeSpan.FromMinutes(1));
        (await engine.TryCreateAsync(terms[3])).Error.ShouldBeNull();
    }

    [Fact]
    public async Task S12_The_bytes_of_an_addresss_bodies_are_counted_before_they_are_read()
    {
        var time = new ManualTime(new DateTimeOffset(2026, 3, 4, 12, 30, 30, TimeSpan.Zero));
        await using var host = await LoopbackHost.StartAsync(
            builder =>
            {
                builder.Configuration["Limits:BodyBytesPerMinutePerAddress"] = "100000";
                builder.Services.AddSingleton<TimeProvider>(time).AddRequestLimits(builder.Configuration);
            },
            app =>
            {
                app.UseRequestLimits();
                app.MapPost("/", async (HttpRequest request) => (await new StreamReader(request.Body).ReadToEndAsync()).Length);
            });
        (await PostAsync(isChunked: false, "9.9.9.9")).ShouldBe((200,
            "\"address\";q=6000;w=60, \"address-bytes\";q=100000;qu=\"content-bytes\";w=60",
            "\"address\";r=5999, \"address-bytes\";r=50000;t=60"));
        (await PostAsync(isChunked: true, "9.9.9.9")).Status.ShouldBe(429); // what does not say its length counts as 64 KiB
        (await PostAsync(isChunked: false, "9.9.9.9")).Status.ShouldBe(200);
        (await PostAsync(isChunked: false, "9.9.9.9")).Status.ShouldBe(429);
        (await PostAsync(isChunked: false, forwarded: null)).ShouldBe((200, "", ""));
        time.Advance(TimeSpan.FromMinutes(1));
        (await PostAsync(isChunked: false, "9.9.9.9")).Status.ShouldBe(200);

        async Task<(int Status, string Policy, string Left)> PostAsync(bool isChunked, string? forwarded)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(new string('a', 50_000)) };
            request.Headers.TransferEncodingChunked = isChunked;
            if (forwarded is not null) request.Headers.Add("X-Forwarded-For", forwarded);
            using var answer = await host.Client.SendAsync(request);
            return ((int)answer.StatusCode, Header("RateLimit-Policy"), Header("RateLimit"));

            string Header(string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";
        }
    }

    [Fact]
    public void S12_Each_order_of_a_batch_counts_for_its_address()
    {
        var time = new ManualTime(new DateTimeOffset(2026, 3, 4, 12, 30, 30, TimeSpan.Zero));
        var budgets =
            new AddressBudgets(Options.Create(new LimitsOptions { CreatesPerMinutePerAddress = 150, ProofsPerMinutePerAddress = 0 }), time);
        budgets.Take(From("9.9.9.9"), AddressUse.Creates, 100).ShouldBeNull();
        budgets.Take(From("9.9.9.9"), AddressUse.Creates, 100).ShouldBeOfType<OrderError.TooMany>().Code.ShouldBe("too_many_requests");
        budgets.Take(From("9.9.9.9"), AddressUse.Creates, 50).ShouldBeNull();
        budgets.Take(From("9.9.9.8"), AddressUse.Creates, 150).ShouldBeNull();
        for (var i = 0; i < 3; i++) budgets.Take(From("127.0.0.1"), AddressUse.Creates, 100).ShouldBeNull();
        budgets.Take(From("9.9.9.9"), AddressUse.Proofs, 1_000_000).ShouldBeNull(); // 0 is no limit
        time.Advance(TimeSpan.FromMinutes(1));
        budgets.Take(From("9.9.9.9"), AddressUse.Creates, 150).ShouldBeNull();

        static DefaultHttpContext From(string address) => new() { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };
    }

    [Fact]
    public void S12_More_owners_than_are_counted_pass_and_take_no_more_memory()
    {
        var time = new ManualTime(new DateTimeOffset(2026, 3, 4, 12, 30, 30, TimeSpan.Zero));
        var meter = new MinuteMeter<int>(time);
        for (var who = 0; who < 100_000; who++) meter.Take(who, "reads", most: 1, count: 1).Passes.ShouldBeTrue();
        for (var i = 0; i < 2; i++) meter.Take(100_000, "reads", most: 1, count: 1).Passes.ShouldBeTrue();
        meter.Take(7, "reads", most: 1, count: 1).Passes.ShouldBeFalse();
        time.Advance(TimeSpan.FromMinutes(1)); // all of them are forgotten, so that others are counted
        meter.Take(100_000, "reads", most: 1, count: 1).Passes.ShouldBeTrue();
        meter.Take(100_000, "reads", most: 1, count: 1).Passes.ShouldBeFalse();
    }

    private sealed record Answer(int Status, string? Code, TimeSpan? Retry, System.Net.Http.Headers.HttpResponseHeaders Headers);

    // The members that are an owner's: a key's windows are told beside them.
    private static string Told(Answer answer, string header) =>
        string.Join(", ",
            answer.Headers.GetValues(header).SelectMany(value => value.Split(", "))
                .Where(member => member.StartsWith("\"owner", StringComparison.Ordinal)));

    private async Task<Answer> ByKeyAsync(string key, string action, TestWallet? of = null) =>
        await SendAsync(Guid.NewGuid().ToString(), action, [("X-API-Key", key)], of ?? _owner);

    private async Task<Answer> ByMessageAsync(TestWallet signer, string action)
    {
        var uuid = Guid.NewGuid().ToString();
        var message = signer.Message(action, world.Time.GetUtcNow(), $",\"uuid\":\"{uuid}\",\"owner\":\"{_owner.Address}\"");
        return await SendAsync(uuid, action, [("x-message", message), ("x-signature", signer.Sign(message))], _owner);
    }

    private async Task<Answer> SendAsync(string uuid, string action, (string, string)[] headers, TestWallet of)
    {
        var (status, body, answered) = await world.SendAsync("POST", $"/orders/{uuid}/{action}?owner={of.Address}", headers);
        return new Answer(status, (string?)body["code"], answered.RetryAfter?.Delta, answered);
    }
}
