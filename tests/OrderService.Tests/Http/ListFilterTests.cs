using System.Text.Json.Nodes;

namespace OrderService.Tests.Http;

/// <summary>What a list finds, over HTTP and the store.</summary>
public sealed class ListFilterTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private Wallet Wallet => service.Wallet;

    [Fact]
    public async Task W11_A_list_has_what_was_asked_for_and_nothing_else()
    {
        var strategy = $"grid {Guid.NewGuid():N}";
        var first = await CreatedAsync(body => body["strategyId"] = strategy);
        var second = await CreatedAsync(body => (body["strategyId"], body["note"]) = (strategy, "\ud83d\ude00"));
        var other = await CreatedAsync(body => body["metadata"] = new JsonObject { ["strategyId"] = strategy });
        var done = await CreatedAsync(Wallet.AtOnce);
        await Wallet.WaitAsync(done, "confirmed");

        (await ListAsync($"strategyId={Uri.EscapeDataString(strategy)}")).ShouldBe([first, second], ignoreOrder: true);
        (await ListAsync("strategyId=another")).ShouldBeEmpty();
        (await ListAsync("status=filled")).ShouldBe([done]);
        (await ListAsync("status=confirmed,open")).ShouldBe([first, second, other, done], ignoreOrder: true);
        (await ListAsync("status=partially_filled")).ShouldBeEmpty(); // one swap is filled or it is not
        (await ListAsync("token=.stx&status=open")).Count.ShouldBe(3);
        (await ListAsync($"pair=.stx/{Wallet.SellToken}")).Count.ShouldBe(4);
        (await ListAsync($"pair=.stx/{Wallet.Router.Issuer}.other")).ShouldBeEmpty();
        var since = (string)(await Wallet.GetAsync($"/api/v1/orders/{done}")).Body["data"]!["createdAt"]!;
        (await ListAsync($"since={since}")).ShouldContain(done);
        (await ListAsync("since=2100-01-01T00:00:00Z")).ShouldBeEmpty();
        (await AskAsync("status=nope")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_price_is_measured_in_the_subnet_s_sUSDT_where_an_order_does_not_say()
    {
        var (_, all) = await Wallet.GetAsync("/api/v1/tokens");
        var susdt = (string)all["data"]!.AsArray().Single(t => (string?)t!["symbol"] == "sUSDT-subnet")!["contractId"]!;
        await using var source = Npgsql.NpgsqlDataSource.Create(service.ConnectionString);
        foreach (var (given, pair) in new[] { ((string?)null, susdt), ("USD", "USD"), (susdt, susdt) })
        {
            var uuid = await CreatedAsync(body =>
            {
                (body["conditionToken"], body["targetPrice"], body["direction"]) = (".stx", "1000", "gt");
                if (given is not null) body["baseAsset"] = given;
            });
            await using var command =
                source.CreateCommand($"SELECT p.base FROM slices s JOIN price_pairs p ON p.id = s.pair_id WHERE s.order_id = '{uuid}'");
            ((string?)await command.ExecuteScalarAsync()).ShouldBe(pair);
        }
    }

    private async Task<string> CreatedAsync(Action<JsonObject> more)
    {
        var (status, made) = await Wallet.PostOrderAsync(Wallet.Order(more));
        status.ShouldBe(200, made.ToJsonString());
        return (string)made["data"]!["uuid"]!;
    }

    private async Task<List<string>> ListAsync(string query)
    {
        var (status, body) = await AskAsync(query);
        status.ShouldBe(200, body.ToJsonString());
        return [.. body["data"]!.AsArray().Select(o => (string)o!["uuid"]!)];
    }

    private Task<(int Status, JsonNode Body)> AskAsync(string query)
    {
        var message = $$"""{"service":"{{OrderService.Tests.Auth.TestWallet.Service}}","chainId":{{Wallet.ChainId}},"address":"{{Wallet.Address}}","action":"list_orders","owner":"{{Wallet.Address}}","timestamp":{{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}}}""";
        return Wallet.GetAsync($"/api/v1/orders?{query}", request =>
        {
            request.Headers.Add("x-message", message);
            request.Headers.Add("x-signature", Wallet.Sign(message));
        });
    }
}
