using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OrderService.Tests.Telemetry;

namespace OrderService.Tests.StacksVenue;

/// <summary>A node in front of the devnet that passes everything on, and says of some of it what is not so.</summary>
internal sealed class LyingNode : IAsyncDisposable
{
    private readonly LoopbackHost _host;

    private LyingNode(LoopbackHost host) => _host = host;

    public string Url => _host.Url;

    /// <summary>Changes the answer of a path; null tells the truth.</summary>
    public Action<string, JsonObject>? Lie { get; set; }

    /// <summary>Lies about an account that pays: so much is added to its nonce.</summary>
    public void AddToNonces(long added) => Lie = (path, answer) =>
    {
        if (path.StartsWith("/v2/accounts/", StringComparison.Ordinal)) answer["nonce"] = (long)answer["nonce"]! + added;
    };

    /// <summary>Lies about what became of transactions.</summary>
    public void Receipts(Action<JsonObject> lie) => Lie = (path, answer) =>
    {
        if (path.StartsWith("/extended/v1/tx/", StringComparison.Ordinal) && answer.ContainsKey("block_height")) lie(answer);
    };

    public static async Task<LyingNode> StartAsync(DevnetProcess devnet)
    {
        LyingNode? node = null;
        var host = await LoopbackHost.StartAsync(_ => { }, app => app.Run(context => node!.PassOnAsync(devnet, context)));
        return node = new LyingNode(host);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private async Task PassOnAsync(DevnetProcess devnet, HttpContext context)
    {
        using var request =
            new HttpRequestMessage(new HttpMethod(context.Request.Method), context.Request.Path + context.Request.QueryString.Value);
        if (context.Request.ContentType is { } type)
        {
            request.Content = new StreamContent(context.Request.Body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }
        using var answer = await devnet.Http.SendAsync(request);
        var body = await answer.Content.ReadAsByteArrayAsync();
        if (Lie is { } lie && answer.IsSuccessStatusCode && JsonNode.Parse(body) is JsonObject said)
        {
            lie(context.Request.Path, said);
            body = Encoding.UTF8.GetBytes(said.ToJsonString());
        }
        context.Response.StatusCode = (int)answer.StatusCode;
        await context.Response.Body.WriteAsync(body);
    }
}
