using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Engine.Pricing;
using OrderService.Tests.Http;

namespace OrderService.Tests.Pricing;

public sealed class PriceRoutesTests(ServiceFixture service) : IClassFixture<ServiceFixture>, IAsyncLifetime
{
    // The poller asks for the venue's tokens only, so what is believed of this one is ours for the length of a test.
    private static readonly TokenId Own = TokenId.Parse("SP000000000000000000002Q6VF78.price-routes");

    private PriceBoard Board => service.Services.GetRequiredService<PriceBoard>();

    public async Task InitializeAsync()
    {
        await service.Services.GetRequiredService<PricePoller>().PollAsync(CancellationToken.None);
        Publish("0.000000000000000001", DateTimeOffset.UtcNow);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task The_list_has_the_shape_of_the_original_and_every_digit()
    {
        var (status, root) = await GetAsync($"/api/v1/prices?token={Own}");
        status.ShouldBe(HttpStatusCode.OK);
        root.GetProperty("status").GetString().ShouldBe("success");
        var price = root.GetProperty("data").EnumerateArray().Single();
        price.GetProperty("usdPrice").GetRawText().ShouldBe("0.000000000000000001");
        price.GetProperty("usdPriceExact").GetString().ShouldBe("0.000000000000000001");
        price.EnumerateObject().Select(property => property.Name).ShouldBe(
            ["tokenId", "symbol", "name", "decimals", "image", "usdPrice", "usdPriceExact", "sbtcRatio", "confidence", "lastUpdated",
                "totalLiquidity", "isLpToken", "intrinsicValue", "marketPrice"]);
        root.GetProperty("metadata").EnumerateObject().Select(property => property.Name).ShouldBe(
            ["count", "totalTokensAvailable", "processingTimeMs", "lakehouseData", "lastUpdated", "queryParams"]);
    }

    [Fact]
    public async Task The_list_is_cut_by_limit_and_by_the_least_price()
    {
        var (_, all) = await GetAsync("/api/v1/prices?limit=1000");
        var total = all.GetProperty("data").GetArrayLength();
        total.ShouldBeGreaterThan(2);
        total.ShouldBe(all.GetProperty("metadata").GetProperty("totalTokensAvailable").GetInt32());
        (await GetAsync("/api/v1/prices?limit=2")).Root.GetProperty("data").GetArrayLength().ShouldBe(2);
        (await GetAsync("/api/v1/prices?minPrice=0.000000000000000002&limit=1000")).Root.GetProperty("data").GetArrayLength()
            .ShouldBe(total - 1);
        (await GetAsync("/api/v1/prices?token=SP000000000000000000002Q6VF78.nobody")).Root.GetProperty("data").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Native_stx_and_a_subnet_token_have_prices()
    {
        (await GetAsync("/api/v1/prices/.stx")).Root.GetProperty("data").GetProperty("tokenId").GetString().ShouldBe(".stx");
        var subnet = service.Services.GetRequiredService<TokenRegistry>().All.First(token => token.BaseToken is not null);
        var (status, root) = await GetAsync($"/api/v1/prices/{subnet.Id}");
        status.ShouldBe(HttpStatusCode.OK);
        root.GetProperty("data").GetProperty("symbol").GetString().ShouldBe(subnet.Symbol);
    }

    [Fact]
    public async Task A_price_shows_the_picture_that_the_venue_s_list_has_of_its_token()
    {
        const string picture = "https://pictures.example/stx.png";
        var registry = service.Services.GetRequiredService<TokenRegistry>();
        registry.Load(
            [.. registry.All.Select(token => token.Id == TokenId.Stx ? token with { Image = picture } : token with { Image = null })]);
        (await GetAsync("/api/v1/prices/.stx")).Root.GetProperty("data").GetProperty("image").GetString().ShouldBe(picture);
        (await GetAsync("/api/v1/prices?token=.stx")).Root.GetProperty("data")[0].GetProperty("image").GetString().ShouldBe(picture);
        var without = registry.All.First(token => token.BaseToken is not null);
        (await GetAsync($"/api/v1/prices/{without.Id}")).Root.GetProperty("data")
            .GetProperty("image").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Details_are_told_when_asked_for()
    {
        (await GetAsync($"/api/v1/prices/{Own}")).Root.GetProperty("data").TryGetProperty("calculationDetails", out _).ShouldBeFalse();
        (await GetAsync($"/api/v1/prices/{Own}?details=true")).Root.GetProperty("data").GetProperty("calculationDetails")
            .GetProperty("priceSource").GetString().ShouldBe("test");
    }

    [Theory]
    [InlineData("/api/v1/prices/SP000000000000000000002Q6VF78.nobody")]
    [InlineData("/api/v1/prices/not-a-token")]
    [InlineData("/api/v1/prices/SP000000000000000000002Q6VF78.nobody/candles")]
    [InlineData("/api/v1/prices/not-a-token/candles")]
    public async Task An_unknown_token_is_not_found_in_the_original_shape(string path)
    {
        var (status, root) = await GetAsync(path);
        status.ShouldBe(HttpStatusCode.NotFound);
        root.GetProperty("status").GetString().ShouldBe("error");
        root.GetProperty("error").GetString().ShouldBe("Token not found");
        root.GetProperty("code").GetString().ShouldBe("unknown_token");
        root.GetProperty("message").GetString().ShouldNotBeNull();
        root.GetProperty("timestamp").GetString()!.ShouldEndWith("Z");
    }

    [Fact]
    public async Task A_known_token_without_a_fresh_price_is_unavailable_and_not_unknown()
    {
        Publish("2", DateTimeOffset.UtcNow.AddHours(-1));
        var (status, root) = await GetAsync($"/api/v1/prices/{Own}");
        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        root.GetProperty("code").GetString().ShouldBe("price_unavailable");
    }

    [Fact]
    public async Task Candles_of_a_time_to_come_are_none_yet()
    {
        var from = DateTimeOffset.UtcNow.AddDays(1).ToUnixTimeMilliseconds();
        var (status, root) = await GetAsync($"/api/v1/prices/.stx/candles?interval=1s&from={from}");
        status.ShouldBe(HttpStatusCode.OK);
        root.GetProperty("data").GetArrayLength().ShouldBe(0);
        root.GetProperty("metadata").GetProperty("from").GetString().ShouldNotBeNull();
    }

    [Theory]
    [InlineData("/api/v1/prices?limit=0", "limit")]
    [InlineData("/api/v1/prices?limit=1001", "limit")]
    [InlineData("/api/v1/prices?limit=ten", "limit")]
    [InlineData("/api/v1/prices?limit=-1", "limit")]
    [InlineData("/api/v1/prices?minPrice=-1", "minPrice")]
    [InlineData("/api/v1/prices?minPrice=1e3", "minPrice")]
    [InlineData("/api/v1/prices?token=stx", "token")]
    [InlineData("/api/v1/prices/.stx?details=yes", "details")]
    [InlineData("/api/v1/prices/.stx/candles?interval=2m", "interval")]
    [InlineData("/api/v1/prices/.stx/candles?from=yesterday", "from")]
    [InlineData("/api/v1/prices/.stx/candles?to=-1", "to")]
    [InlineData("/api/v1/prices/.stx/candles?to=99999999999999999999", "to")]
    [InlineData("/api/v1/prices/.stx/candles?to=253402300799999&interval=1d", null)]
    [InlineData("/api/v1/prices/.stx/candles?to=0&interval=1d", null)]
    [InlineData("/api/v1/prices/.stx/candles?from=253402300799999", null)]
    [InlineData("/api/v1/prices/.stx/candles?from=0&to=0", "from")]
    [InlineData("/api/v1/prices/.stx/candles?from=0", "from")]
    [InlineData("/api/v1/prices/.stx/candles?from=0&to=60000001", "from")]
    [InlineData("/api/v1/prices/.stx/candles?from=0&to=60000000", null)]
    public async Task A_bad_parameter_is_named(string path, string? field)
    {
        var (status, root) = await GetAsync(path);
        status.ShouldBe(field is null ? HttpStatusCode.OK : HttpStatusCode.BadRequest, root.ToString());
        if (field is null) return;
        root.GetProperty("error").GetString()!.ShouldStartWith(field);
        root.GetProperty("code").GetString().ShouldBe("invalid_field");
        root.GetProperty("details").GetProperty("field").GetString().ShouldBe(field);
        root.GetProperty("timestamp").GetString()!.ShouldEndWith("Z");
    }

    [Fact]
    public async Task Candles_are_of_what_the_token_wraps()
    {
        var subnet = service.Services.GetRequiredService<TokenRegistry>().All.First(token => token.BaseToken is not null);
        var at = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await service.Services.GetRequiredService<PricePoller>().PollAsync(CancellationToken.None);
        await service.Services.GetRequiredService<PriceHistory>().AppendAsync(
            [new BelievedPrice(subnet.BaseToken!.Value, Price.Parse("0.12"), at.AddSeconds(5), "a"),
                new BelievedPrice(subnet.BaseToken!.Value, Price.Parse("0.1"), at.AddSeconds(50), "a")],
            service.Services.GetRequiredService<PriceLead>().Node, CancellationToken.None);
        var from = at.AddSeconds(30).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var (status, root) = await GetAsync($"/api/v1/prices/{subnet.Id}/candles?interval=1m&from={from}&to=2025-01-01T00:10:00Z");
        status.ShouldBe(HttpStatusCode.OK);
        var candle = root.GetProperty("data").EnumerateArray().Single();
        candle.GetRawText()
            .ShouldBe("""{"timestamp":"2025-01-01T00:00:00.000Z","open":0.12,"openExact":"0.12","high":0.12,"highExact":"0.12","low":0.1,"lowExact":"0.1","close":0.1,"closeExact":"0.1","points":2}""");
        root.GetProperty("metadata").GetProperty("from").GetString().ShouldBe("2025-01-01T00:00:00.000Z");
    }

    private void Publish(string usd, DateTimeOffset at) =>
        Board.Publish(new GateResult([new BelievedPrice(Own, Price.Parse(usd), at, "test")], [], []), [], at);

    private async Task<(HttpStatusCode Status, JsonElement Root)> GetAsync(string path)
    {
        using var response = await service.Client.GetAsync(new Uri(path, UriKind.Relative));
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return (response.StatusCode, document.RootElement.Clone());
    }
}
