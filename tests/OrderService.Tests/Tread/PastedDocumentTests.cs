using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;

namespace OrderService.Tests.Tread;

/// <summary>What the document of this wire shows, sent to the service that served it.</summary>
public sealed class PastedDocumentTests(TreadFixture service) : IClassFixture<TreadFixture>
{
    private async Task<JsonNode> PathsAsync() =>
        JsonNode.Parse(await service.Http.GetStringAsync("/swagger/tread/swagger.json"))!["paths"]!;

    [Fact]
    public async Task Every_mapped_operation_is_in_the_document_with_its_purpose_and_its_refusals()
    {
        var paths = await PathsAsync();
        var mapped = service.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(e =>
                (Path: "/" + e.RoutePattern.RawText!.Trim('/').Replace("?}", "}", StringComparison.Ordinal),
                    Methods: e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []))
            .Where(e => e.Path.StartsWith("/api/", StringComparison.Ordinal) && !e.Path.StartsWith("/api/v1/", StringComparison.Ordinal))
            .SelectMany(e => e.Methods.Select(method => (e.Path, Method: method.ToLowerInvariant()))).ToList();
        mapped.Count.ShouldBe(19); // the contract's 14, and 5 extras
        paths.AsObject().Sum(p => p.Value!.AsObject().Count).ShouldBe(19);
        foreach (var (path, method) in mapped)
        {
            var operation = paths[path]?[method].ShouldNotBeNull($"{method} {path}");
            operation!["summary"].ShouldNotBeNull($"{method} {path}");
            operation["responses"]!.AsObject().ContainsKey("401").ShouldBeTrue($"{method} {path}");
            operation["security"]!.AsArray().ShouldNotBeEmpty($"{method} {path}");
        }
    }

    [Fact]
    public async Task The_examples_work_and_are_answered_in_the_shape_that_is_shown()
    {
        var paths = await PathsAsync();
        var user = await service.UserAsync();
        await user.OpenAsync("main", cha: 1_000, susdt: 1_000);
        JsonNode? first = null;
        foreach (var (name, body) in Bodies(paths["/api/orders"]!["post"]!))
        {
            var made = await user.PostAsync("/api/orders/", body);
            made.Status.ShouldBe(201, $"{name}: {made.Text}");
            CheckShape(paths["/api/orders"]!["post"]!, "201", made.Json, name);
            first ??= made.Json;
            if (name == "Market") await user.WaitAsync((string)made.Json["id"]!, "COMPLETE"); // a swap in flight cannot be cancelled
        }
        var id = (string)first!["id"]!;
        foreach (var path in new[] { "/api/orders", "/api/active_orders", "/api/orders_with_stats", "/api/strategies",
            "/api/get_token_pairs", $"/api/order_summary/{id}", $"/api/order/{id}", $"/api/placements?order_id={id}" })
        {
            var answer = await user.GetAsync(path);
            answer.Status.ShouldBe(200, answer.Text);
            CheckShape(paths[path.Split('?')[0].Replace(id, "{id}", StringComparison.Ordinal)]!["get"]!, "200", answer.Json, path);
        }
        foreach (var (path, status) in new[] { ("/api/validate_order_condition", 200), ("/api/order_messages", 200),
            ("/api/pause_order", 202), ("/api/resume_order", 202), ("/api/amend_order", 202), ("/api/cancel_all_orders", 200) })
        {
            foreach (var (name, body) in Bodies(paths[path]!["post"]!))
            {
                if (body["order_id"] is not null) body["order_id"] = id;
                if (body["order_ids"] is not null) body["order_ids"] = new JsonArray(id);
                var answer = await user.PostAsync(path, body);
                answer.Status.ShouldBe(status, $"{path} {name}: {answer.Text}");
            }
        }
    }

    private static IEnumerable<(string Name, JsonNode Body)> Bodies(JsonNode operation) =>
        operation["requestBody"]!["content"]!["application/json"]!["examples"]!.AsObject()
            .Select(e => (e.Key, e.Value!["value"]!.DeepClone()));

    // The same members in the same order; of a list, of its first element.
    private static void CheckShape(JsonNode operation, string status, JsonNode answer, string name)
    {
        var shown = operation["responses"]![status]!["content"]!["application/json"]!["examples"]!["success"]!["value"]!;
        answer.AsObject().Select(m => m.Key).ShouldBe(shown.AsObject().Select(m => m.Key), name);
        foreach (var (member, value) in shown.AsObject())
        {
            if (value is JsonArray { Count: > 0 } list && list[0] is JsonObject element)
                answer[member]!.AsArray()[0]!.AsObject().Select(m => m.Key).ShouldBe(element.Select(m => m.Key), $"{name} {member}");
        }
    }
}
