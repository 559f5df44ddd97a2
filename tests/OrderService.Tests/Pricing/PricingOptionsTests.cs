using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrderService.Engine.Pricing;

namespace OrderService.Tests.Pricing;

public sealed class PricingOptionsTests
{
    [Fact]
    public void The_defaults_are_valid() => Read().PollInterval.ShouldBe(TimeSpan.FromSeconds(1));

    [Theory]
    [InlineData("PollInterval", "00:00:00", "PollInterval must be 50 ms to 1 hour")]
    [InlineData("PollTimeout", "00:02:00", "PollTimeout must be 50 ms to 1 minute")]
    [InlineData("StaleAfter", "2.00:00:00", "StaleAfter must be 1 second to 1 day")]
    [InlineData("PollInterval", "00:01:00", "StaleAfter must not be shorter than PollInterval")]
    [InlineData("MaxDeviation", "0", "MaxDeviation must be 1 to 10000 basis points")]
    [InlineData("MaxDeviation", "10001", "MaxDeviation must be 1 to 10000 basis points")]
    [InlineData("MaxJump", "1", "MaxJump must be a factor of 1.01 to 1000000")]
    [InlineData("MaxJump", "1e3", "MaxJump must be a factor of 1.01 to 1000000")]
    [InlineData("JumpHold", "2.00:00:00", "JumpHold must be 0 to 1 day")]
    [InlineData("OpinionMaxAge", "00:00:00", "OpinionMaxAge must be 1 second to 1 day")]
    [InlineData("Sources:Http:0:StaleAfter", "00:00:00", "StaleAfter must be 1 second to 1 day")]
    [InlineData("SourcesMin", "0", "SourcesMin must be 1 to 100")]
    [InlineData("ThinAfter", "00:30:00", "ThinAfter must be 1 hour to 3650 days")]
    [InlineData("HistoryRetention", "12:00:00", "HistoryRetention must be ThinAfter to 3650 days")]
    [InlineData("ThinInterval", "00:00:00", "ThinInterval must be 1 second to 1 day")]
    [InlineData("SbtcToken", "sbtc", "SbtcToken must be a token")]
    [InlineData("Sources:Charisma:BaseUrl", "charisma", "the address must be an absolute http or https URL")]
    [InlineData("Sources:Charisma:BaseUrl", "file:///etc/passwd", "the address must be an absolute http or https URL")]
    [InlineData("Sources:Http:0:Name", "", "Name must be 1 to 40 characters without a comma")]
    [InlineData("Sources:Http:0:Name", "a,b", "Name must be 1 to 40 characters without a comma")]
    [InlineData("Sources:Http:0:PricePath", "", "PricePath must be set")]
    [InlineData("Sources:Http:0:ArrayPath", "rows", "ArrayPath needs a TokenPath")]
    [InlineData("Sources:Http:0:Timeout", "00:05:00", "Timeout must be 50 ms to 1 minute")]
    [InlineData("Sources:Http:0:Preset", "nyse", "Preset must be one of coinbase, coingecko, hermes, kraken")]
    [InlineData("Sources:Http:0:Interval", "02:00:00", "Interval must be 0 to 1 hour")]
    [InlineData("Sources:Http:0:MaxBytes", "1", "MaxBytes must be 64 bytes to 64 MiB")]
    [InlineData("Sources:Http:0:TokenMap:stx", "x", "TokenMap: 'stx' is not a token")]
    [InlineData("Sources:Http:0:TokenMap:USD", "x", "TokenMap: 'USD' is not a token")]
    [InlineData("Sources:Http:0:TokenMap:.stx", "", "TokenMap: '.stx' has no name")]
    public void A_value_out_of_range_is_named(string key, string value, string problem)
    {
        var isOfSource = key.StartsWith("Sources:Http", StringComparison.Ordinal);
        var refusal = Should.Throw<OptionsValidationException>(() => Read([.. isOfSource ? Http() : [], (key, value)]));
        refusal.Message.ShouldContain(problem);
    }

    [Theory]
    [InlineData("Url", "ws://ws.kraken.com/v2", "Url must be an absolute wss URL; ws only for this machine")]
    [InlineData("Url", "https://ws.kraken.com/v2", "Url must be an absolute wss URL; ws only for this machine")]
    [InlineData("StaleAfter", "00:00:00", "StaleAfter must be 1 second to 1 day")]
    [InlineData("ConnectTimeout", "00:02:00", "ConnectTimeout must be 50 ms to 1 minute")]
    [InlineData("SilenceMax", "00:06:00", "SilenceMax must be 50 ms to 5 minutes")]
    [InlineData("ReconnectMin", "00:00:00", "ReconnectMin must be 10 ms to 1 minute")]
    [InlineData("ReconnectMax", "00:00:00.5", "ReconnectMax must be ReconnectMin to 1 hour")]
    [InlineData("SweepPause", "00:02:00", "SweepPause must be 0 to 1 minute")]
    [InlineData("MaxBytes", "1", "MaxBytes must be 1 KiB to 16 MiB")]
    [InlineData("TokenMap:stx", "X/USD", "TokenMap: 'stx' is not a token")]
    [InlineData("TokenMap:SP000000000000000000002Q6VF78.x", "STX/USD", "TokenMap names one symbol twice")]
    public void A_stream_out_of_range_is_refused(string key, string value, string problem) =>
        Should.Throw<OptionsValidationException>(
            () => Read(("Sources:KrakenStream:TokenMap:.stx", "STX/USD"), ($"Sources:KrakenStream:{key}", value)))
            .Message.ShouldContain(problem);

    [Fact]
    public void One_exchange_is_not_asked_and_listened_to_for_one_token() =>
        Should.Throw<OptionsValidationException>(() => Read(
            ("Sources:KrakenStream:TokenMap:.stx", "STX/USD"), ("Sources:Http:0:Preset", "kraken"),
            ("Sources:Http:0:TokenMap:.stx", "STXUSD")))
            .Message.ShouldContain("'.stx' is priced by the preset kraken too");

    [Fact]
    public void A_source_without_any_way_to_tell_tokens_apart_is_refused() =>
        Should.Throw<OptionsValidationException>(() =>
            Read(("Sources:Http:0:Name", "x"), ("Sources:Http:0:UrlTemplate", "https://x.example"), ("Sources:Http:0:PricePath", "p")))
            .Message.ShouldContain("a TokenMap is needed");

    [Fact]
    public void Two_sources_of_one_name_are_refused() =>
        Should.Throw<OptionsValidationException>(
            () => Read([.. Http(), ("Sources:Http:0:Name", "charisma"), ("Sources:Charisma:BaseUrl", "https://x.example")]))
            .Message.ShouldContain("two sources named 'charisma'");

    [Fact]
    public void Sources_are_bound_whole()
    {
        var all = Read([.. Http(), ("Sources:Charisma:BaseUrl", "https://x.example/"),
            ("Sources:Charisma:Headers:x-key", "k")]).Sources.All().ToList();
        all.Select(source => source.Name).ShouldBe(["charisma", "gecko"]);
        all[0].UrlTemplate.ShouldBe("https://x.example/api/v1/prices?limit=1000");
        all[0].Headers["x-key"].ShouldBe("k");
        all[1].TokenMap[".stx"].ShouldBe("blockstack");
        all[1].TimeUnit.ShouldBe(TimeUnit.Seconds);
    }

    private static (string, string)[] Http() =>
    [
        ("Sources:Http:0:Name", "gecko"), ("Sources:Http:0:UrlTemplate", "https://y.example/price"),
        ("Sources:Http:0:PricePath", "{token}.usd"),
        ("Sources:Http:0:TokenMap:.stx", "blockstack"), ("Sources:Http:0:TimeUnit", "Seconds"),
    ];

    private static PricingOptions Read(params (string Key, string Value)[] settings)
    {
        var values = new Dictionary<string, string?>();
        foreach (var (key, value) in settings) values[$"Pricing:{key}"] = value;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        using var services = new ServiceCollection().AddLogging().AddPricing(configuration).BuildServiceProvider();
        return services.GetRequiredService<IOptions<PricingOptions>>().Value;
    }
}
