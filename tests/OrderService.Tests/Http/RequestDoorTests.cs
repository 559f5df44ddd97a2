using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Http;

/// <summary>Requests as no client library sends them, written to the socket.</summary>
public sealed class RequestDoorTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private const string Json = "Content-Type: application/json\r\n";

    [Theory]
    [InlineData("evil.example", 421)]
    [InlineData("evil.example:80", 421)]
    [InlineData("127.0.0.1.evil.example", 421)]
    [InlineData("localhost.evil.example", 421)]
    [InlineData("localhost", 200)]
    [InlineData("LOCALHOST:1", 200)] // a port may be another in front of a proxy or a container
    [InlineData("127.0.0.1:5080", 200)]
    [InlineData("[::1]:5080", 200)]
    [InlineData("203.0.113.7", 200)] // an address leads where it says
    [InlineData("wallets.test", 200)] // Service:Domain
    public async Task S19_A_request_for_another_name_is_refused(string host, int status)
    {
        var (answered, _, body) = await SendAsync($"GET /api/v1/network HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        answered.ShouldBe(status, body);
        if (status == 421) ((string?)JsonNode.Parse(body)!["code"]).ShouldBe("wrong_host");
    }

    [Fact]
    public async Task S19_A_page_of_another_name_pins_no_price()
    {
        const string pin = """{"token":"STX","usd":"1000"}""";
        var (status, _,
            body) = await SendAsync($"POST /simulator/prices HTTP/1.1\r\nHost: evil.example\r\nOrigin: http://evil.example\r\n{Json}Content-Length: {pin.Length}\r\nConnection: close\r\n\r\n{pin}");
        status.ShouldBe(421, body);
    }

    [Theory]
    [InlineData("/api/v1/orders", "error")]
    [InlineData("/dca/v1/orders", "error")]
    [InlineData("/api/orders", "errors")]
    public async Task S19_What_is_too_long_is_refused_with_a_body_and_the_headers_of_cors(string path, string member)
    {
        foreach (var (request, status) in ((string, int)[])
        [
            ($"GET {path}?a={new string('x', 9_000)} HTTP/1.1\r\nHost: localhost\r\nOrigin: http://page.example\r\nConnection: close\r\n\r\n", 414),
            ($"GET {path} HTTP/1.1\r\nHost: localhost\r\nOrigin: http://page.example\r\nConnection: close\r\nX-Much: {new string('x', 33_000)}\r\n\r\n", 431),
        ])
        {
            var (answered, headers, body) = await SendAsync(request);
            answered.ShouldBe(status, body);
            headers.ShouldContain("access-control-allow-origin", Case.Insensitive);
            JsonNode.Parse(body)!.AsObject().Any(m => m.Key == member || m.Key is "error" or "detail" or "errors").ShouldBeTrue(body);
        }
    }

    [Theory]
    [InlineData("FFFFFFFFFFFFFFFF")]
    [InlineData("7FFFFFFFFFFFFFFF")]
    [InlineData("FFFFFFFFFFFFFFFFFFFFFFFF")]
    [InlineData("zz")]
    [InlineData("-1")]
    public async Task S19_A_bad_chunk_is_no_fault_of_ours(string size)
    {
        foreach (var path in (string[])["/api/v1/orders/new", "/api/v1/api-keys", "/dca/v1/createOrder", "/v1/strategies/order"])
        {
            var (status, _,
                body) = await SendAsync($"POST {path} HTTP/1.1\r\nHost: localhost\r\n{Json}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n{size}\r\n{{}}\r\n0\r\n\r\n");
            status.ShouldBeInRange(400, 499, $"{path}: {body}");
        }
    }

    private async Task<(int Status, string Headers, string Body)> SendAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(service.Client.BaseAddress!.Host, service.Client.BaseAddress.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var limit = new CancellationTokenSource(Until.Limit);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var text = await reader.ReadToEndAsync(limit.Token);
        var (head, body) = text.IndexOf("\r\n\r\n", StringComparison.Ordinal) is >= 0 and var end
            ? (text[..end], text[(end + 4)..]) : (text, "");
        if (head.Contains("chunked", StringComparison.OrdinalIgnoreCase)) body = Unchunked(body);
        return (int.Parse(head.Split(' ')[1], CultureInfo.InvariantCulture), head, body);
    }

    private static string Unchunked(string body)
    {
        var whole = new StringBuilder();
        for (var lines = body; lines.IndexOf("\r\n", StringComparison.Ordinal) is > 0 and var end;)
        {
            var size = int.Parse(lines[..end], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (size == 0) break;
            whole.Append(lines.AsSpan(end + 2, size));
            lines = lines[(end + 2 + size + 2)..];
        }
        return whole.ToString();
    }
}
