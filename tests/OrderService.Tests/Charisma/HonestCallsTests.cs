using System.Text;
using System.Text.Json.Nodes;
using OrderService.Tests.Http;
using OrderService.Tests.Panora;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Charisma;

/// <summary>
/// What the native API says of an order while its transactions fail, is told and asked again; on a clock and blocks of the test's own.
/// </summary>
public sealed class HonestCallsTests : IAsyncLifetime
{
    private readonly PanoraWorld _world = new();
    private Wallet _wallet = null!;

    public async Task InitializeAsync()
    {
        await _world.InitializeAsync();
        _wallet = await Wallet.OfDemoAsync(_world.Http, _world.Get<SimulatedOptions>().DemoKey);
    }

    public Task DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task M11_A_recipient_that_the_swap_runs_through_is_400_and_one_that_nobody_has_a_key_of_is_taken()
    {
        var world = _world.Get<SimulatedWorld>();
        var doomed = world.Vaults.Keys.Select(vault => vault.ToString()).Append(world.Router.ToString()).Append(_wallet.SellToken).ToList();
        doomed.Count.ShouldBeGreaterThan(3);
        foreach (var recipient in doomed)
        {
            var (status, body) = await _wallet.PostOrderAsync(_wallet.Order(b => b["recipient"] = recipient));
            (status, (string?)body["details"]!["field"]).ShouldBe((400, "recipient"), recipient);
            ((string)body["error"]!).ShouldStartWith("recipient ");
        }
        foreach (var taken in (string[])["ST000000000000000000002AMW42H", "ST000000000000000000002AMW42H.treasury",
            _wallet.Stranger().Address])
        {
            (await _wallet.PostOrderAsync(_wallet.Order(b => b["recipient"] = taken))).Status.ShouldBe(200, taken);
        }
    }

    [Fact]
    public async Task W19_What_was_sent_cannot_be_paused()
    {
        var uuid = await CreateAsync();
        var txid = await ExecuteAsync(uuid);
        var (status, refused) = await _wallet.AskAsync(HttpMethod.Patch, uuid, "pause", at: _world.Time.GetUtcNow());
        (status, (string?)refused["code"], (string?)refused["details"]!["txid"]).ShouldBe((409, "order_in_flight", txid));
        var order = await ReadAsync(uuid);
        ((string?)order["status"], order["paused"]).ShouldBe(("broadcasted", null));
    }

    [Fact]
    public async Task M15_A_call_makes_one_try_of_a_manual_order_and_what_it_answered_is_listed_and_found_for_ever()
    {
        var uuid = await CreateAsync();
        var first = await ExecuteAsync(uuid);
        await _world.MineAbortAsync(_wallet.Address);
        await _world.BeatAsync(20, TimeSpan.FromMinutes(1));
        var order = await ReadAsync(uuid);
        ((string?)order["status"], order["attempts"]!.AsArray().Count).ShouldBe(("open", 1), order.ToJsonString());
        order["reason"].ShouldNotBeNull();

        var second = await ExecuteAsync(uuid, new JsonObject { ["retry"] = true });
        await _world.MineAbortAsync(_wallet.Address);
        for (var i = 0; i < 4; i++) await _world.BeatAsync(TimeSpan.FromSeconds(5));
        order = await ReadAsync(uuid);
        ((string?)order["status"]).ShouldBe("confirmed", order.ToJsonString());
        var attempts = order["attempts"]!.AsArray();
        attempts.Select(a => (string)a!["status"]!).ShouldBe(["reverted", "reverted", "confirmed"]);
        attempts.Take(2).Select(a => (string)a!["txid"]!).ShouldBe([first, second]);
        foreach (var attempt in attempts) (await FoundAsync((string)attempt!["txid"]!)).ShouldBe([uuid]);
        (await FoundAsync(first[..20].ToUpperInvariant())).ShouldBe([uuid]);
    }

    [Fact]
    public async Task M15_A_retry_of_the_wrong_type_is_400_and_names_it()
    {
        var uuid = await CreateAsync();
        var (status, body) = await AskExecuteAsync(uuid, new JsonObject { ["retry"] = "yes" });
        (status, (string?)body["details"]!["field"]).ShouldBe((400, "retry"), body.ToJsonString());
        (status, body) = await AskExecuteAsync(uuid, null, "?retry=perhaps");
        (status, (string?)body["details"]!["field"]).ShouldBe((400, "retry"), body.ToJsonString());
        (await AskExecuteAsync(uuid, null, "?retry=true")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task M16_A_cancel_after_a_revert_is_200_and_the_order_reads_cancelling_until_its_uuid_is_spent()
    {
        var uuid = await CreateAsync(Wallet.AtOnce);
        await _world.SendAsync();
        await _world.MineAbortAsync(_wallet.Address);
        ((string?)(await ReadAsync(uuid))["status"]).ShouldBe("open");

        for (var i = 0; i < 2; i++)
        {
            var (status, answer) = await CancelAsync(uuid);
            (status, (string?)answer["code"], (string?)answer["data"]!["status"],
                (string?)answer["data"]!["code"]).ShouldBe((200, "order_cancelling", "cancelling", "order_cancelling"),
                    answer.ToJsonString());
            await _world.SendAsync(); // the spend is on its way, and again there is nothing that could still swap
        }
        (await ListedAsync("?status=open")).ShouldContain(uuid);
        (await ListedAsync("?status=cancelling")).ShouldBe([uuid]);
        await _world.SettleAsync();
        var order = await ReadAsync(uuid);
        ((string?)order["status"], order["code"], order["cancelledAt"] is null).ShouldBe(("cancelled", null, false), order.ToJsonString());
        order["attempts"]!.AsArray().Select(a => $"{a!["kind"]} {a["status"]}").ShouldBe(["swap reverted", "spend confirmed"]);
        await _world.BeatAsync(5, TimeSpan.FromMinutes(1));
        (await _world.ScalarAsync($"SELECT count(*) FROM simulator.swaps WHERE uuid = '{uuid}'")).ShouldBe(0);
    }

    [Fact]
    public async Task M16_A_cancel_while_a_swap_may_still_confirm_is_409_with_its_id()
    {
        var uuid = await CreateAsync(Wallet.AtOnce);
        await _world.SendAsync();
        var (status, refused) = await CancelAsync(uuid);
        (status, (string?)refused["code"],
            (string?)refused["details"]!["txid"]).ShouldBe((409, "order_in_flight", (string?)(await ReadAsync(uuid))["txid"]));
    }

    [Fact]
    public async Task M16_A_cancel_of_an_order_that_is_ending_as_failed_is_200_too()
    {
        var uuid = await CreateAsync(Wallet.AtOnce);
        for (var i = 0; i < 3; i++)
        {
            await _world.SendAsync();
            await _world.MineAbortAsync(_wallet.Address);
            _world.Time.Advance(TimeSpan.FromSeconds(5));
        }
        await _world.SendAsync(); // its tries are used up: a spend is out
        var (status, answer) = await CancelAsync(uuid);
        (status, (string?)answer["data"]!["status"]).ShouldBe((200, "cancelling"), answer.ToJsonString());
        await _world.SettleAsync();
        ((string?)(await ReadAsync(uuid))["status"]).ShouldBe("cancelled");
    }

    [Fact]
    public async Task Execute_keeps_to_the_window_and_skips_the_price()
    {
        var from = _world.Time.GetUtcNow().AddHours(1);
        var uuid = await CreateAsync(b =>
        {
            (b["conditionToken"], b["targetPrice"], b["direction"]) = (".stx", "1000000", "gt");
            (b["validFrom"], b["validTo"]) = (Iso(from), Iso(from.AddHours(1)));
        });
        var (status, early) = await AskExecuteAsync(uuid);
        (status, (string?)early["code"]).ShouldBe((400, "not_yet_valid"), early.ToJsonString());
        ((string)early["error"]!).ShouldContain($"validFrom, {Iso(from)}");
        (await ReadAsync(uuid))["attempts"].ShouldBeNull();
        _world.Time.Advance(TimeSpan.FromHours(1));
        (await ExecuteAsync(uuid)).Length.ShouldBe(64);

        var late = await CreateAsync(b => b["validTo"] = Iso(from.AddMinutes(1)));
        _world.Time.Advance(TimeSpan.FromMinutes(2));
        (status, var closed) = await AskExecuteAsync(late);
        (status, (string?)closed["code"]).ShouldBe((400, "order_not_open"));
    }

    private static string Iso(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private async Task<string> CreateAsync(Action<JsonObject>? more = null)
    {
        var body = _wallet.Order(more);
        var (status, answer) = await _wallet.PostOrderAsync(body);
        status.ShouldBe(200, answer.ToJsonString());
        return (string)body["uuid"]!;
    }

    private async Task<JsonNode> ReadAsync(string uuid) => (await _wallet.GetAsync($"/api/v1/orders/{uuid}")).Body["data"]!;

    private Task<(int Status, JsonNode Body)> CancelAsync(string uuid) =>
        _wallet.AskAsync(HttpMethod.Patch, uuid, "cancel", at: _world.Time.GetUtcNow());

    private async Task<string> ExecuteAsync(string uuid, JsonObject? more = null)
    {
        var (status, answer) = await AskExecuteAsync(uuid, more);
        status.ShouldBe(200, answer.ToJsonString());
        return (string)answer["txid"]!;
    }

    // The proof in the body, as the original documents it, so that what stands beside it is read with it.
    private Task<(int Status, JsonNode Body)> AskExecuteAsync(string uuid, JsonObject? more = null, string query = "")
    {
        var message = Message("execute_order", $",\"uuid\":\"{uuid}\"");
        var body = new JsonObject { ["message"] = message, ["signature"] = _wallet.Sign(message), ["walletAddress"] = _wallet.Address };
        foreach (var (name, value) in more ?? []) body[name] = value?.DeepClone();
        return _wallet.SendAsync(new HttpRequestMessage(HttpMethod.Post,
            $"/api/v1/orders/{uuid}/execute{query}")
            {
                Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
            });
    }

    private Task<List<string>> FoundAsync(string text) => ListedAsync($"?search={text}");

    private async Task<List<string>> ListedAsync(string query)
    {
        var (status, page) = await _wallet.GetAsync($"/api/v1/orders{query}&owner={_wallet.Address}&limit=50", request =>
        {
            var message = Message("list_orders", $",\"owner\":\"{_wallet.Address}\"");
            request.Headers.Add("x-message", message);
            request.Headers.Add("x-signature", _wallet.Sign(message));
        });
        status.ShouldBe(200, page.ToJsonString());
        return [.. page["data"]!.AsArray().Select(o => (string)o!["uuid"]!)];
    }

    private string Message(string action, string more) =>
        $$"""{"action":"{{action}}","timestamp":{{_world.Time.GetUtcNow().ToUnixTimeMilliseconds()}},"salt":"{{Guid.NewGuid():N}}"{{more}}}""";
}
