using System.Globalization;
using System.Text.Json.Nodes;
using OrderService.Engine.Execution;
using OrderService.Engine.Pricing;
using OrderService.Stacks.Crypto;
using OrderService.Tests.CommandLine;
using OrderService.Tests.Ground;
using OrderService.Tests.SwapCoffee;
using OrderService.Tests.Tread;

namespace OrderService.Tests.Http;

/// <summary>Of an order that was dropped with its month each wire says that it is gone, in its own shape; to strangers, nothing.</summary>
public sealed class EndedDroppedTests(EndedFixture service) : IClassFixture<EndedFixture>
{
    private const string Gone = "The order ended at ";

    [Fact]
    public async Task What_was_dropped_is_gone_in_each_wire_s_own_shape_and_unknown_to_strangers()
    {
        var user = await service.UserAsync();
        await user.OpenAsync("ended", cha: 10_000, susdt: 10_000);
        var (panora, tread, strategies) = (await PanoraAsync(user), await TreadAsync(user), await StrategiesAsync());
        await DropAsync();
        await PanoraGoneAsync(user, panora);
        await TreadGoneAsync(user, tread);
        await StrategiesGoneAsync(strategies.Client, strategies.Id);
    }

    private async Task<string> PanoraAsync(TreadClient user)
    {
        var sell = service.Get<TokenRegistry>().All.First(t => t.Symbol == "sUSDT-subnet").Id.ToString();
        var (status, made) = await CallAsync(user, "/limit/v1/createOrder", new JsonObject
        {
            ["toWalletAddress"] = user.Owner, ["fromWalletAddress"] = user.Owner, ["fromTokenAddress"] = sell, ["toTokenAddress"] = ".stx",
            ["fromTokenAmount"] = "1", ["rateToTokenPerFromToken"] = "100000",
        });
        status.ShouldBe(200, made.ToJsonString());
        var id = (string)made["panoraTxId"]!;
        (await CallAsync(user, "/limit/v1/cancelOrder", new JsonObject { ["panoraTxId"] = id })).Status.ShouldBe(200);
        return id;
    }

    private static async Task<string> TreadAsync(TreadClient user)
    {
        var id = (string)(await user.PlaceAsync(user.Waiting()))["id"]!;
        (await user.SendAsync(HttpMethod.Delete, $"/api/order/{id}")).Status.ShouldBe(200);
        return id;
    }

    private async Task<(StrategyClient Client, string Id)> StrategiesAsync()
    {
        var sell = service.Get<TokenRegistry>().All.First(t => t.Symbol == "CHA-subnet").Id.ToString();
        var client = new StrategyClient(service.Http, PrivateKey.Generate(), sell);
        await client.OpenAsync();
        var id = await client.CreatedAsync(client.Limit("999999999999"));
        (await client.SendAsync(HttpMethod.Delete, $"order?id={id}")).Status.ShouldBe(200);
        return (client, id);
    }

    private async Task DropAsync()
    {
        await Until.Async(async () =>
        {
            while (await service.Get<MoveEnded>().TickAsync(CancellationToken.None) > 0) { }
            return await service.CountAsync("SELECT count(*) FROM orders");
        }, left => left == 0);
        var months = new[] { DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddHours(-1) } // the month may end meanwhile
            .Select(at => at.ToString("yyyy-MM", CultureInfo.InvariantCulture)).Distinct();
        foreach (var month in months)
        {
            var run = await CommandRun.OfAsync(
                "drop-ended", "--month", month, "--early", "--without-export", "--connection", service.ConnectionString);
            run.ExitCode.ShouldBe(0, run.Error);
        }
    }

    private async Task PanoraGoneAsync(TreadClient user, string id)
    {
        var body = new JsonObject { ["panoraTxId"] = id };
        var (status, answer) = await CallAsync(user, "/limit/v1/cancelOrder", body);
        (status, (string)answer["code"]!, (string)answer["error"]!).ShouldBe((410, "order_gone", "Gone"));
        ((string)answer["message"]!).ShouldStartWith(Gone);
        (await CallAsync(user, "/dca/v1/cancelOrder", body)).Status.ShouldBe(404); // of the other product
        (await CallAsync(await service.UserAsync(), "/limit/v1/cancelOrder", body)).Status.ShouldBe(404);
    }

    private async Task TreadGoneAsync(TreadClient user, string id)
    {
        var stranger = await service.UserAsync();
        foreach (var path in (string[])[$"/api/order/{id}", $"/api/order_summary/{id}"])
        {
            var answer = await user.GetAsync(path);
            (answer.Status, answer.Code).ShouldBe((410, "order_gone"), path);
            ((string)answer.Json!).ShouldStartWith(Gone);
            (await stranger.GetAsync(path)).Code.ShouldBe("foreign_order", path);
        }
        (await user.SendAsync(HttpMethod.Delete, $"/api/order/{id}")).Status.ShouldBe(410);
        foreach (var path in (string[])["/api/pause_order", "/api/resume_order"])
            Named(await user.PostAsync(path, new JsonObject { ["order_id"] = id }), path);
        Named(
            await user.PostAsync("/api/amend_order",
                new JsonObject { ["order_id"] = id, ["changes"] = new JsonObject { ["duration"] = 7200 } }), "amend");
        foreach (var path in (string[])[$"/api/placements?order_id={id}", $"/api/order_errors?order_ids={id}"])
        {
            Named(await user.GetAsync(path), path);
            (await stranger.GetAsync(path)).Code.ShouldBe("foreign_order", path);
        }
        (await user.GetAsync("/api/order/11111111-1111-4111-8111-111111111111")).Code.ShouldBe("order_not_found");

        static void Named(TreadAnswer answer, string path)
        {
            (answer.Status, answer.Code).ShouldBe((410, "order_gone"), path);
            ((string)answer.Json["error"]!).ShouldStartWith(Gone);
        }
    }

    private static async Task StrategiesGoneAsync(StrategyClient client, string id)
    {
        foreach (var (method, body) in ((HttpMethod, JsonObject?)[])
            [(HttpMethod.Get, null), (HttpMethod.Delete, null), (HttpMethod.Patch, new JsonObject { ["slippage"] = 0.02 })])
        {
            Refused(await client.SendAsync(method, $"order?id={id}", body));
        }
        Refused(await client.AskAsync(HttpMethod.Delete, $"/v1/strategies/cancel/by-id/{id}",
            more: request => request.Headers.Add("X-Api-Key", TreadFixture.AdminKey)));
        var stranger = client.Stranger();
        await stranger.OpenAsync();
        (await stranger.SendAsync(HttpMethod.Get, $"order?id={id}")).Status.ShouldBe(404);

        static void Refused(Answer answer)
        {
            answer.Status.ShouldBe(410, answer.Body?.ToJsonString());
            answer.Error.ShouldStartWith(Gone);
        }
    }

    private async Task<(int Status, JsonNode Body)> CallAsync(TreadClient user, string path, JsonObject body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-API-Key", user.Token);
        using var answer = await service.Http.SendAsync(request);
        return ((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }
}
