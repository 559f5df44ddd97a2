using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Pricing;

namespace OrderService.Tests.Pricing;

public sealed class PriceGateTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
    private static readonly TokenId Token = TokenId.Stx;

    /// <summary>One poll of a new gate: what each source says ("name price [age in seconds]"), what is believed, and why the rest is not.</summary>
    [Theory]
    [InlineData("a 2", "2 a", "")]
    [InlineData("a 2;b 2.1", "2.05 a,b", "")]
    [InlineData("a 2.000000000000000001;b 2.000000000000000002", "2.000000000000000001 a,b", "")] // the floor of the mean
    [InlineData("b 2.1;a 2;c 2.05", "2.05 a,b,c", "")]
    [InlineData("a 2 30", "2 a", "")]
    [InlineData("a 2 31", "", "a stale")]
    [InlineData("a 2 -29", "2 a", "")]
    [InlineData("a 2 -31", "", "a from_future")]
    [InlineData("a 0", "", "a not_positive")]
    [InlineData("a 0;b 2", "2 b", "a not_positive")]
    [InlineData("a 2 40;b 3", "3 b", "a stale")]
    [InlineData("a 2;b 2;c 2000", "2 a,b", "c deviates")] // one liar is outvoted
    [InlineData("a 2;b 2.1;c 0.002", "2.05 a,b", "c deviates")]
    [InlineData("a 1;b 20;c 300", "", "a deviates;c deviates;* no_majority")] // all lie
    [InlineData("a 1;b 2", "", "a deviates;b deviates;* no_majority")] // nobody to decide between two
    [InlineData("a 1;b 1;c 2;d 2", "", "a deviates;b deviates;c deviates;d deviates;* no_majority")]
    [InlineData("a 1;b 1;c 1;d 9;e 9", "1 a,b,c", "d deviates;e deviates")]
    [InlineData("a 100;b 110", "105 a,b", "")] // within 10 % of the median
    [InlineData("a 90;b 100;c 110", "100 a,b,c", "")] // just at the limit
    [InlineData("a 89.999999999999999999;b 100;c 110", "105 b,c", "a deviates")]
    [InlineData("a 2 5;a 3 1", "3 a", "")] // the newest word of a source
    public void One_poll(string said, string believed, string rejected)
    {
        var result = new PriceGate(new PricingOptions()).Judge(Readings(said), Now);
        Text(result.Believed).ShouldBe(believed);
        Text(result.Rejected).ShouldBe(rejected);
    }

    [Theory]
    [InlineData("a 2", "", "* too_few_sources")]
    [InlineData("a 2;b 2", "2 a,b", "")]
    [InlineData("a 2;b 2 60", "", "b stale;* too_few_sources")]
    public void A_price_rests_on_as_many_sources_as_are_asked_for(string said, string believed, string rejected)
    {
        var result = new PriceGate(new PricingOptions { SourcesMin = 2 }).Judge(Readings(said), Now);
        Text(result.Believed).ShouldBe(believed);
        Text(result.Rejected).ShouldBe(rejected);
    }

    /// <summary>Polls one after another ("|"), each with what is believed after it ("-": nothing).</summary>
    [Theory]
    [InlineData("a 2|a 20", "2|20")] // ten times is no jump yet
    [InlineData("a 2|a 0.2", "2|0.2")]
    [InlineData("a 2|a 20.000000000000000001", "2|-")]
    [InlineData("a 2|a 0.199999999999999999", "2|-")]
    [InlineData("a 2|a 2000|a 2000|a 2000|a 2000", "2|-|-|2000|2000")] // three polls in a row
    [InlineData("a 2|a 2000|a 2100|a 2050", "2|-|-|2050")]
    [InlineData("a 2|a 2000|a 2|a 2000|a 2000|a 2000", "2|-|2|-|-|2000")] // an honest word between begins the count again
    [InlineData("a 2|a 2000||a 2000|a 2000|a 2000", "2|-|-|-|-|2000")] // and so does silence
    [InlineData("a 2|a 2000|a 90000|a 2000|a 90000|a 2000", "2|-|-|-|-|-")] // a source that cannot make up its mind
    [InlineData("a 2|a 2000 40|a 2000|a 2000", "2|-|-|-")] // a stale word is none
    [InlineData("a 2;b 2|a 2000;b 2|a 2;b 2", "2|2|2")]
    [InlineData("a 2;b 2|a 2000;b 2001", "2|2000.5")] // a second source agrees
    [InlineData("a 2;b 2|a 2000;b 90000", "2|-")]
    [InlineData("a 2;b 2;c 2|a 2000;b 2;c 2|a 2000;b 2;c 2|a 2000;b 2;c 2|a 2000;b 2;c 2", "2|2|2|2|2")] // patience does not help a liar
    [InlineData("a 2|a 2000!", "2|2000")] // pinned
    [InlineData("a 2!|a 0.0001!|a 2", "2|0.0001|-")]
    public void Polls_in_a_row(string polls, string expected)
    {
        var gate = new PriceGate(new PricingOptions());
        var believed = polls.Split('|').Select((said, i) => gate.Judge(Readings(said), Now.AddSeconds(i)).Believed.SingleOrDefault()?.Usd.ToString() ?? "-");
        string.Join('|', believed).ShouldBe(expected);
    }

    [Fact]
    public void A_held_jump_puts_the_token_in_doubt_and_silence_does_not()
    {
        var gate = new PriceGate(new PricingOptions());
        gate.Judge(Readings("a 2"), Now).Doubted.ShouldBeEmpty();
        gate.Judge([], Now).Doubted.ShouldBeEmpty();
        gate.Judge(Readings("a 2 60"), Now).Doubted.ShouldBeEmpty();
        var held = gate.Judge(Readings("a 2000"), Now);
        held.Doubted.ShouldBe([Token]);
        Text(held.Rejected).ShouldBe("a jump_held;* too_few_sources");
        gate.Judge(Readings("a 2000;b 2"), Now).Doubted.ShouldBeEmpty();
    }

    [Fact]
    public void What_was_no_number_is_shown_and_puts_a_token_in_doubt_that_nobody_else_knows()
    {
        var refused = new PriceRejection(Token, "a", RejectionReason.NotANumber, "price 'NaN'");
        var alone = new PriceGate(new PricingOptions()).Judge([new SourceReading("a", [], [refused])], Now);
        alone.Rejected.ShouldBe([refused]);
        alone.Doubted.ShouldBe([Token]);

        var outvoted = new PriceGate(new PricingOptions()).Judge([new SourceReading("a", [], [refused]), .. Readings("b 2")], Now);
        outvoted.Rejected.ShouldBe([refused]);
        outvoted.Doubted.ShouldBeEmpty();
        Text(outvoted.Believed).ShouldBe("2 b");
    }

    [Fact]
    public void A_jump_is_measured_from_what_was_believed_before_a_restart()
    {
        var gate = new PriceGate(new PricingOptions());
        gate.Remember(Token, Price.Parse("2"));
        gate.Judge(Readings("a 2000"), Now).Believed.ShouldBeEmpty();
    }

    [Fact]
    public void A_price_is_as_old_as_its_oldest_source_and_never_younger_than_now()
    {
        var gate = new PriceGate(new PricingOptions());
        gate.Judge(Readings("a 2 3;b 2 11;c 2"), Now).Believed.Single().At.ShouldBe(Now.AddSeconds(-11));
        gate.Judge(Readings("a 2 -20"), Now).Believed.Single().At.ShouldBe(Now);
    }

    [Fact]
    public void Prices_at_the_edge_of_the_range_are_compared_without_overflow()
    {
        var max = Price.MaxValue.ToString();
        Text(new PriceGate(new PricingOptions()).Judge(Readings($"a {max};b {max};c 0.000000000000000001"), Now).Believed).ShouldBe($"{max} a,b");
    }

    private static List<SourceReading> Readings(string said) =>
    [
        .. said.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(word =>
        {
            var parts = word.Split(' ');
            var age = parts.Length > 2 ? int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture) : 0;
            var observation = new PriceObservation(Token, Price.Parse(parts[1].TrimEnd('!')), Now.AddSeconds(-age), parts[1].EndsWith('!'));
            return new SourceReading(parts[0], [observation], []);
        }),
    ];

    private static string Text(IEnumerable<BelievedPrice> believed) => string.Join(';', believed.Select(price => $"{price.Usd} {price.Sources}"));

    private static string Text(IEnumerable<PriceRejection> rejected) => string.Join(';', rejected.Select(r => $"{r.Source ?? "*"} {r.Reason.Name()}"));
}
