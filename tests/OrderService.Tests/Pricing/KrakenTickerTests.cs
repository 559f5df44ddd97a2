using System.Text;
using OrderService.Domain.Pricing;
using OrderService.Engine.Pricing;
using OrderService.Tests.Engine;

namespace OrderService.Tests.Pricing;

/// <summary>Messages in the shape of https://docs.kraken.com/api/docs/websocket-v2/ticker (read on 2026-11-27).</summary>
public sealed class KrakenTickerTests
{
    private const string Heartbeat = """{"channel":"heartbeat"}""";

    private static readonly TokenId Other = TokenId.Parse("SP000000000000000000002Q6VF78.other");

    private readonly ManualTime _time = new(new DateTimeOffset(2026, 9, 24, 3, 54, 32, TimeSpan.Zero));
    private readonly KrakenTicker _ticker;

    public KrakenTickerTests()
    {
        var options = new KrakenStreamOptions();
        (options.TokenMap[".stx"], options.TokenMap[Other.ToString()]) = ("STX/USD", "OTHER/USD");
        _ticker = new KrakenTicker(options, TimeSpan.FromSeconds(30), _time);
    }

    [Fact]
    public void A_price_is_read_exactly_and_a_last_trade_is_as_old_as_the_last_heartbeat()
    {
        Take("""{"channel":"status","type":"update","data":[{"version":"2.0.10","system":"online","api_version":"v2","connection_id":9471984923908980762}]}""").ShouldBeFalse();
        Take("""{"method":"subscribe","result":{"channel":"ticker","event_trigger":"trades","snapshot":true,"symbol":"STX/USD"},"success":true}""").ShouldBeFalse();
        Should.Throw<PriceSourceException>(() => _ticker.Read()).Message.ShouldBe("not connected yet");
        Take(Row("snapshot", "1.23456789", "2026-09-24T03:20:18.054886Z")).ShouldBeTrue();
        _time.Advance(TimeSpan.FromSeconds(1));
        Take(Heartbeat).ShouldBeFalse();
        var seen = _ticker.Read().Observations.ShouldHaveSingleItem();
        (seen.Token, seen.Usd.ToString(), seen.At).ShouldBe((TokenId.Stx, "1.23456789", _time.GetUtcNow()));
        _time.Advance(TimeSpan.FromMinutes(1)); // silence: it grows old
        _ticker.Read().Observations[0].At.ShouldBe(_time.GetUtcNow() - TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void An_update_that_comes_late_stays_as_old_as_it_says()
    {
        Take(Row("update", "1.2", "2026-09-24T03:50:00Z"));
        Take(Heartbeat);
        _ticker.Read().Observations[0].At.ShouldBe(new DateTimeOffset(2026, 9, 24, 3, 50, 0, TimeSpan.Zero));
    }

    [Fact]
    public void Only_another_price_is_news()
    {
        Take(Row("snapshot", "1.2", "2026-09-24T03:54:30Z")).ShouldBeTrue();
        Take(Row("update", "1.20", "2026-09-24T03:54:31Z")).ShouldBeFalse();
        Take(Row("update", "1.3", "2026-09-24T03:54:31Z", "XRP/USD")).ShouldBeFalse();
        Take(Row("update", "1.3", "2026-09-24T03:54:31Z")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("-1", "2026-09-24T03:54:31Z")]
    [InlineData("1e999", "2026-09-24T03:54:31Z")]
    [InlineData("true", "2026-09-24T03:54:31Z")]
    [InlineData("1.2", "yesterday")]
    public void What_is_no_price_takes_the_place_of_the_price_before_and_is_told(string last, string at)
    {
        Take(Row("snapshot", "1.2", "2026-09-24T03:54:30Z"));
        Take(Row("update", last, at)).ShouldBeTrue();
        _ticker.Read().Observations.ShouldBeEmpty();
        _ticker.Read().Unreadable.ShouldHaveSingleItem().Token.ShouldBe(TokenId.Stx);
    }

    [Fact]
    public void A_symbol_that_is_refused_says_nothing_of_the_others()
    {
        Take(Row("snapshot", "1.2", "2026-09-24T03:54:30Z"));
        Take("""{"error":"Currency pair not supported OTHER/USD","method":"subscribe","success":false,"symbol":"OTHER/USD"}""");
        _ticker.Read().Observations.ShouldHaveSingleItem().Token.ShouldBe(TokenId.Stx);
        var refused = _ticker.Read().Unreadable.ShouldHaveSingleItem();
        (refused.Token, refused.Reason).ShouldBe((Other, RejectionReason.NoAnswer));
    }

    private bool Take(string message) => _ticker.Take(Encoding.UTF8.GetBytes(message));

    private static string Row(string type, string last, string at, string symbol = "STX/USD") =>
        $$"""{"channel":"ticker","type":"{{type}}","data":[{"symbol":"{{symbol}}","bid":1.1,"bid_qty":44620.68691883,"ask":1.3,"ask_qty":10.5,"last":{{last}},"volume":2.5,"vwap":1.2,"low":1,"high":2,"change":0.1,"change_pct":0.01,"trades":38144,"timestamp":"{{at}}"}]}""";
}
