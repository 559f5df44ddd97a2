using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OrderService.Tests.Pricing;

/// <summary>A server of prices that answers what a test tells it to.</summary>
public sealed class FakeSource : IAsyncLifetime
{
    private WebApplication? _app;

    public string Url { get; private set; } = "";

    public RequestDelegate Answer { get; set; } = context => context.Response.WriteAsync("{}");

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(context => Answer(context));
        await _app.StartAsync();
        Url = _app.Urls.Single();
    }

    /// <summary>Answers every request with this text.</summary>
    public void Say(string body, int status = 200) => Answer = async context =>
    {
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(body);
    };

    public async Task DisposeAsync() => await _app!.DisposeAsync();
}
