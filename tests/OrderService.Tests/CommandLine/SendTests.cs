using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OrderService.Tests.Telemetry;

namespace OrderService.Tests.CommandLine;

public sealed class SendTests
{
    private const string Router = "ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM.x-multihop";
    private const string Token = "ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM.x-charisma-token";
    private const string Network = $$$"""{"status":"success","data":{"venue":"simulated","network":"testnet","chainId":2147483648,"router":"{{{Router}}}","service":"orders.example","proofDomain":"orders.example/testnet"}}""";

    [Fact]
    public async Task The_service_says_what_to_sign_for_and_gets_the_order()
    {
        var received = "";
        await using var service = await ServiceAsync(Network, async request =>
        {
            received = await new StreamReader(request.Body).ReadToEndAsync();
            return Results.Text("""{"status":"success"}""", "application/json");
        });

        var run = await CommandRun.OfAsync([.. Order(service.Url), "--send"]);

        run.ShouldBe(run with { ExitCode = 0, Out = $$"""{"status":"success"}{{Environment.NewLine}}""" });
        run.Error.ShouldContain($"{Router} on testnet may draw 1000000");
        // What the vector signs: the router and chain id are the service's.
        received.ShouldContain("dc43a66df58f6d6d7a8e93b73e3ff00a71b1ad6cdc045b245b941f411558cdc420bea428ea0cd10995792241ec82e0167267c304dd364e774e41c0f54832fdce01");
    }

    [Fact]
    public async Task A_refusal_is_printed_and_ends_with_1()
    {
        await using var service =
            await ServiceAsync(Network, _ => Task.FromResult(Results.Text("""{"error":"no"}""", "application/json", statusCode: 409)));

        var run = await CommandRun.OfAsync([.. Order(service.Url), "--send"]);

        run.ExitCode.ShouldBe(1);
        run.Out.ShouldContain("""{"error":"no"}""");
        run.Error.ShouldContain("refused with status 409");
    }

    [Theory]
    [InlineData("""{"status":"success","data":{"network":"testnet","chainId":1,"router":"ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM.x-multihop"}}""")]
    [InlineData("""{"status":"success","data":{"network":"moonnet","chainId":1,"router":"ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM.x-multihop"}}""")]
    [InlineData("""{"status":"success","data":{"network":"testnet","chainId":2147483648,"router":"nobody"}}""")]
    [InlineData("""{"status":"success","data":{"network":"testnet","chainId":-1}}""")]
    [InlineData("[]")]
    [InlineData("<html>")]
    public async Task A_service_that_does_not_say_clearly_gets_no_signature(string network)
    {
        await using var service = await ServiceAsync(network, _ => throw new InvalidOperationException("must not be asked"));

        var run = await CommandRun.OfAsync(Order(service.Url));

        run.ExitCode.ShouldBe(1);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldContain("does not say which network and router");
    }

    [Fact]
    public async Task The_network_that_was_named_outweighs_the_services()
    {
        await using var service = await ServiceAsync(Network, _ => throw new InvalidOperationException("must not be asked"));
        var run = await CommandRun.OfAsync([.. Order(service.Url), "--network", "mainnet"]);
        (run.ExitCode, run.Out).ShouldBe((1, ""));
        run.Error.ShouldContain("The service is on testnet, not on mainnet.");
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_one_sentence()
    {
        var run = await CommandRun.OfAsync(Order("http://127.0.0.1:1"));
        (run.ExitCode, run.Out).ShouldBe((1, ""));
        run.Error.ShouldContain("http://127.0.0.1:1/ cannot be reached");
        run.Error.TrimEnd().ShouldNotContain("\n");
    }

    private static string[] Order(string url) =>
    [
        "sign", "order", "--url", url, "--key", "7287ba251d44a4d3fd9276c88ce34c5c52a038955511cccaf77e61068649c17801",
        "--input-token", Token, "--output-token", ".stx", "--amount", "1000000", "--uuid", "e8bc163c-82ee-4187-b328-8c7d4ac636db",
    ];

    private static Task<LoopbackHost> ServiceAsync(string network, Func<HttpRequest, Task<IResult>> answer) =>
        LoopbackHost.StartAsync(_ => { }, app =>
        {
            app.MapGet("/api/v1/network", () => Results.Text(network, "application/json"));
            app.MapPost("/api/v1/orders/new", answer);
        });
}
