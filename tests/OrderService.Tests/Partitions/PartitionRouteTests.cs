using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using OrderService.Domain.Orders;
using OrderService.Stacks.Addresses;
using OrderService.Tests.Auth;
using OrderService.Tests.Ground;
using OrderService.Tests.Http;

namespace OrderService.Tests.Partitions;

/// <summary>Calls find their owner's partition, whatever they are known by, and nothing of an owner is in another.</summary>
public sealed class PartitionRouteTests(PartitionedService service) : IClassFixture<PartitionedService>
{
    private PartitionedNode Node => service.Node;

    [Fact]
    public async Task Orders_of_twenty_owners_are_stored_read_listed_executed_and_cancelled_where_they_belong()
    {
        var wallets = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Node.FundedAsync()));
        var (before, places) = (await service.CountAsync("SELECT count(*) FROM orders"), wallets.CountBy(PartitionedService.PlaceOf)
            .ToDictionary());
        var executed = await Task.WhenAll(wallets.Select(wallet => PlaceAsync(wallet)));
        var cancelled = await Task.WhenAll(wallets.Select(wallet => PlaceAsync(wallet)));
        var after = await service.CountAsync("SELECT count(*) FROM orders");
        after.Zip(before, (now, then) => now - then)
            .ShouldBe(Enumerable.Range(0, 4).Select(number => 2L * places.GetValueOrDefault(number)));
        foreach (var (wallet, run, end) in wallets.Zip(executed, cancelled))
        {
            (await Node.Demo.GetAsync($"/api/v1/orders/{run}")).Body["data"]!["owner"]!.GetValue<string>().ShouldBe(wallet.Address);
            var (status, body) = await wallet.AskAsync(HttpMethod.Post, run, "execute");
            status.ShouldBe(200, body.ToJsonString());
            (await wallet.AskAsync(HttpMethod.Patch, end, "cancel")).Status.ShouldBe(200);
            (await ListAsync(wallet)).Order().ShouldBe(((string[])[run, end]).Order());
        }
        foreach (var (wallet, run, end) in wallets.Zip(executed, cancelled))
        {
            await wallet.WaitAsync(run, "confirmed");
            ((string?)(await wallet.GetAsync($"/api/v1/orders/{end}")).Body["data"]!["status"]).ShouldBe("cancelled");
        }
        (await service.CountAsync("SELECT count(DISTINCT owner) FROM orders"))
            .Sum().ShouldBe((await DistinctOwnersAsync()).Count, "an owner is in one partition");
    }

    [Fact]
    public async Task A_uuid_is_found_by_whoever_asks_and_a_key_is_judged_wherever_its_order_is()
    {
        var mine = Of(2);
        var stranger = Of(1);
        var uuid = await PlaceAsync(mine);
        var key = await KeyAsync(stranger, "\"cancel\"");
        var (status, body) = await Node.Demo.GetAsync($"/api/v1/orders/{uuid}", request => request.Headers.Add("X-API-Key", key));
        (status, (string?)body["data"]!["uuid"]).ShouldBe((200, uuid), "what a wallet signed is read by whoever knows its uuid");
        using var foreign = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/orders/{uuid}/cancel");
        foreign.Headers.Add("X-API-Key", key);
        (status, body) = await Node.Demo.SendAsync(foreign);
        (status, (string?)body["code"]).ShouldBe((403, "wrong_wallet"), "as where both are in one store");
        (await Node.Demo.GetAsync($"/api/v1/orders/{Guid.NewGuid()}")).Status.ShouldBe(404);
        using var own = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/orders/{uuid}/cancel");
        own.Headers.Add("X-API-Key", await KeyAsync(mine, "\"cancel\""));
        (await Node.Demo.SendAsync(own)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_same_uuid_is_another_order_for_another_owner_and_each_changes_his_own()
    {
        var (first, second) = (Of(3), Of(0));
        var uuid = Guid.NewGuid().ToString();
        foreach (var wallet in (Wallet[])[first, second])
        {
            var (status, answer) = await wallet.PostOrderAsync(wallet.Order(body => body["uuid"] = uuid));
            status.ShouldBe(200, answer.ToJsonString());
        }
        using var cancel = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/orders/{uuid}/cancel");
        cancel.Headers.Add("X-API-Key", await KeyAsync(second, "\"cancel\""));
        (await Node.Demo.SendAsync(cancel)).Status.ShouldBe(200);
        ((string?)(await first.GetAsync($"/api/v1/orders/{uuid}")).Body["data"]!["owner"]).ShouldBe(first.Address, "the older one");
        ((string?)(await first.GetAsync($"/api/v1/orders/{uuid}")).Body["data"]!["status"]).ShouldBe("open");
        (await first.AskAsync(HttpMethod.Patch, uuid, "cancel")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_pause_holds_in_every_partition_and_ends_in_every_one()
    {
        var wallets = Enumerable.Range(0, 4).Select(Of).ToArray();
        try
        {
            (await Node.Operator.PostAsJsonAsync("/operator/pause", new JsonObject { ["why"] = "a test" })).EnsureSuccessStatusCode();
            (await service.CountAsync("SELECT count(*) FROM sends_pause")).ShouldBe([1, 1, 1, 1]);
            foreach (var wallet in wallets)
            {
                var uuid = await PlaceAsync(wallet);
                var (status, body) = await wallet.AskAsync(HttpMethod.Post, uuid, "execute");
                (status, (string?)body["code"]).ShouldBe((503, "sends_paused"));
            }
        }
        finally
        {
            (await Node.Operator.PostAsync("/operator/resume", null)).EnsureSuccessStatusCode();
        }
        (await service.CountAsync("SELECT count(*) FROM sends_pause")).ShouldBe([0, 0, 0, 0]);
    }

    [Fact]
    public async Task Each_owner_reads_his_events_from_the_log_of_his_partition()
    {
        foreach (var number in Enumerable.Range(0, 4))
        {
            var wallet = Of(number);
            var uuid = await PlaceAsync(wallet);
            var key = await KeyAsync(wallet, "\"cancel\"");
            var page = await Until.Async(
                async () => (await wallet.GetAsync("/api/v1/events", request => request.Headers.Add("X-API-Key", key))).Body,
                page => page["data"]!["events"]!.AsArray().Any(e => (string?)e!["order"] == uuid));
            page["data"]!["events"]!.AsArray().Select(e => (string?)e!["owner"]).Distinct().ShouldBe([wallet.Address]);
        }
    }

    [Fact]
    public async Task Health_and_metrics_say_which_partitions_a_node_works_on()
    {
        var told = await Until.Async(Node.PartitionsAsync, all => all.All(one => (bool)one!["isWorkedHere"]!));
        told.Select(one => (int)one!["number"]!).ShouldBe([0, 1, 2, 3]);
        await Until.Async(Node.HealthAsync, health => (string?)health["checks"]!["partitions"]!["status"] == "ok");
        var state = await Node.Operator.GetFromJsonAsync<JsonNode>("/operator/state");
        state!["warnings"]!.AsArray().Select(one => (string?)one!["text"])
            .ShouldContain("of 4 partitions this node works on: 0, 1, 2, 3; the figures are those of partition 0");
        state["partitions"]!.AsArray().Count.ShouldBe(4);
        var metrics = await Node.Operator.GetStringAsync("/metrics");
        foreach (var number in Enumerable.Range(1, 3)) metrics.ShouldContain($"partition=\"{number}\"");
        metrics.Split('\n').Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal)).ShouldBeUnique();
    }

    private async Task<HashSet<string>> DistinctOwnersAsync()
    {
        var owners = new HashSet<string>();
        for (var number = 0; number < 4; number++)
        {
            var path = number == 0 ? "public" : $"partition_{number}";
            await using var source = Npgsql.NpgsqlDataSource.Create(
                new Npgsql.NpgsqlConnectionStringBuilder(service.ConnectionString) { SearchPath = path, Pooling = false });
            await using var command = source.CreateCommand("SELECT DISTINCT owner FROM orders");
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                owners.Add(reader.GetString(0));
                OwnerPartition.Of(StacksAddress.Parse(reader.GetString(0)), 4).ShouldBe(number);
            }
        }
        return owners;
    }

    // A wallet of a partition.
    private Wallet Of(int number)
    {
        while (true)
        {
            var wallet = Node.Demo.Stranger();
            if (PartitionedService.PlaceOf(wallet) == number) return wallet;
        }
    }

    private static async Task<string> PlaceAsync(Wallet wallet)
    {
        var order = wallet.Order();
        var (status, body) = await wallet.PostOrderAsync(order);
        status.ShouldBe(200, body.ToJsonString());
        return (string)order["uuid"]!;
    }

    private static async Task<IEnumerable<string?>> ListAsync(Wallet wallet)
    {
        var key = await KeyAsync(wallet, "\"cancel\"");
        var (status, body) = await wallet.GetAsync("/api/v1/orders", request => request.Headers.Add("X-API-Key", key));
        status.ShouldBe(200, body.ToJsonString());
        return body["data"]!.AsArray().Select(order => (string?)order!["uuid"]);
    }

    private static async Task<string> KeyAsync(Wallet wallet, string permissions)
    {
        var message = $$"""{"service":"{{TestWallet.Service}}","chainId":{{wallet.ChainId}},"address":"{{wallet.Address}}","action":"create_api_key","keyName":"key {{Guid.NewGuid():N}}","permissions":[{{permissions}}],"timestamp":{{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}}}""";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/api-keys")
        {
            Content = new StringContent(new JsonObject
            {
                ["message"] = message, ["signature"] = wallet.Sign(message), ["walletAddress"] = wallet.Address,
            }.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        var (status, made) = await wallet.SendAsync(request);
        status.ShouldBe(200, made.ToJsonString());
        return (string)made["apiKey"]!;
    }
}
