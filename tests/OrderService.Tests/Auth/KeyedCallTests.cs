using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OrderService.Engine.Auth;
using OrderService.Engine.Persistence;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Auth;

/// <summary>Calls by API key: permissions, wallets, ends, limits with their headers, statistics.</summary>
public sealed class KeyedCallTests(AuthWorld world) : IClassFixture<AuthWorld>
{
    private readonly TestWallet _owner = new();
    private readonly string _uuid = Guid.NewGuid().ToString();

    [Fact]
    public async Task A_key_acts_for_its_wallet_within_its_permissions()
    {
        var (secret, _) = await world.CreateKeyAsync(_owner, "narrow", "\"cancel\"");
        var (status, body, headers) = await CallAsync("cancel_order", secret);
        (status, (string?)body["owner"], (bool)body["byKey"]!).ShouldBe((200, _owner.Address.ToString(), true));
        Limits(headers).ShouldBe(("100", "99", "60"));
        (await CallAsync("list_orders", secret)).Status.ShouldBe(200);
        foreach (var other in new[] { "execute_order", "create_order", "resume_order" })
        {
            var (refused, why, told) = await CallAsync(other, secret);
            (refused, (string?)why["code"]).ShouldBe((403, "permission_denied"));
            Limits(told).Limit.ShouldBe("100");
        }
        var (foreign, reason, _) = await CallAsync("cancel_order", secret, new TestWallet());
        (foreign, (string?)reason["code"]).ShouldBe((403, "wrong_wallet"));
    }

    [Fact]
    public async Task A_key_that_is_sent_is_what_counts()
    {
        var (status, body, headers) = await world.SendAsync("POST", $"/orders/{_uuid}/cancel_order?owner={_owner.Address}",
            [("X-API-Key", "ck_live_nonsense"), ("x-signature", _owner.Sign(_uuid))]);
        (status, (string?)body["code"]).ShouldBe((401, "invalid_api_key"));
        headers.Contains("X-RateLimit-Limit").ShouldBeFalse();
        foreach (var bad in new[] { "x", ApiKeySecret.New().Reveal(), ApiKeySecret.New().Reveal().ToUpperInvariant(),
            "ck_test_" + new string('0', 64), "ck_live_" + new string('0', 65) })
        {
            (await CallAsync("cancel_order", bad)).Body["code"]!.GetValue<string>().ShouldBe("invalid_api_key");
        }
        (await world.SendAsync("POST", $"/orders/{_uuid}/cancel_order?owner={_owner.Address}",
            [("X-API-Key", ""), ("x-signature", _owner.Sign(_uuid))])).Status.ShouldBe(200);
        var (created, why, _) = await world.SendAsync("POST", $"/orders/{_uuid}/create_order?owner={_owner.Address}", [("X-API-Key", "")]);
        (created, (string?)why["code"]).ShouldBe((401, "invalid_api_key"));
    }

    [Fact]
    public async Task A_key_ends_when_it_is_revoked_and_when_it_expires()
    {
        var (revoked, id) = await world.CreateKeyAsync(_owner, "revoked");
        var message = _owner.Message("delete_api_key", world.Time.GetUtcNow(), $",\"keyId\":\"{id}\"");
        (await world.SendAsync("DELETE", $"/api/v1/api-keys/{id}", [], _owner.Body(message))).Status.ShouldBe(200);
        var (status, body, _) = await CallAsync("cancel_order", revoked);
        (status, (string?)body["code"]).ShouldBe((401, "api_key_inactive"));

        var (expiring, _) = await world.CreateKeyAsync(_owner, "expiring",
            more: $",\"expiresAt\":\"{world.Time.GetUtcNow().AddSeconds(10):yyyy-MM-ddTHH:mm:ssZ}\"");
        (await CallAsync("cancel_order", expiring)).Status.ShouldBe(200);
        world.Time.Advance(TimeSpan.FromSeconds(11));
        (status, body, _) = await CallAsync("cancel_order", expiring);
        (status, (string?)body["code"]).ShouldBe((401, "api_key_inactive"));
        ((string)body["error"]!).ShouldContain("expired");
    }

    [Fact]
    public async Task The_hundredth_request_of_a_minute_passes_and_the_next_is_refused_until_the_minute_ends()
    {
        ToSecond(10);
        var (secret, _) = await world.CreateKeyAsync(_owner, "busy");
        for (var i = 1; i <= 100; i++)
        {
            var (status, _, headers) = await CallAsync("cancel_order", secret);
            (status, Limits(headers)).ShouldBe((200, ("100", (100 - i).ToString(CultureInfo.InvariantCulture), "60")));
        }
        for (var i = 0; i < 3; i++)
        {
            var (status, body, headers) = await CallAsync("cancel_order", secret);
            (status, (string?)body["code"], Limits(headers)).ShouldBe((429, "rate_limit_exceeded", ("100", "0", "60")));
            headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(50));
            headers.GetValues("X-RateLimit-Reset").Single()
                .ShouldBe(world.Time.GetUtcNow().AddSeconds(50).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        }
        world.Time.Advance(TimeSpan.FromSeconds(50));
        (await CallAsync("cancel_order", secret)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task W17_A_key_that_has_read_its_minute_away_can_still_cancel()
    {
        ToSecond(10);
        var (secret, _) = await world.CreateKeyAsync(_owner, "reader");
        for (var i = 0; i < 100; i++) await CallAsync("list_orders", secret);
        (await CallAsync("list_orders", secret)).Status.ShouldBe(429);
        (await CallAsync("create_order", secret)).Status.ShouldBe(429);
        var (status, _, headers) = await CallAsync("cancel_order", secret);
        (status, Limits(headers)).ShouldBe((200, ("100", "99", "60")));
        for (var i = 0; i < 99; i++) await CallAsync("cancel_order", secret);
        (await CallAsync("cancel_order", secret)).Status.ShouldBe(429); // a budget of their own is no budget without an end
    }

    [Fact]
    public async Task Requests_at_once_are_counted_exactly()
    {
        ToSecond(10);
        var (secret, _) = await world.CreateKeyAsync(_owner, "crowd");
        var answers = await Task.WhenAll(Enumerable.Range(0, 130).Select(_ => CallAsync("cancel_order", secret)));
        answers.Count(a => a.Status == 200).ShouldBe(100);
        answers.Count(a => a.Status == 429).ShouldBe(30);
    }

    [Fact]
    public async Task Every_window_counts_what_passed_and_two_nodes_share_them()
    {
        var (_, id) = await world.CreateKeyAsync(_owner, "long");
        var key = Guid.Parse(id);
        var source = world.Get<Npgsql.NpgsqlDataSource>();
        var options = Options.Create(new AuthOptions { RequestsPerHour = 5, RequestsPerDay = 7 });
        ApiKeyMeter[] nodes = [new(source, options), new(source, options)];
        var at = new DateTimeOffset(2026, 6, 1, 10, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < 3; i++) (await CountAsync(i)).IsExceeded.ShouldBeFalse();
        for (var i = 0; i < 4; i++)
            (await CountAsync(i)).ShouldBe(new RateLimitState(3, 0, at.AddMinutes(1), TimeSpan.FromMinutes(1), true));
        at = at.AddMinutes(1);
        (await CountAsync(0)).Remaining.ShouldBe(1); // the hour is the tightest: five less four; refusals did not count
        (await CountAsync(1)).ShouldBe(new RateLimitState(5, 0, at.AddMinutes(59), TimeSpan.FromHours(1), false));
        (await CountAsync(0)).ShouldBe(new RateLimitState(5, 0, at.AddMinutes(59), TimeSpan.FromHours(1), true));
        at = at.AddMinutes(59);
        await CountAsync(0);
        (await CountAsync(1)).Window.ShouldBe(TimeSpan.FromDays(1));
        (await CountAsync(1)).ShouldBe(new RateLimitState(7, 0, at.AddHours(13), TimeSpan.FromDays(1), true));
        at = at.AddDays(1);
        (await CountAsync(1)).IsExceeded.ShouldBeFalse();

        async Task<RateLimitState> CountAsync(int node)
        {
            var state = await nodes[node % 2].CountAsync(key, KeyBudget.Calls, 3, at, CancellationToken.None);
            state.Windows.Select(window => (window.Length.TotalMinutes, window.Limit)).ShouldBe([(1, 3), (60, 5), (1440, 7)]);
            return state with { Windows = [] };
        }
    }

    [Fact]
    public async Task Every_budget_that_a_call_counts_in_is_told_by_its_name()
    {
        ToSecond(10);
        var (secret, _) = await world.CreateKeyAsync(_owner, "told");
        var (hour, day) = (Until(TimeSpan.FromHours(1)), Until(TimeSpan.FromDays(1)));
        var (_, _, cancel) = await CallAsync("cancel_order", secret);
        Policy(cancel)
            .ShouldBe("\"key-cancels-minute\";q=100;w=60, \"key-cancels-hour\";q=1000;w=3600, \"key-cancels-day\";q=10000;w=86400, \"owner-cancels\";q=3000;w=60");
        Left(cancel)
            .ShouldBe($"\"key-cancels-minute\";r=99;t=50, \"key-cancels-hour\";r=999;t={hour}, \"key-cancels-day\";r=9999;t={day}, \"owner-cancels\";r=2999;t=60");
        for (var i = 0; i < 100; i++) await CallAsync("list_orders", secret);
        var (status, _, refused) = await CallAsync("list_orders", secret);
        (status, Left(refused)).ShouldBe((429, $"\"key-minute\";r=0;t=50, \"key-hour\";r=900;t={hour}, \"key-day\";r=9900;t={day}"));
        var (_, _, unknown) = await CallAsync("cancel_order", "ck_live_nonsense");
        Policy(unknown).ShouldBe("\"wrong-keys\";q=30;w=60");

        int Until(TimeSpan window) =>
            (int)(RateWindow.StartOf(world.Time.GetUtcNow(), window) + window - world.Time.GetUtcNow()).TotalSeconds;
        static string Policy(System.Net.Http.Headers.HttpResponseHeaders headers) => headers.GetValues("RateLimit-Policy").Single();
        static string Left(System.Net.Http.Headers.HttpResponseHeaders headers) => headers.GetValues("RateLimit").Single();
    }

    [Fact]
    public async Task A_node_whose_clock_is_behind_counts_in_the_newer_window()
    {
        var (_, id) = await world.CreateKeyAsync(_owner, "skewed");
        var meter = new ApiKeyMeter(world.Get<Npgsql.NpgsqlDataSource>(), Options.Create(new AuthOptions()));
        var at = new DateTimeOffset(2026, 6, 1, 10, 1, 0, TimeSpan.Zero);
        (await meter.CountAsync(Guid.Parse(id), KeyBudget.Calls, 3, at, CancellationToken.None)).Remaining.ShouldBe(2);
        (await meter.CountAsync(Guid.Parse(id), KeyBudget.Calls, 3, at.AddSeconds(-1), CancellationToken.None)).Remaining.ShouldBe(1);
        (await meter.CountAsync(Guid.Parse(id), KeyBudget.Calls, 3, at, CancellationToken.None)).Remaining.ShouldBe(0);
    }

    [Fact]
    public async Task Statistics_are_written_behind_and_shown_to_the_wallet()
    {
        var (secret, id) = await world.CreateKeyAsync(_owner, "counted", "\"create\",\"cancel\"");
        foreach (var action in new[] { "create_order", "create_order", "cancel_order", "list_orders", "execute_order" })
            await CallAsync(action, secret);
        var view = await StatisticsAsync(id, v => (int)v["apiKey"]!["usageStats"]!["totalRequests"]! == 5);
        var counts = view["apiKey"]!["usageStats"]!;
        ((int)counts["failedRequests"]!, (int)counts["creationCount"]!, (int)counts["executionCount"]!,
            (int)counts["cancellationCount"]!).ShouldBe((1, 2, 0, 1));
        view["apiKey"]!["lastUsedAt"].ShouldNotBeNull();
        var latest = view["recentActivity"]!.AsArray();
        latest.Count.ShouldBe(5);
        latest.Count(r => (int)r!["status"]! == 403 && !(bool)r["success"]! && (string?)r["endpoint"] == $"/orders/{_uuid}/execute_order"
            && (string?)r["method"] == "POST").ShouldBe(1);
    }

    [Fact]
    public async Task W7_Statistics_have_all_that_the_reference_tells()
    {
        var (secret, id) = await world.CreateKeyAsync(_owner, "told", "\"create\",\"cancel\"");
        foreach (var action in new[] { "create_order", "cancel_order", "execute_order" }) await CallAsync(action, secret);
        var view = await StatisticsAsync(id, v => (int)v["apiKey"]!["usageStats"]!["totalRequests"]! == 3);
        ((int)view["apiKey"]!["usageStats"]!["successfulRequests"]!).ShouldBe(2);
        var rows = view["recentActivity"]!.AsArray();
        rows.ShouldAllBe(r => (string?)r!["keyId"] == id && (int)r["responseTime"]! >= 0);
        var refused = rows.Single(r => !(bool)r!["success"]!)!;
        ((string?)refused["errorMessage"]).ShouldBe("API key does not have the execute permission");
        rows.Count(r => r!["errorMessage"] is null).ShouldBe(2);
    }

    [Fact]
    public async Task What_a_request_was_told_is_cut_to_what_the_store_holds()
    {
        var (_, id) = await world.CreateKeyAsync(_owner, "cut");
        using var usage = new ApiKeyUsage(world.Get<Npgsql.NpgsqlDataSource>(), Options.Create(new AuthOptions()),
            world.Get<OrderService.Engine.Telemetry.EngineTelemetry>());
        usage.Add(new ApiKeyUse(Guid.Parse(id), world.Time.GetUtcNow(), "GET", "/", 400,
            "list_orders") { Error = new string('e', 299) + "\U0001F600\0", Took = TimeSpan.FromTicks(1) });
        await usage.TickAsync(CancellationToken.None);
        var view = await StatisticsAsync(id, _ => true);
        ((string?)view["recentActivity"]![0]!["errorMessage"],
            (int)view["recentActivity"]![0]!["responseTime"]!).ShouldBe((new string('e', 299), 1));
    }

    [Fact]
    public async Task Recent_activity_is_the_latest_50_and_old_rows_go()
    {
        var (_, id) = await world.CreateKeyAsync(_owner, "trimmed");
        var options = Options.Create(new AuthOptions { UsageRowsMax = 60 });
        using var usage =
            new ApiKeyUsage(world.Get<Npgsql.NpgsqlDataSource>(), options, world.Get<OrderService.Engine.Telemetry.EngineTelemetry>());
        for (var i = 0; i < 700; i++)
        {
            usage.Add(
                new ApiKeyUse(Guid.Parse(id), world.Time.GetUtcNow().AddMilliseconds(i), "GET", new string('p', 300), 200, "list_orders"));
        }
        await usage.TickAsync(CancellationToken.None);
        await using var db = world.OpenDb();
        (await db.Set<ApiKeyRequest>().CountAsync(r => r.KeyId == Guid.Parse(id))).ShouldBe(60);
        var view = await StatisticsAsync(id, _ => true);
        ((int)view["apiKey"]!["usageStats"]!["totalRequests"]!, view["recentActivity"]!.AsArray().Count).ShouldBe((700, 50));
        ((string)view["recentActivity"]![0]!["endpoint"]!).Length.ShouldBe(200);
    }

    // The worker writes when it comes to it.
    private Task<JsonNode> StatisticsAsync(string id, Func<JsonNode, bool> isThere) => Until.Async(async () =>
    {
        var message = _owner.Message("get_api_key_stats", world.Time.GetUtcNow(), $",\"keyId\":\"{id}\"");
        var (status, view, _) = await world.SendAsync("GET", $"/api/v1/api-keys/{id}", _owner.Headers(message));
        status.ShouldBe(200);
        return view;
    }, isThere);

    private void ToSecond(int second)
    {
        var now = world.Time.GetUtcNow();
        world.Time.Advance(RateWindow.StartOf(now, TimeSpan.FromMinutes(1)).AddSeconds(60 + second) - now);
    }

    private Task<(int Status, JsonNode Body, System.Net.Http.Headers.HttpResponseHeaders Headers)> CallAsync(
        string action, string secret, TestWallet? owner = null) =>
            world.SendAsync("POST", $"/orders/{_uuid}/{action}?owner={(owner ?? _owner).Address}", [("X-API-Key", secret)]);

    private static (string Limit, string Remaining, string Window) Limits(System.Net.Http.Headers.HttpResponseHeaders headers) =>
        (headers.GetValues("X-RateLimit-Limit").Single(), headers.GetValues("X-RateLimit-Remaining").Single(),
            headers.GetValues("X-RateLimit-Window").Single());
}
