using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OrderService.Engine.Persistence;
using OrderService.Engine.Telemetry;
using OrderService.Hosting;

namespace OrderService.Tests.Telemetry;

public sealed class HealthTests
{
    [Fact]
    public async Task Live_answers_whatever_else_is_wrong()
    {
        await using var host = await StartAsync(new ReadinessCheck("database", _ => Task.FromResult(new ReadinessResult(false))));
        (await host.Client.GetStringAsync("/health/live")).ShouldBe("""{"status":"live"}""");
    }

    [Fact]
    public async Task Ready_is_200_where_every_check_holds_and_shows_what_they_found()
    {
        await using var host = await StartAsync(
            new ReadinessCheck("database", _ => Task.FromResult(new ReadinessResult(true))),
            new ReadinessCheck("prices", _ => Task.FromResult(new ReadinessResult(true, Detail: new { fresh = 3 }))));

        var (status, body) = await ReadyAsync(host);

        status.ShouldBe(HttpStatusCode.OK);
        body.GetProperty("status").GetString().ShouldBe("ready");
        body.GetProperty("checks").GetProperty("database").GetProperty("status").GetString().ShouldBe("ok");
        body.GetProperty("checks").GetProperty("prices").GetProperty("detail").GetProperty("fresh").GetInt32().ShouldBe(3);
    }

    [Theory]
    [InlineData("says no", "all prices are stale")]
    [InlineData("throws", "failed with InvalidOperationException")]
    [InlineData("hangs but can be stopped", "no answer within a second")]
    [InlineData("hangs for ever", "no answer within a second")]
    public async Task Ready_is_503_and_says_why_where_a_check(string fails, string why)
    {
        await using var host = await StartAsync(
            new ReadinessCheck("good", _ => Task.FromResult(new ReadinessResult(true))),
            new ReadinessCheck("bad", token => FailAsync(fails, token)));

        var (status, body) = await ReadyAsync(host);

        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        body.GetProperty("status").GetString().ShouldBe("not_ready");
        body.GetProperty("checks").GetProperty("bad").GetProperty("why").GetString().ShouldBe(why);
        body.GetProperty("checks").GetProperty("good").GetProperty("status").GetString().ShouldBe("ok");
    }

    [Fact]
    public async Task A_database_that_is_not_there_makes_it_unready()
    {
        await using var source = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=nobody;Database=none");
        await using var host = await StartAsync(ReadinessChecks.Database(source), ReadinessChecks.Migrations(source));

        var (status, body) = await ReadyAsync(host);

        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        body.GetProperty("checks").GetProperty("database").GetProperty("why").GetString().ShouldBe("failed with NpgsqlException");
        body.GetProperty("checks").GetProperty("migrations").GetProperty("status").GetString().ShouldBe("failing");
    }

    [Fact]
    public async Task A_worker_that_is_late_is_named_also_one_that_never_began()
    {
        var time = new TestClock();
        var beats = new WorkerBeats(time, [new ExpectedWorker("tick"), new ExpectedWorker("settlement")]);
        var check = ReadinessChecks.Workers(beats);
        (await check.Check(CancellationToken.None)).IsReady.ShouldBeTrue();

        time.Now += TimeSpan.FromSeconds(31);
        beats.Beat("tick");

        var result = await check.Check(CancellationToken.None);
        result.IsReady.ShouldBeFalse();
        result.Why.ShouldBe("late: settlement");
    }

    [Fact]
    public async Task Asking_often_asks_the_checks_once()
    {
        var asked = 0;
        await using var host = await StartAsync(
            new ReadinessCheck("counted", _ => Task.FromResult(new ReadinessResult(Interlocked.Increment(ref asked) > 0))));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.Client.GetAsync("/health/ready")));
        asked.ShouldBeLessThan(20);
    }

    private static async Task<ReadinessResult> FailAsync(string how, CancellationToken token)
    {
        if (how == "throws") throw new InvalidOperationException("Host=secret.internal");
        if (how.StartsWith("hangs", StringComparison.Ordinal))
            await Task.Delay(Timeout.Infinite, how == "hangs for ever" ? CancellationToken.None : token);
        return new ReadinessResult(false, "all prices are stale");
    }

    private static Task<LoopbackHost> StartAsync(params ReadinessCheck[] checks) => LoopbackHost.StartAsync(
        builder =>
        {
            builder.Services.AddSingleton<Readiness>();
            foreach (var check in checks) builder.Services.AddSingleton(check);
        },
        app => app.MapHealth());

    private static async Task<(HttpStatusCode Status, JsonElement Body)> ReadyAsync(LoopbackHost host)
    {
        using var answer = await host.Client.GetAsync("/health/ready");
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return (answer.StatusCode, json.RootElement.Clone());
    }

    private sealed class TestClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
