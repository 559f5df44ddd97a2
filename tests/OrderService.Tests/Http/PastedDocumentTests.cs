using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Http;

/// <summary>What the native document shows, pasted into the service that served it.</summary>
public sealed class PastedDocumentTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    [Fact]
    public async Task Every_mapped_operation_is_in_the_document_with_its_purpose_its_answer_and_its_refusals()
    {
        var paths = (await FetchAsync())["paths"]!;
        var mapped = service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(e =>
                (Path: "/" + e.RoutePattern.RawText!.Trim('/'), Methods: e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []))
            .Where(e => e.Path.StartsWith("/api/v1/", StringComparison.Ordinal)
                || e.Path.StartsWith("/simulator/", StringComparison.Ordinal))
            .SelectMany(e => e.Methods.Select(method => (e.Path, Method: method.ToLowerInvariant()))).ToList();
        mapped.Count.ShouldBeGreaterThan(20);
        foreach (var (path, method) in mapped)
        {
            var operation = paths[path]?[method].ShouldNotBeNull($"{method} {path}");
            operation!["summary"].ShouldNotBeNull($"{method} {path}");
            operation["responses"]!["200"]!["content"]!["application/json"]!["examples"]!.AsObject().Count.ShouldBeGreaterThan(0,
                $"{method} {path}");
            operation["responses"]!.AsObject().Count.ShouldBeGreaterThan(1, $"{method} {path}");
        }
    }

    [Theory]
    [InlineData("/api/v1/orders/new", 3)]
    [InlineData("/api/v1/orders/batch", 2)]
    [InlineData("/api/v1/orders/batch/cancel", 1)]
    [InlineData("/api/v1/orders/batch/execute", 1)]
    [InlineData("/api/v1/orders/cancel-all", 1)]
    [InlineData("/api/v1/orders/cancel-all-after", 1)]
    [InlineData("/api/v1/api-keys", 1)]
    [InlineData("/api/v1/accounts", 1)]
    [InlineData("/simulator/faucet", 2)]
    public async Task The_example_bodies_are_accepted_and_answered_in_the_shape_that_is_shown(string path, int count)
    {
        var operation = (await FetchAsync())["paths"]![path]!["post"]!;
        var bodies = BodiesOf(operation);
        bodies.Count.ShouldBe(count);
        foreach (var body in bodies) await PostAsync(path, body, operation);
    }

    // Only a pin that was seen is surely gone once it is given back, and fires no order of another test.
    [Fact]
    public async Task The_example_of_a_pin_holds_until_the_second_example_gives_it_back()
    {
        const string Path = "/simulator/prices";
        var operation = (await FetchAsync())["paths"]![Path]!["post"]!;
        var bodies = BodiesOf(operation);
        bodies.Count.ShouldBe(2);
        await PostAsync(Path, bodies[0], operation);
        await WaitForPriceAsync(usd => usd == "1000");
        await PostAsync(Path, bodies[1], operation);
        await WaitForPriceAsync(usd => usd != "1000");
    }

    [Theory]
    [InlineData("/api/v1/orders")]
    [InlineData("/api/v1/orders/index")]
    [InlineData("/api/v1/orders/cancel-all-after")]
    [InlineData("/api/v1/api-keys")]
    [InlineData("/api/v1/accounts")]
    [InlineData("/api/v1/quote")]
    [InlineData("/api/v1/tokens")]
    [InlineData("/api/v1/network")]
    [InlineData("/api/v1/prices")]
    [InlineData("/api/v1/prices/{token}")]
    [InlineData("/api/v1/prices/{token}/candles")]
    [InlineData("/simulator/accounts/{address}")]
    public async Task The_example_reads_are_answered_in_the_shape_that_is_shown(string path)
    {
        var operation = (await FetchAsync())["paths"]![path]!["get"]!;
        using var response = await service.Client.SendAsync(RequestOf(HttpMethod.Get, path, operation));
        var answer = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(200, $"{path}: {answer}");
        Names(JsonNode.Parse(answer)).ShouldBe(Names(AnswerOf(operation)), path);
    }

    [Fact]
    public async Task The_waiting_order_of_the_document_is_cancelled_by_the_message_of_the_document()
    {
        var paths = (await FetchAsync())["paths"]!;
        var cancel = paths["/api/v1/orders/{uuid}/cancel"]!["patch"]!;
        var waiting = paths["/api/v1/orders/new"]!["post"]!["requestBody"]!["content"]!["application/json"]!["examples"]!["when a price is reached"]!["value"]!;
        (await service.Wallet.PostOrderAsync(waiting.DeepClone().AsObject())).Status.ShouldBe(200);
        using var response = await service.Client.SendAsync(RequestOf(HttpMethod.Patch, "/api/v1/orders/{uuid}/cancel", cancel));
        ((int)response.StatusCode).ShouldBe(200, await response.Content.ReadAsStringAsync());
    }

    private async Task PostAsync(string path, JsonNode body, JsonNode operation)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await service.Client.PostAsync(path, content);
        var answer = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(200, $"{path} {body}: {answer}");
        Names(JsonNode.Parse(answer)).ShouldBe(Names(AnswerOf(operation)), $"{path} {body}");
    }

    private Task<(int Status, JsonNode Body)> WaitForPriceAsync(Predicate<string> isReached) =>
        Until.Async(() => service.Wallet.GetAsync("/api/v1/prices/.stx"),
            answer => answer.Status == 200 && isReached((string)answer.Body["data"]!["usdPriceExact"]!));

    private static List<JsonNode> BodiesOf(JsonNode operation) =>
        [.. operation["requestBody"]!["content"]!["application/json"]!["examples"]!.AsObject().Select(e => e.Value!["value"]!)];

    private static HttpRequestMessage RequestOf(HttpMethod method, string path, JsonNode operation)
    {
        var given = (operation["parameters"]?.AsArray() ?? []).Where(p => p!["example"] is not null)
            .Select(p => (In: (string)p!["in"]!, Name: (string)p["name"]!, Value: p["example"]!.ToString())).ToList();
        foreach (var (_, name, value) in given.Where(p => p.In == "path"))
            path = path.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        var request = new HttpRequestMessage(method,
            QueryHelpers.AddQueryString(path, given.Where(p => p.In == "query").ToDictionary(p => p.Name, string? (p) => p.Value)));
        foreach (var (_, name, value) in given.Where(p => p.In == "header")) request.Headers.Add(name, value);
        return request;
    }

    private static JsonNode? AnswerOf(JsonNode operation) =>
        operation["responses"]!["200"]!["content"]!["application/json"]!["examples"]!["success"]!["value"];

    private static IEnumerable<string> Names(JsonNode? answer) => answer!.AsObject().Select(m => m.Key);

    private async Task<JsonNode> FetchAsync() => (await service.Client.GetFromJsonAsync<JsonNode>("/swagger/charisma/swagger.json"))!;
}
