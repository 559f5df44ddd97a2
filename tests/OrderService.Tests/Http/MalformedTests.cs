using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrderService.Tests.Http;

/// <summary>
/// Whatever comes in: no answer of 5xx, none that takes more than a second each time it is asked for, every refusal in the dialect's shape.
/// </summary>
public sealed class MalformedTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(1);

    private static readonly string[] Texts =
    [
        "", " ", "0", "-1", "1e3", "NaN", "null", "true", "[]", "{}", "*", ".", "..", ".stx", "USD", "%00", "\u0000", "\ud800", "\uFFFF",
        "١٢", "é", "💥", "a.b", "' OR 1=1 --", "<script>", "../../etc/passwd",
        "9007199254740992", "9007199254740993", "18446744073709551615", "18446744073709551616", "340282366920938463463374607431768211455",
        "340282366920938463463374607431768211456",
        "99999999999999999999.999999999999999999", "100000000000000000000", "0.0000000000000000001", "2026-02-30T00:00:00Z",
        "2026-01-01T00:00:00+02:00", "9999-12-31T23:59:59.999999999Z", "0000-00-00T00:00:00Z", "1e400",
        new('a', 129), new('0', 130), new('f', 130), new('A', 4000), "00000000-0000-0000-0000-000000000000",
        "{00000000-0000-0000-0000-000000000000}", "SP000000000000000000002Q6VF78", "ST000000000000000000002AMW42H.x",
    ];

    private static readonly string[] Raw =
    [
        "", " ", "{", "}", "[", "]", "[]", "null", "true", "0", "-", "1e999", "\"text\"", "{\"a\":}", "{\"a\":1,}", "{'a':1}",
        "{\"a\":1}{\"b\":2}", "nul", "{\"uuid\":\"\\ud800\"}", "{\"\\u0000\":1}",
        "{\"amountIn\":9007199254740993}", "{\"amountIn\":1e400}", "{\"metadata\":{\"a\":\"\\ud800\\u0000\"}}", "\uFEFF{}",
        "{\"a\":\"\u0001\"}", "// comment\n{}",
    ];

    private static readonly (string Method, string Path)[] Routes =
    [
        ("POST", "/api/v1/orders/new"), ("GET", "/api/v1/orders"), ("GET", "/api/v1/orders/index"), ("GET", "/api/v1/orders/{0}"),
        ("PATCH", "/api/v1/orders/{0}/cancel"), ("POST", "/api/v1/orders/{0}/execute"),
        ("PATCH", "/api/v1/orders/{0}/pause"), ("PATCH", "/api/v1/orders/{0}/resume"), ("POST", "/api/v1/api-keys"),
        ("GET", "/api/v1/api-keys"), ("GET", "/api/v1/api-keys/{0}"), ("DELETE", "/api/v1/api-keys/{0}"),
        ("GET", "/api/v1/quote"), ("GET", "/api/v1/tokens"), ("GET", "/api/v1/prices"), ("GET", "/api/v1/prices/{0}"),
        ("GET", "/api/v1/prices/{0}/candles"), ("GET", "/api/v1/network"),
        ("POST", "/api/v1/orders/batch"), ("POST", "/api/v1/orders/batch/cancel"), ("POST", "/api/v1/orders/batch/execute"),
        ("POST", "/api/v1/orders/cancel-all"), ("POST", "/api/v1/orders/cancel-all-after"), ("POST", "/api/v1/orders/{0}/replace"),
        ("PATCH", "/api/v1/orders/{0}"),
        ("POST", "/simulator/faucet"), ("POST", "/simulator/prices"), ("GET", "/simulator/accounts/{0}"),
        ("POST", "/simulator/clock"),
    ];

    private static readonly string[] Parameters = ["owner", "page", "limit", "sortBy", "sortOrder", "status", "search", "cursor", "tokenIn",
        "tokenOut", "amount", "token", "minPrice", "interval", "from", "to", "details"];

    [Fact]
    public async Task No_malformed_request_is_answered_by_a_fault_or_late_or_in_another_shape()
    {
        var requests = Corpus().ToList();
        requests.Count.ShouldBeGreaterThanOrEqualTo(2_000);
        var faults = new List<string>();
        foreach (var make in requests)
        {
            using var request = make();
            var name = $"{request.Method} {request.RequestUri} {(request.Content is null ? "" : await Peek(request.Content))}";
            var started = Stopwatch.GetTimestamp();
            HttpResponseMessage response;
            try
            {
                response = await service.Client.SendAsync(request);
            }
            catch (HttpRequestException broken)
            {
                faults.Add($"no answer to {name}: {broken.InnerException?.Message ?? broken.Message}");
                continue;
            }
            using var _ = response;
            var body = await response.Content.ReadAsStringAsync();
            var took = Stopwatch.GetElapsedTime(started);
            if ((int)response.StatusCode >= 500) faults.Add($"{(int)response.StatusCode} {name}: {body}");
            if (took > Most && await IsAlwaysLateAsync(make)) faults.Add($"{took.TotalMilliseconds:0} ms {name}");
            if ((int)response.StatusCode >= 400 && !HasShape(body)) faults.Add($"shape of {(int)response.StatusCode} {name}: {body}");
        }
        faults.ShouldBeEmpty(string.Join('\n', faults.Take(40)));
    }

    [Fact]
    public async Task W12_A_NUL_in_a_path_or_a_query_is_refused_by_every_route_in_its_dialect_s_shape()
    {
        var documents = await ServedDocuments.GetAsync();
        var faults = new List<string>();
        var (looked, key) = (0, "");
        foreach (var operation in documents.Operations)
        {
            var path = System.Text.RegularExpressions.Regex.Replace(operation.Template, "{[^}]+}", "a%00b");
            var queries = (operation.Json["parameters"]?.AsArray() ?? []).Where(p => (string?)p!["in"] == "query")
                .Select(p =>
                    $"{operation.Template.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal)}?{p!["name"]}=a%00b");
            foreach (var target in queries.Prepend(path))
            {
                // none is used up
                if (looked++ % 40 == 0) key = await service.Wallet.NewKeyAsync("\"create\",\"execute\",\"cancel\",\"accounts\",\"trade\"");
                using var request = new HttpRequestMessage(HttpMethod.Parse(operation.Method), target);
                request.Headers.Add("X-API-Key", key);
                request.Headers.TryAddWithoutValidation("Authorization", $"Token {key}");
                request.Headers.TryAddWithoutValidation("Origin", "http://page.example");
                if (operation.Method != "GET") request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
                using var response = await service.Client.SendAsync(request);
                var body = await response.Content.ReadAsStringAsync();
                if ((int)response.StatusCode >= 500
                    || (target == path && path.Contains("%00", StringComparison.Ordinal) && (int)response.StatusCode < 400))
                {
                    faults.Add($"{(int)response.StatusCode} {request.Method} {target}: {body}");
                }
                if ((int)response.StatusCode >= 400
                    && (body.Length == 0
                        || (!target.StartsWith("/simulator", StringComparison.Ordinal)
                            && !response.Headers.Contains("Access-Control-Allow-Origin"))))
                {
                    faults.Add($"{(int)response.StatusCode} {request.Method} {target} has no body or no headers of CORS: {body}");
                }
            }
        }
        faults.ShouldBeEmpty(string.Join('\n', faults));
        looked.ShouldBeGreaterThan(80);
    }

    // A busy machine is late now and then; an input that is dear to answer is late each time.
    private async Task<bool> IsAlwaysLateAsync(Func<HttpRequestMessage> make)
    {
        for (var i = 0; i < 10; i++)
        {
            using var request = make();
            var started = Stopwatch.GetTimestamp();
            using var response = await service.Client.SendAsync(request);
            if (Stopwatch.GetElapsedTime(started) <= Most) return false;
        }
        return true;
    }

    private static bool HasShape(string body)
    {
        try
        {
            var json = JsonNode.Parse(body)!.AsObject();
            return json["error"]?.GetValueKind() == JsonValueKind.String && json["code"]?.GetValueKind() == JsonValueKind.String
                && json.ContainsKey("timestamp");
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or NullReferenceException)
        {
            return false;
        }
    }

    private static async Task<string> Peek(HttpContent content)
    {
        var text = await content.ReadAsStringAsync();
        return text.Length > 160 ? text[..160] : text;
    }

    private IEnumerable<Func<HttpRequestMessage>> Corpus()
    {
        foreach (var make in OrderBodies()) yield return make;
        foreach (var (method, path) in Routes)
        {
            foreach (var text in Texts.Where(_ => path.Contains("{0}", StringComparison.Ordinal)))
                yield return () => Request(method, string.Format(CultureInfo.InvariantCulture, path, Uri.EscapeDataString(Whole(text))));
            if (method == "GET")
            {
                foreach (var parameter in Parameters)
                {
                    foreach (var text in Texts.Where((_, i) => (i + parameter.Length) % 4 == 0))
                        yield return () => Request(method, $"{Sample(path)}?{parameter}={Uri.EscapeDataString(Whole(text))}");
                }
            }
            if (method != "GET") foreach (var raw in Raw) yield return () => Request(method, Sample(path), raw);
            foreach (var wrong in new[] { "GET", "PUT", "DELETE", "PATCH", "POST", "TRACE", "BREW" }.Where(m => m != method))
                yield return () => Request(wrong, Sample(path));
            foreach (var (header, value) in new[] { ("x-signature", "zz"), ("x-signature", new string('0', 130)),
                ("x-signature", new string('f', 130)), ("X-API-Key", "ck_live_x"), ("X-API-Key", new string('k', 5000)),
                ("Authorization", "SIGNATURE 0x12"), ("Authorization", "Bearer a"), ("x-message", "{"), ("x-message", "{\"action\":5}"),
                ("x-public-key", "02ff") })
            {
                yield return () => With(Request(method, Sample(path)), header, value);
                yield return () => With(With(Request(method, Sample(path)), header, value), "x-signature", new string('1', 130));
            }
            foreach (var type in new[] { "text/plain", "application/xml", "multipart/form-data; boundary=x",
                "application/json; charset=utf-16", "nonsense" }.Where(_ => method is "POST" or "PATCH"))
            {
                yield return () => Typed(Request(method, Sample(path), "{\"a\":1}"), type);
            }
        }
    }

    private IEnumerable<Func<HttpRequestMessage>> OrderBodies()
    {
        string[] fields = ["owner", "inputToken", "outputToken", "amountIn", "recipient", "uuid", "signature", "conditionToken",
            "targetPrice", "direction", "baseAsset", "validFrom", "validTo", "minAmountOut", "slippageBps", "termsSignature",
            "strategySize", "metadata"];
        foreach (var field in fields)
        {
            foreach (var text in Texts) yield return () => Order(body => body[field] = Lone(text) ? "" : text, Lone(text) ? text : null);
            foreach (var json in new[] { "null", "1", "1.5", "true", "[]", "{}", "[1,2]", "-0", "9007199254740993", "1e308",
                "{\"a\":{\"b\":[]}}" })
            {
                yield return () => Order(body => body[field] = JsonNode.Parse(json));
            }
            yield return () => Order(body => body.Remove(field));
        }
        yield return () => Request("POST", "/api/v1/orders/new", new string('[', 100_000));
        yield return () =>
            Request("POST", "/api/v1/orders/new",
                "{\"metadata\":" + string.Concat(Enumerable.Repeat("{\"a\":", 60)) + "1" + new string('}', 61));
        yield return () => Request("POST", "/api/v1/orders/new", "{\"metadata\":\"" + new string('x', 63_000) + "\"}");
        yield return () => Request("POST", "/api/v1/orders/new", "{\"metadata\":\"" + new string('x', 70_000) + "\"}");
        foreach (var encoding in new[] { Encoding.Unicode, Encoding.UTF32, Encoding.BigEndianUnicode })
            yield return () => Bytes(encoding.GetBytes(service.Wallet.Order().ToJsonString()));
        yield return () => Bytes([0xff, 0xfe, 0x7b]);
        yield return () => Bytes([.. "{\"owner\":\""u8, 0xc3, 0x28, .. "\"}"u8]);
        var whole = service.Wallet.Order().ToJsonString();
        for (var cut = 1; cut < whole.Length; cut += 23)
        {
            var length = cut;
            yield return () => Request("POST", "/api/v1/orders/new", whole[..length]);
        }
    }

    // A lone surrogate cannot be sent as text; its escape can.
    private static bool Lone(string text) => text == "\ud800";

    private static string Whole(string text) => Lone(text) ? "%ED%A0%80" : text;

    private HttpRequestMessage Order(Action<JsonObject> change, string? lone = null)
    {
        var body = service.Wallet.Order(b => (b["conditionToken"], b["targetPrice"], b["direction"]) = ("*", "0", "gt"));
        change(body);
        var text = body.ToJsonString();
        return Request("POST", "/api/v1/orders/new", lone is null ? text : text.Replace("\"\"", "\"\\ud800\"", StringComparison.Ordinal));
    }

    private static string Sample(string path) => string.Format(CultureInfo.InvariantCulture, path, "7d9d35c2-96f0-4d0b-a0f5-1f0ddcf8a001");

    private static HttpRequestMessage Request(string method, string path, string? body = null) => new(new HttpMethod(method), path)
    {
        Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
    };

    private static HttpRequestMessage Bytes(byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return new HttpRequestMessage(HttpMethod.Post, "/api/v1/orders/new") { Content = content };
    }

    private static HttpRequestMessage With(HttpRequestMessage request, string header, string value)
    {
        request.Headers.Remove(header);
        request.Headers.TryAddWithoutValidation(header, value);
        return request;
    }

    private static HttpRequestMessage Typed(HttpRequestMessage request, string type)
    {
        request.Content!.Headers.Remove("Content-Type");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        return request;
    }
}
