using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace OrderService.Tests.SwapCoffee;

/// <summary>What the strategies document shows, pasted into the service that served it, in the order in which a reader would.</summary>
public sealed class PastedStrategiesTests(StrategiesFixture service) : IClassFixture<StrategiesFixture>
{
    private const string Base = "/v1/strategies";

    [Fact]
    public async Task Every_mapped_operation_is_in_the_document_with_its_purpose_and_its_refusals()
    {
        var paths = (await FetchAsync())["paths"]!;
        var mapped = service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(e =>
                (Path: "/" + e.RoutePattern.RawText!.Trim('/'), Methods: e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []))
            .Where(e => e.Path.StartsWith(Base, StringComparison.Ordinal))
            .SelectMany(e => e.Methods.Select(method => (e.Path, Method: method.ToLowerInvariant()))).ToList();
        mapped.Count.ShouldBe(16); // the contract's 14, and the confirmation of ours, and the change
        paths.AsObject().Sum(p => p.Value!.AsObject().Count).ShouldBe(16);
        foreach (var (path, method) in mapped)
        {
            var operation = paths[path]?[method].ShouldNotBeNull($"{method} {path}");
            operation!["summary"].ShouldNotBeNull($"{method} {path}");
            operation["responses"]!.AsObject().Count.ShouldBeGreaterThan(3, $"{method} {path}");
            (operation["parameters"]?.AsArray() ?? []).Count(p => p!["in"]!.GetValue<string>() == "path")
                .ShouldBe(path.Count(c => c == '{'), $"{method} {path}");
            foreach (var (status, response) in operation["responses"]!.AsObject().Where(r => r.Key != "200"))
            {
                foreach (var (code, example) in response!["content"]!["application/json"]!["examples"]!.AsObject())
                    example!["value"]!.AsObject().Select(m => m.Key).ShouldBe(["error"], $"{method} {path} {status} {code}");
            }
        }
    }

    [Fact]
    public async Task The_examples_work_one_after_the_other_and_are_answered_in_the_shape_that_is_shown()
    {
        var paths = (await FetchAsync())["paths"]!;
        await PasteAsync(paths, HttpMethod.Get, $"{Base}/eligibility/user/{{address}}");
        await PasteAsync(paths, HttpMethod.Get, $"{Base}/eligibility/from-tokens");
        await PasteAsync(paths, HttpMethod.Get, $"{Base}/eligibility/to-tokens/{{address}}");
        var wallet = await PasteAsync(paths, HttpMethod.Post, $"{Base}/{{address}}/wallet");
        await PasteAsync(paths, HttpMethod.Get, $"{Base}/{{address}}/wallet");
        var create = paths[$"{Base}/{{address}}/order"]!["post"]!;
        var bodies = create["requestBody"]!["content"]!["application/json"]!["examples"]!.AsObject().Select(e => e.Value!["value"]!)
            .ToList();
        bodies.Count.ShouldBe(2);
        var faucet = new JsonObject
        {
            ["address"] = (string)wallet!["address"]!, ["token"] = (string)bodies[0]["token_from"]!["address"]!, ["amount"] = "5000000",
        };
        (await service.Client.PostAsJsonAsync("/simulator/faucet", faucet)).EnsureSuccessStatusCode();
        foreach (var body in bodies) await PasteAsync(paths, HttpMethod.Post, $"{Base}/{{address}}/order", body);
        await PasteAsync(paths, HttpMethod.Get, $"{Base}/{{address}}/order");
        await PasteAsync(paths, HttpMethod.Get, $"{Base}/{{address}}/orders");
        await PasteAsync(paths, HttpMethod.Delete, $"{Base}/{{address}}/order");
    }

    private async Task<JsonNode?> PasteAsync(JsonNode paths, HttpMethod method, string path, JsonNode? body = null)
    {
        var operation = paths[path]![method.Method.ToLowerInvariant()]!;
        using var request = RequestOf(method, path, operation);
        if (body is not null) request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await service.Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(200, $"{method} {path}: {text}");
        var answer = JsonNode.Parse(text);
        var shown = operation["responses"]!["200"]!["content"]!["application/json"]!["examples"]!["success"]!["value"];
        if (shown is JsonArray { Count: > 0 } list && list[0] is JsonObject) (shown, answer) = (list[0], answer!.AsArray()[0]);
        answer!.GetValueKind().ShouldBe(shown!.GetValueKind(), path);
        if (shown is JsonObject members) answer.AsObject().Select(m => m.Key).ShouldBe(members.Select(m => m.Key), path);
        return answer;
    }

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

    private async Task<JsonNode> FetchAsync() => (await service.Client.GetFromJsonAsync<JsonNode>("/swagger/swapcoffee/swagger.json"))!;
}
