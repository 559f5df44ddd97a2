using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using OrderService.Api.Wire;
using OrderService.Hosting;

namespace OrderService.Tests.Panora;

/// <summary>A server whose routes under these paths fail in every way.</summary>
public sealed class FaultTests : IAsyncLifetime, IDisposable
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
        foreach (var path in (string[])["/dca/v1", "/limit/v1"])
        {
            _app.MapGet(path + "/bug", string () => throw new InvalidOperationException("secret"));
            _app.MapGet(path + "/slow", string () => throw new NpgsqlException("away", new TimeoutException()));
            _app.MapGet(path + "/limited", () => Results.StatusCode(429));
        }
        await _app.StartAsync();
        _client.BaseAddress = new Uri(_app.Urls.First());
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("/dca/v1/bug", 500, "Internal Server Error", "internal_error")]
    [InlineData("/limit/v1/bug", 500, "Internal Server Error", "internal_error")]
    [InlineData("/dca/v1/slow", 503, "Service Unavailable", "unavailable")]
    [InlineData("/limit/v1/limited", 429, "Too Many Requests", "too_many_requests")]
    public async Task A_fault_has_the_shape_of_every_refusal(string path, int status, string reason, string code)
    {
        using var answer = await _client.GetAsync(path);
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        ((int)answer.StatusCode, (int)body["statusCode"]!, (string)body["error"]!,
            (string)body["code"]!).ShouldBe((status, status, reason, code));
        ((string)body["message"]!).ShouldNotContain("secret");
        (answer.Headers.RetryAfter is not null).ShouldBe(status is 429 or 503);
    }
}
