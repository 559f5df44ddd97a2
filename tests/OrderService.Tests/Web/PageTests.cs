using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using OrderService.Tests.Http;
using OrderService.Web;

namespace OrderService.Tests.Web;

/// <summary>How the page is served: whole, small, from the program itself, and without a change to what else the service answers.</summary>
public sealed class PageTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private const int LimitBytes = 300 * 1024;

    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/page/page.js", "text/javascript")]
    [InlineData("/page/page.css", "text/css")]
    [InlineData("/page/icon.svg", "image/svg+xml")]
    [InlineData("/page/NOTICE.txt", "text/plain")]
    public async Task Each_file_comes_with_a_policy_that_lets_nothing_else_in(string path, string type)
    {
        using var client = Plain();
        using var answer = await client.GetAsync(path);
        (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType).ShouldBe((HttpStatusCode.OK, type));
        var policy = string.Join(' ', answer.Headers.GetValues("Content-Security-Policy"));
        foreach (var rule in (string[])["default-src 'none'", "script-src 'self';", "style-src 'self';", "connect-src 'self'",
            "frame-ancestors 'none'", "base-uri 'none'"])
        {
            policy.ShouldContain(rule);
        }
        policy.ShouldNotContain("unsafe");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
    }

    [Fact]
    public async Task The_page_names_no_other_place_and_has_no_script_or_style_inside()
    {
        using var client = Plain();
        var html = await client.GetStringAsync("/");
        html.ShouldNotContain("http://");
        html.ShouldNotContain("https://");
        html.ShouldNotContain("style=");
        html.ShouldContain("src=\"/page/page.js\"");
        html.ShouldNotContain("<style");
    }

    [Fact]
    public void All_of_it_is_at_most_300_KB_compressed() =>
    PageAsset.All().Sum(asset => asset.CompressedLength).ShouldBeInRange(1, LimitBytes);

    [Fact]
    public async Task It_comes_compressed_to_who_can_read_that_and_not_at_all_to_who_has_it()
    {
        using var client = Plain();
        using var asked = new HttpRequestMessage(HttpMethod.Get, "/page/page.js") { Headers = { { "Accept-Encoding", "gzip" } } };
        using var small = await client.SendAsync(asked);
        small.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
        await using var unpacked = new GZipStream(await small.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked);
        (await reader.ReadToEndAsync()).ShouldBe(await client.GetStringAsync("/page/page.js"));

        using var again = new HttpRequestMessage(HttpMethod.Get, "/page/page.js") { Headers = { IfNoneMatch = { small.Headers.ETag! } } };
        using var unchanged = await client.SendAsync(again);
        (unchanged.StatusCode, (await unchanged.Content.ReadAsByteArrayAsync()).Length).ShouldBe((HttpStatusCode.NotModified, 0));

        using var head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/"));
        (head.StatusCode, head.Content.Headers.ContentLength > 0,
            (await head.Content.ReadAsByteArrayAsync()).Length).ShouldBe((HttpStatusCode.OK, true, 0));
    }

    [Theory]
    [InlineData("/page", 404)]
    [InlineData("/page/", 404)]
    [InlineData("/page/index.html", 404)]
    [InlineData("/page/..%2fappsettings.json", 404)]
    [InlineData("/appsettings.json", 404)]
    [InlineData("/index.html", 404)]
    [InlineData("/orders", 404)]
    [InlineData("/api/v1/nothing", 404)]
    public async Task What_is_not_there_is_refused_as_before(string path, int status)
    {
        using var client = Plain();
        using var answer = await client.GetAsync(path);
        ((int)answer.StatusCode,
            (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"]).ShouldBe((status, "not_found"));
    }

    [Fact]
    public async Task It_is_no_page_of_another_name()
    {
        using var client = Plain();
        using var asked = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "evil.example" } };
        using var answer = await client.SendAsync(asked);
        ((int)answer.StatusCode, (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"]).ShouldBe((421, "wrong_host"));
    }

    private HttpClient Plain() => new() { BaseAddress = service.Client.BaseAddress, Timeout = TimeSpan.FromSeconds(100) };
}
