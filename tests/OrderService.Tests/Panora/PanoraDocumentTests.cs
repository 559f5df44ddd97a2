using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Tests.Auth;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Panora;

/// <summary>What this wire's document shows, pasted into the service that served it with a key of the demo wallet.</summary>
public sealed class PanoraDocumentTests(PanoraWorld world) : IClassFixture<PanoraWorld>
{
    [Fact]
    public async Task Every_mapped_operation_is_in_the_document_with_its_purpose_its_answer_and_its_refusals()
    {
        var paths = (await FetchAsync())["paths"]!.AsObject();
        paths.Select(p => p.Key)
            .ShouldBe(["/dca/v1/createOrder", "/dca/v1/cancelOrder", "/dca/v1/getOrders", "/limit/v1/createOrder", "/limit/v1/cancelOrder",
                "/limit/v1/getOrders"], ignoreOrder: true);
        var mapped = world.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(e =>
                (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods
                    ?? []).Select(m => (Path: "/" + e.RoutePattern.RawText!.Trim('/'), Method: m.ToLowerInvariant())))
            .Where(e => e.Path.StartsWith("/dca/", StringComparison.Ordinal) || e.Path.StartsWith("/limit/", StringComparison.Ordinal))
            .ToList();
        mapped.Count.ShouldBe(8);
        foreach (var (path, method) in mapped)
        {
            var operation = paths[path]![method].ShouldNotBeNull($"{method} {path}");
            operation!["summary"].ShouldNotBeNull($"{method} {path}");
            AnswerOf(operation).ShouldNotBeNull($"{method} {path}");
            operation["parameters"]!.AsArray().Select(p => (string)p!["name"]!).ShouldContain("x-api-key");
            foreach (var (status, response) in operation["responses"]!.AsObject().Where(r => r.Key != "200"))
            {
                foreach (var (code, example) in response!["content"]!["application/json"]!["examples"]!.AsObject())
                {
                    ((string)example!["value"]!["code"]!, example["value"]!["statusCode"]!.ToString()).ShouldBe((code, status),
                        $"{method} {path}");
                }
            }
        }
    }

    [Fact]
    public async Task The_example_calls_work_and_are_answered_in_the_shape_that_is_shown()
    {
        PrivateKey.TryParse(world.Get<SimulatedOptions>().DemoKey, out var key).ShouldBeTrue();
        var client =
            await PanoraClient.OpenAsync(world, new TestWallet(key, StacksNetwork.Testnet), "\"create\",\"cancel\",\"accounts\",\"trade\"");
        await client.OpenAccountAsync("dca", 100_000_000);
        var paths = (await FetchAsync())["paths"]!;
        foreach (var product in (string[])["dca", "limit"])
        {
            JsonNode? order = null;
            foreach (var body in BodiesOf(paths[$"/{product}/v1/createOrder"]!["post"]!))
            {
                (var created, order) = await client.PostAsync($"/{product}/v1/createOrder", body);
                created.ShouldBe(200, order.ToJsonString());
                Names(AnswerOf(paths[$"/{product}/v1/createOrder"]!["post"]!)!).Except(Names(order)).ShouldBeEmpty();
            }
            var list = paths[$"/{product}/v1/getOrders"]!;
            var (status, page) = await client.PostAsync($"/{product}/v1/getOrders", BodiesOf(list["post"]!).Single());
            status.ShouldBe(200, page.ToJsonString());
            var query = list["get"]!["parameters"]!.AsArray().Where(p => (string)p!["in"]! == "query" && p["example"] is not null)
                .Select(p => $"{p!["name"]}={p["example"]}");
            var (got, same) = await client.GetAsync($"/{product}/v1/getOrders?{string.Join('&', query)}");
            (got, same.ToJsonString()).ShouldBe((200, page.ToJsonString()));
            var shown = AnswerOf(list["get"]!)!;
            Names(page).ShouldBe(Names(shown));
            Names(shown["orders"]![0]!).Except(Names(page["orders"]![0]!)).ShouldBeEmpty();
            Names(page["orders"]![0]!["txDetails"]![0]!).ShouldBe(Names(shown["orders"]![0]!["txDetails"]![0]!));
            var cancel = BodiesOf(paths[$"/{product}/v1/cancelOrder"]!["post"]!).Single();
            (await client.PostAsync($"/{product}/v1/cancelOrder", cancel)).Status.ShouldBe(404); // nobody has the id that is shown
            cancel["panoraTxId"] = (string)order!["panoraTxId"]!;
            var (ended, cancelled) = await client.PostAsync($"/{product}/v1/cancelOrder", cancel);
            (ended, (string)cancelled["status"]!).ShouldBe((200, "cancelled"));
        }
    }

    private static IEnumerable<JsonNode> BodiesOf(JsonNode operation) =>
        operation["requestBody"]!["content"]!["application/json"]!["examples"]!.AsObject().Select(e => e.Value!["value"]!.DeepClone());

    private static JsonNode? AnswerOf(JsonNode operation) =>
        operation["responses"]!["200"]!["content"]!["application/json"]!["examples"]!["success"]!["value"];

    private static IEnumerable<string> Names(JsonNode node) => node.AsObject().Select(m => m.Key).Order(StringComparer.Ordinal);

    private async Task<JsonNode> FetchAsync() => (await world.Http.GetFromJsonAsync<JsonNode>("/swagger/panora/swagger.json"))!;
}
