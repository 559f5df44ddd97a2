using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OrderService.Tests.Telemetry;
using OrderService.Venues.Stacks;
using OrderService.Venues.Stacks.Node;

namespace OrderService.Tests.StacksVenue;

/// <summary>A node that answers every request as the test says.</summary>
internal sealed class FakeNode : IAsyncDisposable
{
    private readonly LoopbackHost _host;

    private FakeNode(LoopbackHost host, TimeSpan timeout)
    {
        _host = host;
        Node = new StacksNode(host.Client, host.Client, new StacksOptions { RequestTimeout = timeout });
    }

    public StacksNode Node { get; }

    public static async Task<FakeNode> StartAsync(RequestDelegate answer, TimeSpan? timeout = null) =>
        new(await LoopbackHost.StartAsync(_ => { }, app => app.Run(answer)), timeout ?? TimeSpan.FromMinutes(1));

    public static Task<FakeNode> StartAsync(int status, string body) => StartAsync(context =>
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(body);
    });

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
