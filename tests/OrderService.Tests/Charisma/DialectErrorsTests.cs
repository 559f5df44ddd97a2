using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using OrderService.Api.Wire;
using OrderService.Hosting;

namespace OrderService.Tests.Charisma;

/// <summary>A real server with routes that fail in every way.</summary>
public sealed class DialectErrorsTests : IAsyncLifetime, IDisposable
{
    private readonly HttpClient _client = new();
    private WebApplication _app = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(new Dialects(DialectServices.All));
        _app = builder.Build();
        _app.UseDialectErrors();
        _app.MapGet("/api/v1/bug", string () => throw new InvalidOperationException("secret"));
        _app.MapGet("/api/v1/slow",
            string () => throw new InvalidOperationException("outer", new NpgsqlException("away", new TimeoutException())));
        _app.MapGet("/api/v1/late", string () => throw new TaskCanceledException("late", new TimeoutException()));
        _app.MapGet("/api/v1/limited", () => Results.StatusCode(429));
        _app.MapGet("/api/v1/quote", string () => throw new InvalidOperationException("secret"));
        _app.MapPost("/api/v1/echo",
            async Task<IResult> (HttpContext context) =>
                Results.Text(await RequestBody.ReadAsync(context, 100, body => Encoding.UTF8.GetString(body.Span))));
        await _app.StartAsync();
        _client.BaseAddress = new Uri(_app.Urls.First());
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("GET", "/nowhere", 404, "not_found")]
    [InlineData("GET", "/api/v1/nowhere", 404, "not_found")]
    [InlineData("DELETE", "/api/v1/bug", 405, "method_not_allowed")]
    [InlineData("GET", "/api/v1/bug", 500, "internal_error")]
    [InlineData("GET", "/api/v1/slow", 503, "unavailable")]
    [InlineData("GET", "/api/v1/late", 503, "unavailable")]
    [InlineData("GET", "/api/v1/limited", 429, "too_many_requests")]
    public async Task What_no_route_answered_has_the_dialect_s_shape(string method, string path, int status, string code)
    {
        using var answer = await _client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        await ShouldBe(answer, status, code);
    }

    [Fact]
    public async Task The_quote_route_keeps_its_own_shape()
    {
        using var answer = await _client.GetAsync("/api/v1/quote");
        (await ShouldBe(answer, 500, "internal_error"))["success"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task Problem_json_is_answered_where_it_is_asked_for()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/nowhere");
        request.Headers.Accept.ParseAdd("application/problem+json");
        using var answer = await _client.SendAsync(request);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        (body["status"]!.GetValue<int>(), body["title"]!.GetValue<string>(),
            body["code"]!.GetValue<string>()).ShouldBe((404, "Not Found", "not_found"));
    }

    [Theory]
    [InlineData("application/json", "{}", 200, null)]
    [InlineData("application/json; charset=UTF-8", "{}", 200, null)]
    [InlineData("application/vnd.order+json", "{}", 200, null)]
    [InlineData("text/plain", "{}", 200, null)]
    [InlineData("application/json; charset=utf-16", "{}", 415, "unsupported_media_type")]
    [InlineData("application/x-www-form-urlencoded", "{}", 415, "unsupported_media_type")]
    [InlineData("nonsense", "{}", 415, "unsupported_media_type")]
    [InlineData("application/json",
        "{\"a\":\"12345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890\"}", 413,
        "body_too_large")]
    public async Task A_body_has_a_media_type_and_a_size(string type, string body, int status, string? code)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var answer = await _client.PostAsync("/api/v1/echo", content);
        if (code is null) answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        else await ShouldBe(answer, status, code);
    }

    [Fact]
    public async Task A_body_without_a_length_is_bounded_too_and_must_be_utf_8()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/echo")
        {
            Content = new StreamContent(new MemoryStream(new byte[5000])),
        };
        request.Headers.TransferEncodingChunked = true;
        using var large = await _client.SendAsync(request);
        await ShouldBe(large, 413, "body_too_large");

        using var other = await _client.PostAsync("/api/v1/echo", new ByteArrayContent([0x22, 0xff, 0x22]));
        await ShouldBe(other, 400, "invalid_request");

        using var marked = await _client.PostAsync("/api/v1/echo", new ByteArrayContent([0xef, 0xbb, 0xbf, 0x31]));
        (await marked.Content.ReadAsStringAsync()).ShouldBe("1");
    }

    private static async Task<JsonNode> ShouldBe(HttpResponseMessage answer, int status, string code)
    {
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(status, text);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        var body = JsonNode.Parse(text)!;
        body["code"]!.GetValue<string>().ShouldBe(code);
        body["error"]!.GetValue<string>().ShouldNotContain("secret");
        body["timestamp"]!.GetValue<string>().ShouldEndWith("Z");
        (answer.Headers.RetryAfter is not null).ShouldBe(status is 429 or 503);
        return body;
    }
}
