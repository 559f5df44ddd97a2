using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OrderService.Api.Wire;
using OrderService.Hosting;
using OrderService.Tests.Telemetry;

namespace OrderService.Tests.Http;

/// <summary>Whose word on the client's address counts, and what an address is counted for.</summary>
public sealed class ClientAddressTests
{
    [Theory]
    [InlineData("127.0.0.1", "9.9.9.9", "9.9.9.9")]
    [InlineData("127.0.0.0/8", "9.9.9.9", "9.9.9.9")]
    [InlineData("127.0.0.1", "127.0.0.1, 9.9.9.9", "9.9.9.9")] // what the client wrote itself stands in front
    [InlineData("127.0.0.1 10.0.0.0/8", "9.9.9.9, 10.1.2.3", "9.9.9.9")] // two proxies, one behind the other
    [InlineData("127.0.0.1", "nonsense", "127.0.0.1")]
    [InlineData("10.0.0.1", "9.9.9.9", "127.0.0.1")]
    [InlineData("", "9.9.9.9", "127.0.0.1")]
    public async Task S12_The_word_of_a_trusted_proxy_counts_and_nobody_elses(string trusted, string header, string seen)
    {
        await using var host = await LoopbackHost.StartAsync(
            builder =>
            {
                var all = trusted.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                for (var i = 0; i < all.Length; i++) builder.Configuration[$"Proxies:Trusted:{i}"] = all[i];
                builder.Services.AddClientAddress(builder.Configuration);
            },
            app =>
            {
                app.UseClientAddress();
                app.MapGet("/", (HttpContext context) => context.Connection.RemoteIpAddress!.ToString());
            });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", header).ShouldBeTrue();
        using var answer = await host.Client.SendAsync(request);
        (await answer.Content.ReadAsStringAsync()).ShouldBe(seen);
    }

    [Fact]
    public async Task S12_The_operators_own_requests_are_not_counted_and_those_of_a_proxy_on_this_machine_are()
    {
        await using var host = await LoopbackHost.StartAsync(
            builder =>
            {
                builder.Configuration["Limits:RequestsPerMinutePerAddress"] = "6";
                builder.Services.AddRequestLimits(builder.Configuration);
            },
            app =>
            {
                app.UseRequestLimits();
                app.MapGet("/", () => "answered");
            });
        var proxied = new List<int>();
        for (var i = 0; i < 10; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { { "X-Forwarded-For", $"9.9.9.{i}" } } };
            using var answer = await host.Client.SendAsync(request);
            proxied.Add((int)answer.StatusCode);
            answer.Headers.GetValues("RateLimit-Policy").ShouldBe(["\"address\";q=6;w=60"]);
            answer.Headers.GetValues("RateLimit").ShouldBe([$"\"address\";r={Math.Max(0, 5 - i)}"]);
        }
        proxied.ShouldBe([200, 200, 200, 200, 200, 200, 429, 429, 429, 429]);
        for (var i = 0; i < 20; i++)
        {
            using var answer = await host.Client.GetAsync(new Uri("/", UriKind.Relative));
            (answer.StatusCode, answer.Headers.Contains("RateLimit")).ShouldBe((System.Net.HttpStatusCode.OK, false));
        }
    }
}
