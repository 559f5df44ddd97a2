using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using StandardWebhooks;

namespace OrderService.Tests.Webhooks;

/// <summary>One message as it arrived.</summary>
internal sealed record ReceivedMessage(string Id, string Body, IHeaderDictionary Headers)
{
    /// <summary>True where a reader of Standard Webhooks that has this secret takes it.</summary>
    public bool IsSignedWith(string secret) =>
        Headers["webhook-signature"].ToString().Split(' ').Any(signature => IsSignedWith(secret, signature));

    // One signature after the other: this reader looks at the first of several alone.
    private bool IsSignedWith(string secret, string signature)
    {
        try
        {
            new StandardWebhook(secret).Verify(Body,
                new HeaderDictionary(Headers.ToDictionary(header => header.Key, header => header.Value))
                {
                    ["webhook-signature"] = signature,
                });
            return true;
        }
        catch (StandardWebhooks.Diagnostics.WebhookVerificationException)
        {
            return false;
        }
    }

    public System.Text.Json.Nodes.JsonNode Json => System.Text.Json.Nodes.JsonNode.Parse(Body)!;

    public string Kind => (string)Json["type"]!;

    public string? Order => (string?)Json["data"]!["order"];
}

/// <summary>Somebody who wants to be told, and answers as a test says.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Receiver(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.First());

    /// <summary>What came, in order.</summary>
    public ConcurrentQueue<ReceivedMessage> Received { get; } = new();

    /// <summary>Status, body, and where it points to.</summary>
    public Func<ReceivedMessage, (int Status, string Body, string? Location)> Answers { get; set; } = _ => (200, "ok", null);

    /// <summary>Held until it is let go.</summary>
    public Func<CancellationToken, Task> Wait { get; set; } = _ => Task.CompletedTask;

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new Receiver(app);
        app.MapFallback(receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var headers = new HeaderDictionary();
        foreach (var (name, value) in context.Request.Headers) headers[name] = value;
        var message = new ReceivedMessage(context.Request.Headers["webhook-id"].ToString(), await reader.ReadToEndAsync(), headers);
        Received.Enqueue(message);
        await Wait(context.RequestAborted);
        var (status, body, location) = Answers(message);
        context.Response.StatusCode = status;
        if (location is not null) context.Response.Headers.Location = location;
        await context.Response.WriteAsync(body);
    }
}
