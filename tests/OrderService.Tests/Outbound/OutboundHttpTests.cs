using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OrderService.CommandLine;
using OrderService.Tests.Telemetry;
using OrderService.Venues.Stacks;
using OrderService.Venues.Stacks.Node;

namespace OrderService.Tests.Outbound;

/// <summary>Who was configured is asked, and nobody else.</summary>
public sealed class OutboundHttpTests
{
    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task S13_A_node_that_points_elsewhere_sends_neither_key_nor_transaction_there(int status)
    {
        var elsewhere = new List<string>();
        await using var other = await LoopbackHost.StartAsync(_ => { }, app => app.Run(context =>
        {
            elsewhere.Add($"{context.Request.Method} {context.Request.Path} {context.Request.Headers["x-api-key"]}");
            return context.Response.WriteAsync("""{"nonce":7,"balance":"0x10"}""");
        }));
        var asked = 0;
        await using var host = await LoopbackHost.StartAsync(_ => { }, app => app.Run(context =>
        {
            asked++;
            context.Response.StatusCode = status;
            context.Response.Headers.Location = other.Url + context.Request.Path;
            return Task.CompletedTask;
        }));
        await using var services = NodeServices(host.Url);
        var node = services.GetRequiredService<StacksNodes>();
        await Should.ThrowAsync<HttpRequestException>(
            () => node.AccountAsync(services.GetRequiredService<StacksChain>().Solvers[0], CancellationToken.None));
        await Should.ThrowAsync<HttpRequestException>(() => node.BroadcastAsync([1, 2, 3], CancellationToken.None));
        (asked, elsewhere.Count).ShouldBe((2, 0));
    }

    [Fact]
    public async Task S13_The_command_line_sends_a_signature_to_no_other_address()
    {
        var elsewhere = 0;
        await using var other = await LoopbackHost.StartAsync(_ => { }, app => app.Run(_ =>
        {
            elsewhere++;
            return Task.CompletedTask;
        }));
        await using var host = await LoopbackHost.StartAsync(_ => { }, app => app.Run(context =>
        {
            context.Response.StatusCode = 307;
            context.Response.Headers.Location = other.Url;
            return Task.CompletedTask;
        }));
        using var client = new ServiceClient(new Uri(host.Url));
        var call = new SignedCall(HttpMethod.Post, new Uri(host.Url + "/api/v1/orders/new"), [("x-signature", "secret")], "{}");
        (await client.SendAsync(call, CancellationToken.None)).Status.ShouldBe(307);
        elsewhere.ShouldBe(0);
    }

    private static ServiceProvider NodeServices(string url)
    {
        var deployer = "ST000000000000000000002AMW42H";
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Stacks:NodeUrl"] = url, ["Stacks:NodeApiKey"] = "secret", ["Stacks:Router"] = $"{deployer}.router",
            ["Stacks:Verifier"] = $"{deployer}.verifier",
            ["Stacks:SolverKeys:0"] = new string('1', 64),
        }).Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton(TimeProvider.System);
        services.AddStacksVenue(configuration);
        return services.BuildServiceProvider();
    }
}
