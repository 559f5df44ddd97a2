using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OrderService.Tests.Auth;

namespace OrderService.Tests.Http;

/// <summary>Calls that are sent again, keys whose calls are refused, and requests that other servers take.</summary>
public sealed class RepeatedCallTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private Wallet Wallet => service.Wallet;

    [Fact]
    public async Task W5_A_new_order_under_a_key_of_its_own_is_answered_again_with_the_same_headers()
    {
        var body = Wallet.Order(Wallet.AtOnce).ToJsonString();
        using var first = await PostAsync(body, ("Idempotency-Key", "k-1"));
        ((int)first.StatusCode, first.Headers.Contains("Idempotent-Replayed")).ShouldBe((200, false));
        await Wallet.WaitAsync(first.Headers.GetValues("X-Order-Id").Single(), "confirmed");
        using var again = await PostAsync(body, ("Idempotency-Key", "k-1"));
        ((int)again.StatusCode, again.Headers.GetValues("Idempotent-Replayed").Single()).ShouldBe((200, "true"));
        again.Headers.GetValues("X-Order-Id").ShouldBe(first.Headers.GetValues("X-Order-Id"));
        again.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await again.Content.ReadAsStringAsync()).ShouldBe(await first.Content.ReadAsStringAsync());
        using var other = await PostAsync(Wallet.Order(Wallet.AtOnce).ToJsonString(), ("Idempotency-Key", "k-1"));
        ((int)other.StatusCode,
            (string?)JsonNode.Parse(await other.Content.ReadAsStringAsync())!["code"]).ShouldBe((422, "idempotency_key_reused"));
    }

    [Fact]
    public async Task W5_The_same_order_again_without_a_key_does_not_look_new()
    {
        var body = Wallet.Order().ToJsonString();
        using var first = await PostAsync(body);
        first.Headers.Contains("Idempotent-Replayed").ShouldBeFalse();
        using var again = await PostAsync(body);
        ((int)again.StatusCode, again.Headers.GetValues("Idempotent-Replayed").Single()).ShouldBe((200, "true"));
    }

    [Fact]
    public async Task W6_Every_answer_to_a_known_key_is_counted_and_says_what_is_left()
    {
        var key = await Wallet.NewKeyAsync("\"create\",\"execute\",\"cancel\"");
        var window = new CountedWindow();
        (HttpMethod Method, string Path, string? Body, int Status)[] calls =
        [
            (HttpMethod.Post, "/api/v1/orders/new", "{}", 400), (HttpMethod.Post, "/api/v1/orders/new", "[", 400),
            (HttpMethod.Patch, $"/api/v1/orders/{Guid.NewGuid()}/cancel", null, 404),
            (HttpMethod.Post, $"/api/v1/orders/{Guid.NewGuid()}/execute", null, 404),
            (HttpMethod.Get, $"/api/v1/orders/{Guid.NewGuid()}", null, 404), (HttpMethod.Get, "/api/v1/orders?page=0", null, 400),
        ];
        foreach (var (method, path, body, status) in calls)
        {
            using var request = new HttpRequestMessage(method, path)
            {
                Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
            };
            request.Headers.Add("X-API-Key", key);
            using var response = await service.Client.SendAsync(request);
            ((int)response.StatusCode).ShouldBe(status, path);
            var isCancel = path.EndsWith("/cancel", StringComparison.Ordinal); // which have a count of their own
            var remaining = isCancel ? 99 : window.Take(response);
            response.Headers.GetValues("X-RateLimit-Remaining").Single()
                .ShouldBe(remaining.ToString(System.Globalization.CultureInfo.InvariantCulture), path);
        }
    }

    [Fact]
    public async Task W6_So_is_every_answer_of_the_other_routes_that_take_one()
    {
        var key = await Wallet.NewKeyAsync("\"create\",\"execute\",\"cancel\"");
        (HttpMethod Method, string Path, string? Body, int Status)[] calls =
        [
            (HttpMethod.Get, "/api/v1/events?after=x", null, 400), (HttpMethod.Get, "/api/v1/events?limit=0", null, 400),
            (HttpMethod.Get, "/api/v1/events?owner=x", null, 400),
            (HttpMethod.Post, "/api/v1/accounts", "[", 403), (HttpMethod.Get, $"/api/v1/accounts/{Guid.NewGuid():N}", null, 403),
            (HttpMethod.Post, $"/api/v1/accounts/{Guid.NewGuid():N}/withdraw", "{", 403),
            (HttpMethod.Post, "/dca/v1/createOrder", "[", 400), (HttpMethod.Get, "/dca/v1/getOrders?limit=0", null, 400),
            (HttpMethod.Post, "/limit/v1/getOrders", "{", 400),
            (HttpMethod.Post, "/api/orders/", "[", 400), (HttpMethod.Get, "/api/orders/?page=x", null, 400),
            (HttpMethod.Get, $"/api/order/{Guid.NewGuid()}", null, 404),
        ];
        var window = new CountedWindow();
        foreach (var (method, path, body, status) in calls)
        {
            using var request = new HttpRequestMessage(method, path)
            {
                Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
            };
            request.Headers.Add("X-API-Key", key);
            request.Headers.TryAddWithoutValidation("Authorization", $"Token {key}");
            using var response = await service.Client.SendAsync(request);
            ((int)response.StatusCode).ShouldBe(status, $"{path}: {await response.Content.ReadAsStringAsync()}");
            response.Headers.GetValues("X-RateLimit-Remaining").Single()
                .ShouldBe(window.Take(response).ToString(System.Globalization.CultureInfo.InvariantCulture), path);
        }
    }

    [Theory]
    [InlineData("application/json; charset=utf8")]
    [InlineData("application/json; charset=\"UTF8\"")]
    public async Task W12_Utf8_is_taken_in_both_of_its_names(string type)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Wallet.Order().ToJsonString()));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await service.Client.PostAsync("/api/v1/orders/new", content);
        ((int)response.StatusCode).ShouldBe(200, await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/api/v1/tokens", 200)]
    [InlineData("/api/v1/network", 200)]
    [InlineData("/health/live", 200)]
    [InlineData("/api/v1/orders/nothing", 404)]
    public async Task W12_HEAD_is_answered_where_GET_is(string path, int status)
    {
        using var get = await service.Client.GetAsync(path);
        using var head = await service.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
        ((int)get.StatusCode, (int)head.StatusCode).ShouldBe((status, status));
        (head.Content.Headers.ContentType?.ToString(),
            (await head.Content.ReadAsByteArrayAsync()).Length).ShouldBe((get.Content.Headers.ContentType?.ToString(), 0));
    }

    [Fact]
    public async Task W12_A_byte_beyond_ASCII_in_a_header_is_no_empty_400()
    {
        using var handler = new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1 };
        using var client = new HttpClient(handler) { BaseAddress = service.Client.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/network");
        request.Headers.TryAddWithoutValidation("User-Agent", "caf\u00e9");
        using var response = await client.SendAsync(request);
        ((int)response.StatusCode).ShouldBe(200);
    }

    private Task<HttpResponseMessage> PostAsync(string body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/orders/new")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return service.Client.SendAsync(request);
    }

    /// <summary>What should be left of a hundred calls in the minute that an answer says it is of.</summary>
    private sealed class CountedWindow
    {
        private string? _ends;
        private int _left;

        public int Take(HttpResponseMessage answer)
        {
            var ends = answer.Headers.GetValues("X-RateLimit-Reset").Single();
            if (ends != _ends) (_ends, _left) = (ends, 100);
            return --_left;
        }
    }
}
