using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OrderService.Domain.Pricing;
using OrderService.Engine.Outbound;
using OrderService.Engine.Pricing;
using OrderService.Tests.Engine;

namespace OrderService.Tests.Pricing;

/// <summary>The answers are those that the sources' documents print, as read on 2026-11-27 at the addresses beside them.</summary>
public sealed class PriceSourcePresetsTests(FakeSource server) : IClassFixture<FakeSource>
{
    private static readonly TokenId Token = TokenId.Stx;
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    public static TheoryData<string, string, string, string, string, string?> Documented() => new()
    {
        {
            // https://docs.kraken.com/api/docs/rest-api/get-ticker-information
            "kraken", "XXBTZUSD", "/0/public/Ticker?pair=XXBTZUSD",
            """
            {"error":[],"result":{"XXBTZUSD":{"a":["30300.10000","1","1.000"],"b":["30300.00000","1","1.000"],"c":["30303.20000","0.00067643"],
             "v":["4083.67001100","4412.73601799"],"p":["30706.77771","30689.13205"],"t":[34619,38907],"l":["29868.30000","29868.30000"],
             "h":["31631.00000","31631.00000"],"o":"30502.80000"}}}
            """,
            "30303.2", null
        },
        {
            // https://docs.cdp.coinbase.com/api-reference/advanced-trade-api/rest-api/public/get-public-product, its fields about sizes and
            // sessions left out
            "coinbase", "BTC-USD", "/api/v3/brokerage/market/products/BTC-USD",
            """{"product_id":"BTC-USD","price":"140.21","price_percentage_change_24h":"9.43%","volume_24h":"1908432","base_increment":"0.00000001","quote_currency_id":"USD"}""",
            "140.21", null
        },
        {
            // https://docs.coingecko.com/v3.0.1/reference/simple-price
            "coingecko", "bitcoin", "/api/v3/simple/price?vs_currencies=usd&include_last_updated_at=true&precision=full&ids=bitcoin",
            """{"bitcoin":{"usd":67187.3358936566,"usd_market_cap":1317802988326.25,"usd_24h_vol":31260929299.5248,"usd_24h_change":3.63727894677354,"last_updated_at":1711356300}}""",
            "67187.3358936566", "1711356300"
        },
        {
            // https://docs.pyth.network/api-reference/pyth-core/hermes/latest_price_updates
            "hermes", "e62df6c8b4a85fe1a67db44dc12de5db330f7ac66b72dc658afedf0f4a415b43",
            "/v2/updates/price/latest?ids[]=e62df6c8b4a85fe1a67db44dc12de5db330f7ac66b72dc658afedf0f4a415b43",
            """
            {"binary":{"data":["string"],"encoding":"hex"},"parsed":[{"ema_price":{"conf":"509500001","expo":-8,"price":"2920679499999","publish_time":1717632000},
             "id":"e62df6c8b4a85fe1a67db44dc12de5db330f7ac66b72dc658afedf0f4a415b43","metadata":{"prev_publish_time":1717632000,"proof_available_time":1717632000,"slot":85480034},
             "price":{"conf":"509500001","expo":-8,"price":"2920679499999","publish_time":1717632000}}]}
            """,
            "29206.79499999", "1717632000"
        },
    };

    [Theory]
    [MemberData(nameof(Documented))]
    public async Task A_preset_reads_what_its_documents_print(
        string preset, string name, string path, string answer, string usd, string? seconds)
    {
        var asked = new List<string>();
        server.Answer = async context =>
        {
            asked.Add(Uri.UnescapeDataString(context.Request.Path + context.Request.QueryString));
            await context.Response.WriteAsync(answer);
        };
        var time = new ManualTime(Now);
        var source = new HttpPriceSource(new HttpClient(), Local(preset, name), time);
        var seen = (await source.FetchAsync([Token], CancellationToken.None)).Single();
        var at = seconds is null
            ? Now : DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture));
        (seen.Token, seen.Usd.ToString(), seen.At, seen.Origin).ShouldBe((Token, usd, at, PriceOrigin.Source));
        asked.ShouldBe([path]);

        (await source.FetchAsync([Token], CancellationToken.None)).ShouldBe([seen]); // its last answer stands in between
        asked.Count.ShouldBe(1);
        time.Advance(TimeSpan.FromMinutes(1));
        (await source.FetchAsync([Token], CancellationToken.None)).Count.ShouldBe(1);
        asked.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Several_tokens_are_asked_for_at_once_and_a_refusal_is_not_asked_again_at_once()
    {
        var asked = new List<string>();
        server.Answer = context =>
        {
            asked.Add(Uri.UnescapeDataString(context.Request.QueryString.Value!));
            context.Response.StatusCode = 429;
            return Task.CompletedTask;
        };
        var options = Local("hermes", "aa");
        options.TokenMap["SP000000000000000000002Q6VF78.other"] = "bb";
        var source = new HttpPriceSource(new HttpClient(), options, new ManualTime(Now));
        for (var time = 0; time < 3; time++)
        {
            (await Should.ThrowAsync<PriceSourceException>(() => source.FetchAsync([Token], CancellationToken.None))).Message.ShouldBe(
                "answered 429");
        }
        asked.ShouldBe(["?ids[]=aa&ids[]=bb"]);
    }

    [Fact]
    public void What_is_set_beside_a_preset_stands_before_it()
    {
        var source = new HttpPriceSourceOptions
        {
            Name = "mine", Preset = "coingecko", Interval = TimeSpan.FromSeconds(7), UrlTemplate = "https://x.example/{tokens}",
        };
        var filled = PriceSourcePresets.Filled(source);
        (filled.Name, filled.Interval, filled.UrlTemplate,
            filled.PricePath).ShouldBe(("mine", TimeSpan.FromSeconds(7), "https://x.example/{tokens}", "{token}.usd"));
        source.PricePath.ShouldBe(""); // what was configured stays as it is
    }

    [Fact]
    public async Task S13_A_redirect_is_not_followed()
    {
        var asked = 0;
        server.Answer = context =>
        {
            asked++;
            context.Response.Redirect(server.Url + "/elsewhere");
            return Task.CompletedTask;
        };
        var services = new ServiceCollection();
        services.AddOutboundClient("prices");
        await using var provider = services.BuildServiceProvider();
        var source = new HttpPriceSource(provider.GetRequiredService<IHttpClientFactory>().CreateClient("prices"),
            Local("kraken", "STXUSD"), new ManualTime(Now));
        (await Should.ThrowAsync<PriceSourceException>(() => source.FetchAsync([Token], CancellationToken.None))).Message.ShouldBe(
            "answered 302");
        asked.ShouldBe(1);
    }

    private HttpPriceSourceOptions Local(string preset, string name)
    {
        var options = new HttpPriceSourceOptions { Preset = preset };
        options.TokenMap[Token.ToString()] = name;
        var filled = PriceSourcePresets.Filled(options);
        var host = new Uri(filled.UrlTemplate.Replace("{token}", "x", StringComparison.Ordinal)).GetLeftPart(UriPartial.Authority);
        filled.UrlTemplate = filled.UrlTemplate.Replace(host, server.Url, StringComparison.Ordinal);
        filled.Timeout = TimeSpan.FromSeconds(20);
        return filled;
    }
}
