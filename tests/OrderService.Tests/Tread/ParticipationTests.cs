using System.Text.Json.Nodes;
using OrderService.Engine.Pricing;

namespace OrderService.Tests.Tread;

/// <summary>Orders that aim to be a part of the market's volume, where one whole base token is traded in each minute of the day.</summary>
public sealed class ParticipationTests(TreadFixture service) : IClassFixture<TreadFixture>, IAsyncLifetime
{
    private TreadClient _user = null!;

    public async Task InitializeAsync()
    {
        _user = await service.UserAsync();
        await _user.OpenAsync("main", cha: 1_000, susdt: 100);
        var assets = service.Get<TradedAssets>();
        var (cha, susdt) = (assets.Find("CHA")!.Priced, assets.Find("sUSDT")!.Priced);
        // beyond the week that counts at both ends, so that each minute of the day has seven rows in it whenever it is looked at
        await service.SqlAsync($"""
            INSERT INTO volume_minutes (base, quote, minute, base_units, quote_units)
            SELECT '{cha}', '{susdt}', date_trunc('minute', now()) - n * interval '1 minute', 1000000, 50000 FROM generate_series(-60, 8 * 1440) n ON CONFLICT DO NOTHING
            """);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task It_takes_as_long_as_the_forecast_says_and_an_amend_of_the_part_changes_that()
    {
        var order = await PlaceAsync("""{"base_asset_qty":6,"pov_target":0.1}""");
        // sixty tokens at one a minute; a second more where a part of a minute is cut
        ((int)order["duration"]!).ShouldBeInRange(3_600, 3_601);
        var amended = await _user.PostAsync("/api/amend_order/",
            JsonNode.Parse($$$"""{"order_id":"{{{order["id"]}}}","changes":{"pov_target":0.2}}""")!);
        amended.Status.ShouldBe(202, amended.Text);
        var detail = (await _user.GetAsync($"/api/order/{order["id"]}")).Json;
        ((int)detail["duration"]!).ShouldBeInRange(1_800, 1_802);
        ((string?)detail["pov_target"], detail["participation_rate_target_percent"]!.ToJsonString()).ShouldBe(("0.2", "20"));
        (await _user.SendAsync(HttpMethod.Delete, $"/api/order/{order["id"]}")).Status.ShouldBe(200);
    }

    // Ten tokens are expected in ten minutes: a tenth of them, and a quarter more, fits.
    [Fact]
    public async Task A_strict_duration_cuts_the_quantity_to_what_fits()
    {
        var order = await PlaceAsync("""{"base_asset_qty":6,"pov_target":0.1,"duration":600,"strategy_params":{"strict_duration":true}}""");
        ((int)order["duration"]!).ShouldBe(600);
        order["target_order_qty"]!.ToJsonString().ShouldBeOneOf("1.25", "1.249999");
        ((string?)order["sell_token_amount"]).ShouldBe(order["target_order_qty"]!.ToJsonString());
        var small = await PlaceAsync("""{"base_asset_qty":1,"pov_target":0.1,"duration":600,"strategy_params":{"strict_duration":true}}""");
        small["target_order_qty"]!.ToJsonString().ShouldBe("1"); // all of it fits
        foreach (var placed in (JsonNode[])[order, small])
            (await _user.SendAsync(HttpMethod.Delete, $"/api/order/{placed["id"]}")).Status.ShouldBe(200);
    }

    private Task<JsonNode> PlaceAsync(string with) => _user.PlaceAsync(_user.Waiting(body =>
    {
        body["strategy"] = "VWAP";
        body.Remove("duration");
        foreach (var (name, value) in JsonNode.Parse(with)!.AsObject().ToList()) body[name] = value?.DeepClone();
    }));
}
