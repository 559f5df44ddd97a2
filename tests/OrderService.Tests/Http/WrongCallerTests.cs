using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrderService.Api.Wire;
using OrderService.Engine.Auth;
using OrderService.Tests.Auth;

namespace OrderService.Tests.Http;

/// <summary>
/// Every endpoint that is not open, asked by everyone who may not: refused in the words of its dialect, and nothing has changed. Then by
/// who may.
/// </summary>
public sealed class WrongCallerTests(WrongCallers world) : IClassFixture<WrongCallers>
{
    private static readonly string[] OpenRoutes =
    [
        "GET /api/v1/network", "GET /api/v1/orders/groups/{groupId}", "GET /api/v1/orders/{uuid}", "GET /api/v1/orders/{uuid}/events",
        "GET /api/v1/orders/{uuid}/explain", "POST /api/v1/orders/groups/preview", "POST /api/v1/orders/preview", "GET /api/v1/prices/",
        "GET /api/v1/prices/stream", "GET /api/v1/prices/{token}", "GET /api/v1/prices/{token}/candles", "GET /api/v1/quote",
        "GET /api/v1/tokens",
        "GET /", "GET /page/NOTICE.txt", "GET /page/icon.svg", "GET /page/page.css", "GET /page/page.js", "GET /page/operator.js",
        "GET /page/swagger.css", "GET /page/swagger.js",
        "GET /health/live", "GET /health/ready", "GET /metrics", "GET /operator/", "GET /operator/state", "POST /operator/pause",
        "POST /operator/resume", "GET /simulator/accounts/{address}", "GET /simulator/clock", "POST /simulator/clock", "POST /simulator/faucet",
        "POST /simulator/prices",
        "GET /swagger/{documentName}/swagger.{extension}", "HEAD /swagger/{documentName}/swagger.{extension}",
        "GET /v1/strategies/eligibility/from-tokens", "GET /v1/strategies/eligibility/to-tokens/{address}",
    ];

    [Fact]
    public void These_routes_are_open_and_no_others() => // to open another one is to add it here
        Routes().Where(route => route.Access.Who == Asker.Anyone).Select(route => route.Name).Order(StringComparer.Ordinal)
            .ShouldBe(OpenRoutes.Order(StringComparer.Ordinal));

    [Fact]
    public async Task Who_may_not_is_refused_in_the_dialect_s_words_and_who_may_is_not()
    {
        var routes = Routes().Where(route => route.Access.Who != Asker.Anyone).ToList();
        routes.Count.ShouldBeGreaterThan(50);
        var before = await world.StateAsync();
        var faults = new List<string>();
        var asked = 0;
        foreach (var route in routes)
        {
            var callers = world.WrongFor(route).ToList();
            if (callers.Count < 2) faults.Add($"{route.Name}: hardly anyone is wrong");
            foreach (var (caller, add) in callers)
            {
                asked++;
                var (status, body, code) = await world.SendAsync(route, add);
                if (status is not (401 or 403 or 404) && !IsMissing(route, status))
                    faults.Add($"{route.Name} by {caller}: {status} {body?.ToJsonString()}");
                else if (!IsRefusalOf(route.Dialect, status, body, code))
                    faults.Add($"{route.Name} by {caller}: not in its dialect's words: {body?.ToJsonString()}");
            }
        }
        faults.ShouldBeEmpty();
        asked.ShouldBeGreaterThan(300);
        (await world.StateAsync()).ShouldBe(before);

        foreach (var route in routes.Where(route => route.Access.Who != Asker.Bearer))
        {
            var (status, body, _) = await world.SendAsync(route, world.RightFor(route));
            if (status is 401 or 403 or >= 500) faults.Add($"{route.Name} by who may: {status} {body?.ToJsonString()}");
        }
        faults.ShouldBeEmpty();
    }

    // Where the proof stands in the body, a body without one is malformed.
    private static bool IsMissing(CalledRoute route, int status) =>
        (status, route.Access.Who) is (400, Asker.Wallet) or (400 or 426, Asker.Bearer);

    private static bool IsRefusalOf(string dialect, int status, JsonNode? body, string? code) => dialect switch
    {
        "charisma" => Has(body, "error", "code", "timestamp"),
        "panora" or "panora_limit" => Has(body, "message", "error", "code") && (int?)body!["statusCode"] == status,
        "swapcoffee" => body is JsonObject { Count: 1 } && Has(body, "error"),
        "tread" =>
            code is { Length: > 0 }
                && (body is JsonValue
                    || (body is JsonObject { Count: 1 } only && only.Single().Key is "error" or "errors" or "detail" or "message")),
        _ => false,
    };

    private static bool Has(JsonNode? body, params string[] names) =>
        body is JsonObject given && names.All(name => given[name]?.GetValueKind() == JsonValueKind.String);

    private List<CalledRoute> Routes() =>
    [
        .. world.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().SelectMany(endpoint =>
            (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method => new CalledRoute(
                method, $"/{endpoint.RoutePattern.RawText!.TrimStart('/')}", endpoint.Metadata.GetRequiredMetadata<Access>(),
                world.DialectOf(endpoint.RoutePattern.RawText!)))),
    ];
}

/// <summary>An endpoint as it is called.</summary>
internal sealed record CalledRoute(string Method, string Path, Access Access, string Dialect)
{
    public string Name => $"{Method} {Path}";

    public string Action => Access.Proof?.Action ?? "";

    /// <summary>True where the path, or the query that is sent, says whose it is; else it is the caller's own.</summary>
    public bool IsBound =>
        Path.Contains("{uuid}", StringComparison.Ordinal) || Path.Contains("{keyId}", StringComparison.Ordinal)
            || Path.Contains("{accountId}", StringComparison.Ordinal) || Action == WalletActions.ListOrders;
}
