using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using OrderService.Hosting;

namespace OrderService.Tests.Http;

/// <summary>What the operator sees at its own listener, and nobody elsewhere.</summary>
public sealed class OperatorListenerTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    [Fact]
    public async Task S19_The_public_listener_tells_only_whether_it_is_ready()
    {
        using var ready = await service.Client.GetAsync("/health/ready");
        JsonNode.Parse(await ready.Content.ReadAsStringAsync())!.AsObject().Select(member => member.Key).ShouldBe(["status"]);
        using var metrics = await service.Client.GetAsync("/metrics");
        var refusal = JsonNode.Parse(await metrics.Content.ReadAsStringAsync())!;
        ((int)metrics.StatusCode, (string?)refusal["code"]).ShouldBe((404, "not_found"));
    }

    [Fact]
    public async Task S19_The_operators_listener_has_metrics_and_details_for_no_page_of_a_browser()
    {
        (await service.Operator.GetStringAsync("/metrics")).ShouldContain("orderservice_orders_created_total");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/ready") { Headers = { { "Origin", "http://page.example" } } };
        using var ready = await service.Operator.SendAsync(request);
        JsonNode.Parse(await ready.Content.ReadAsStringAsync())!["checks"]!["database"].ShouldNotBeNull();
        ready.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080", null, "http://127.0.0.1:6080")]
    [InlineData("http://0.0.0.0:5080", null, "http://127.0.0.1:6080")]
    [InlineData("http://*:65000", null, "http://127.0.0.1:64000")]
    [InlineData("http://127.0.0.1:0", null, "http://127.0.0.1:0")]
    [InlineData("http://127.0.0.1:5080", "http://0.0.0.0:9000;http://[::1]:9001", "http://0.0.0.0:9000 http://[::1]:9001")]
    public void S19_It_is_on_the_loopback_address_unless_it_is_said_otherwise(string urls, string? own, string expected)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("urls", urls), new("Operator:Urls", own)]).Build();
        string.Join(' ', OperatorListener.Of(configuration)).ShouldBe(expected);
    }
}
