using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Pricing;

namespace OrderService.Tests.Pricing;

public sealed class PriceGateTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
    private static readonly TokenId Token = TokenId.Stx;

    /// <summary>
    /// One poll of a new gate: what each source says ("name price [age in seconds]"), what is believed, and why the rest is not. The pools
    /// agree with the last word.
    /// </summary>
    [Theory]
    [InlineData("a 2", "2 a,pools", "")]
    [InlineData("a 2;b 2.1", "2.05 a,b", "")]
    [InlineData("a 2.000000000000000001;b 2.000000000000000002", "2.000000000000000001 a,b", "")] // the floor of the mean
    [InlineData("b 2.1;a 2;c 2.05", "2.05 a,b,c", "")]
    [InlineData("a 2 30", "2 a,pools", "")]
    [InlineData("a 2 31", "", "a stale")]
    [InlineData("a 2 -29", "2 a,pools", "")]
    [InlineData("a 2 -31", "", "a from_future")]
    [InlineData("a 0", "", "a not_positive")]
    [InlineData("a 0;b 2", "", "a not_positive;* too_few_sources")] // both know it, and one of them says nothing of use
    [InlineData("a 0;b 2;c 2", "2 b,c", "a not_positive")]
    [InlineData("a 2 40;b 3", "", "a stale;* too_few_sources")]
    [InlineData("a 2 40;b 3;c 3", "3 b,c", "a stale")]
    [InlineData("a 2;b 2;c 2000", "2 a,b", "c deviates")] // one liar is outvoted
    [InlineData("a 2;b 2.1;c 0.002", "2.05 a,b", "c deviates")]
    [InlineData("a 1;b 20;c 300", "", "a deviates;c deviates;* no_majority")] // all lie
    [InlineData("a 1;b 2", "", "a deviates;b deviates;* no_majority")] // nobody to decide between two
    [InlineData("a 1;b 1;c 2;d 2", "", "a deviates;b deviates;c deviates;d deviates;* no_majority")]
    [InlineData("a 1;b 1;c 1;d 9;e 9", "1 a,b,c", "d deviates;e deviates")]
    [InlineData("a 100;b 110", "105 a,b", "")] // within 10 % of the median
    [InlineData("a 90;b 100;c 110", "100 a,b,c", "")] // just at the limit
    [InlineData("a 89.999999999999999999;b 100;c 110", "105 b,c", "a deviates")]
    [InlineData("a 2 5;a 3 1", "3 a,pools", "")] // the newest word of a source
    public void One_poll(string said, string believed, string rejected)
    {
        var result = new World().Judge(said, Now);
        Text(result.Believed).ShouldBe(believed);
        Text(result.Rejected).ShouldBe(rejected);
    }

    [Theory]
    [InlineData("a 2", "", "* too_few_sources")]
    [InlineData("a 2;b 2", "2 a,b", "")]
    [InlineData("a 2;b 2 60", "", "b stale;* too_few_sources")]
    public void A_price_rests_on_as_many_sources_as_are_asked_for(string said, string believed, string rejected)
    {
        var result = new World(new PricingOptions { SourcesMin = 2 }).Judge(said, Now);
        Text(result.Believed).ShouldBe(believed);
        Text(result.Rejected).ShouldBe(rejected);
    }

    /// <summary>
    /// Polls a minute after each other ("|"), each with what is believed after it ("-": nothing). The pools agree with the last word.
    /// </summary>
    [Theory]
    [InlineData("a 2|a 3", "2|3")] // half as much again is no jump yet
    [InlineData("a 2|a 1.333333333333333334", "2|1.333333333333333334")]
    [InlineData("a 2|a 3.000000000000000001", "2|-")]
    [InlineData("a 2|a 1.333333333333333333", "2|-")]
    [InlineData("a 2|a 2000|a 2000|a 2000|a 2000|a 2000", "2|-|-|-|2000|2000")] // for three minutes
    [InlineData("a 2|a 2000|a 2100|a 2050|a 2000", "2|-|-|-|2000")]
    [InlineData("a 2|a 2000|a 2|a 2000|a 2000|a 2000|a 2000", "2|-|2|-|-|-|2000")] // an honest word between begins the time again
    [InlineData("a 2|a 2000||a 2000|a 2000|a 2000|a 2000", "2|-|-|-|-|-|2000")] // and so does a silence longer than the staleness limit
    [InlineData("a 2|a 2000|a 90000|a 2000|a 90000|a 2000|a 90000", "2|-|-|-|-|-|-")] // a source that cannot make up its mind
    [InlineData("a 2|a 2000|a 2000 20|a 2000 29|a 2000 29|a 2000", "2|-|-|-|-|2000")] // it must have said so for three minutes itself
    [InlineData("a 2|a 2000 40|a 2000|a 2000", "2|-|-|-")] // a stale word is none
    [InlineData("a 2;b 2|a 2000;b 2|a 2;b 2", "2|-|2")] // no two agree
    [InlineData("a 2;b 2|a 2000;b 2001", "2|2000.5")] // a second source agrees
    [InlineData("a 2;b 2|a 2000;b 2001|a 2000;b 2001|a 2;b 2", "2|2000.5|2000.5|2")] // and back
    [InlineData("a 2;b 2|a 2000;b 90000", "2|-")]
    [InlineData("a 2;b 2;c 2|a 2000;b 2;c 2|a 2000;b 2;c 2|a 2000;b 2;c 2|a 2000;b 2;c 2", "2|2|2|2|2")] // patience does not help a liar
    [InlineData("a 2|a 2.4|a 2.8|a 3.2|a 3.8", "2|2.4|2.8|3.2|3.8")] // much, but not within a minute
    [InlineData("a 2|a 2000!", "2|2000")] // pinned
    [InlineData("a 2!|a 0.0001!|a 2", "2|0.0001|2")] // and what was pinned is no measure of anything
    [InlineData("a 2~|a 2000~|a 2~", "2|2000|2")] // a play market is the market
    [InlineData("p 5~;a 2|p 5~|p 5~;a 2", "2|-|2")] // where a source knows the token it is not, whether that source answers or not
    [InlineData("a 2|p 7!;a 2", "2|7")]
    public void Polls_in_a_row(string polls, string expected) => Polls(polls, TimeSpan.FromMinutes(1)).ShouldBe(expected);

    /// <summary>The same with a second between them: steps add up within a minute.</summary>
    [Theory]
    [InlineData("a 2|a 2.4|a 2.8|a 3.2|a 2.8", "2|2.4|2.8|-|2.8")]
    [InlineData("a 2|a 1.7|a 1.4|a 1.2", "2|1.7|1.4|-")]
    // what two have agreed on is no jump for one of them any more, but one is not two
    [InlineData("a 2;b 2|a 2000;b 2001|a 2000|a 2000;b 2000", "2|2000.5|-|2000")]
    [InlineData("a 2;b 2;c 2|a 3.5;b 3.5;c 3.5|a 3.5;b 3.5|a 2;b 2;c 2", "2|3.5|3.5|2")]
    public void Steps_within_a_minute(string polls, string expected) => Polls(polls, TimeSpan.FromSeconds(1)).ShouldBe(expected);

    /// <summary>
    /// One source says ten or a million times as much for as long as it likes to: nothing rests on it, whoever else is there, until it has
    /// lasted.
    /// </summary>
    [Theory]
    [InlineData("a 2", "a 19.8")]
    [InlineData("a 2", "a 2000000")]
    [InlineData("a 2", "a 0.000002")]
    [InlineData("a 2;b 2", "a 19.8;b 2")]
    [InlineData("a 2;b 2", "a 2000000;b 2")]
    [InlineData("a 2;b 2", "a 2000000")]
    public void S8_One_source_that_jumps_is_held(string before, string then)
    {
        var world = new World();
        world.Judge(before, Now).Believed.Count.ShouldBe(1);
        world.Pools.Usd = null; // whatever they say, a jump waits
        for (var second = 1; second < 180; second++)
        {
            var result = world.Gate.Judge(Readings(then, Now.AddSeconds(second)), Now.AddSeconds(second));
            result.Believed.ShouldBeEmpty();
            result.Doubted.ShouldBe([Token]);
            Text(result.Rejected).ShouldStartWith("a jump_held");
        }
    }

    [Theory]
    [InlineData("2", "2 a,pools", "")]
    [InlineData("1.81818181818181818", "", "* opinion_deviates")]
    [InlineData("1.82", "2 a,pools", "")]
    [InlineData("2.3", "", "* opinion_deviates")]
    [InlineData(null, "", "* no_second_opinion")]
    public void A_single_source_needs_the_pools_to_agree(string? pools, string believed, string rejected)
    {
        var world = new World { Pools = { Usd = pools } };
        var result = world.Gate.Judge(Readings("a 2"), Now);
        Text(result.Believed).ShouldBe(believed);
        Text(result.Rejected).ShouldBe(rejected);
        // not being there is no word against it
        result.Doubted.Count.ShouldBe(rejected.EndsWith("deviates", StringComparison.Ordinal) ? 1 : 0);
    }

    [Fact]
    public void An_opinion_grows_old()
    {
        var world = new World { Pools = { Usd = "2", Age = TimeSpan.FromSeconds(121) } };
        Text(world.Gate.Judge(Readings("a 2"), Now).Rejected).ShouldBe("* no_second_opinion");
        world.Pools.Age = TimeSpan.FromSeconds(120);
        world.Gate.Judge(Readings("a 2"), Now).Believed.Count.ShouldBe(1);
    }

    [Fact]
    public void Without_a_venue_that_has_opinions_a_single_source_is_not_believed() =>
        Text(new PriceGate(new PricingOptions()).Judge(Readings("a 2"), Now).Rejected).ShouldBe("* no_second_opinion");

    [Fact]
    public void Opinions_rest_on_what_two_sources_agree_on_while_they_do()
    {
        var world = new World();
        SourceReading Of(string source, params (TokenId Token, string Usd)[] told) =>
            new(source, [.. told.Select(one => new PriceObservation(one.Token, Price.Parse(one.Usd), Now))], []);
        var other = TokenId.Parse("SP000000000000000000002Q6VF78.other");
        world.Pools.Usd = "5";
        world.Gate.Judge([Of("a", (Token, "2"), (other, "5")), Of("b", (Token, "2.1"))], Now).Believed.Count.ShouldBe(2);
        world.Pools.Anchors.OrderBy(anchor => anchor.Key.ToString())
            .ShouldBe([new(Token, Price.Parse("2.05")), new(TokenId.Usd, Price.One)]);
        world.Gate.Judge([Of("a", (Token, "2"), (other, "5")), Of("b", (Token, "2.9"))], Now).Doubted.ShouldBe([Token]);
        world.Pools.Anchors.Keys.ShouldBe([TokenId.Usd]);
    }

    [Fact]
    public void Nobody_becomes_the_only_source_by_silencing_the_other()
    {
        var world = new World();
        world.Judge("a 2;b 2", Now).Believed.Count.ShouldBe(1);
        Text(world.Judge("a 2", Now).Rejected).ShouldBe("* too_few_sources"); // b does not answer
        // b says that it does not know it
        world.Gate.Judge([.. Readings("a 2"), new SourceReading("b", [], [])], Now).Believed.Single().Sources.ShouldBe("a,pools");

        var mapped = new World();
        mapped.Gate.Expect("b", [Token]);
        // it is there for that token
        Text(mapped.Gate.Judge([.. Readings("a 2"), new SourceReading("b", [], [])], Now).Rejected).ShouldBe("* too_few_sources");
    }

    [Fact]
    public void A_source_has_its_own_limit_of_age()
    {
        var options = new PricingOptions();
        options.Sources.Http.Add(new HttpPriceSourceOptions { Name = "slow", StaleAfter = TimeSpan.FromMinutes(5) });
        var result = new World(options).Judge("slow 2 300;b 2 10", Now);
        var price = result.Believed.Single();
        (price.At, price.Until).ShouldBe((Now.AddSeconds(-300), Now)); // whichever comes first
        Text(new World(options).Judge("slow 2 301;b 2 10", Now).Rejected).ShouldBe("slow stale;* too_few_sources");
    }

    [Fact]
    public void A_held_jump_puts_the_token_in_doubt_and_silence_does_not()
    {
        var world = new World();
        world.Judge("a 2", Now).Doubted.ShouldBeEmpty();
        world.Gate.Judge([], Now).Doubted.ShouldBeEmpty();
        world.Judge("a 2 60", Now).Doubted.ShouldBeEmpty();
        var held = world.Judge("a 2000", Now);
        held.Doubted.ShouldBe([Token]);
        Text(held.Rejected).ShouldBe("a jump_held;* too_few_sources");
        world.Judge("a 2000;b 2;c 2", Now).Doubted.ShouldBeEmpty();
    }

    [Fact]
    public void What_was_no_number_is_shown_and_puts_a_token_in_doubt_that_nobody_else_knows()
    {
        var refused = new PriceRejection(Token, "a", RejectionReason.NotANumber, "price 'NaN'");
        var alone = new World().Gate.Judge([new SourceReading("a", [], [refused])], Now);
        alone.Rejected.ShouldBe([refused]);
        alone.Doubted.ShouldBe([Token]);

        var outvoted = new World().Gate.Judge([new SourceReading("a", [], [refused]), .. Readings("b 2;c 2")], Now);
        outvoted.Rejected.ShouldBe([refused]);
        outvoted.Doubted.ShouldBeEmpty();
        Text(outvoted.Believed).ShouldBe("2 b,c");
    }

    [Fact]
    public void A_jump_is_measured_from_what_was_believed_before_a_restart()
    {
        var world = new World();
        world.Gate.Remember(Token, Price.Parse("2"));
        world.Judge("a 2000", Now).Believed.ShouldBeEmpty();
    }

    [Fact]
    public void A_price_is_as_old_as_its_oldest_source_and_never_younger_than_now()
    {
        new World().Judge("a 2 3;b 2 11;c 2", Now).Believed.Single().At.ShouldBe(Now.AddSeconds(-11));
        new World().Judge("a 2 -20", Now).Believed.Single().At.ShouldBe(Now);
    }

    [Fact]
    public void Prices_at_the_edge_of_the_range_are_compared_without_overflow()
    {
        var max = Price.MaxValue.ToString();
        Text(new World().Judge($"a {max};b {max};c 0.000000000000000001", Now).Believed).ShouldBe($"{max} a,b");
    }

    private static string Polls(string polls, TimeSpan pause)
    {
        var world = new World();
        var believed = polls.Split('|')
            .Select((said, i) => world.Judge(said, Now + i * pause).Believed.SingleOrDefault()?.Usd.ToString() ?? "-");
        return string.Join('|', believed);
    }

    // "name price [age in seconds]"; "!" after a price: pinned, "~": of a play market.
    private static List<SourceReading> Readings(string said, DateTimeOffset? now = null) =>
    [
        .. said.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(word =>
        {
            var parts = word.Split(' ');
            var age = parts.Length > 2 ? int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture) : 0;
            var origin = parts[1][^1] switch { '!' => PriceOrigin.Pinned, '~' => PriceOrigin.PlayMarket, _ => PriceOrigin.Source };
            return new SourceReading(parts[0],
                [new PriceObservation(Token, Price.Parse(parts[1].TrimEnd('!', '~')), (now ?? Now).AddSeconds(-age), origin)], []);
        }),
    ];

    private static string Text(IEnumerable<BelievedPrice> believed) =>
        string.Join(';', believed.Select(price => $"{price.Usd} {price.Sources}"));

    private static string Text(IEnumerable<PriceRejection> rejected) =>
        string.Join(';', rejected.Select(r => $"{r.Source ?? "*"} {r.Reason.Name()}"));

    private sealed class World(PricingOptions? options = null)
    {
        public PriceGate Gate => field ??= new PriceGate(options ?? new PricingOptions(), Pools);

        public FakePools Pools { get; } = new();

        /// <summary>One poll in which the pools agree with the last word.</summary>
        public GateResult Judge(string said, DateTimeOffset now)
        {
            var readings = Readings(said, now);
            Pools.Clock = now;
            Pools.Usd = readings.LastOrDefault()?.Observations[^1].Usd.ToString();
            return Gate.Judge(readings, now);
        }
    }

    private sealed class FakePools : ISecondOpinion
    {
        public string Name => "pools";

        public string? Usd { get; set; }

        public TimeSpan Age { get; set; }

        public DateTimeOffset Clock { get; set; } = Now;

        public IReadOnlyDictionary<TokenId, Price> Anchors { get; private set; } = new Dictionary<TokenId, Price>();

        public PriceOpinion? Of(TokenId token, IReadOnlyDictionary<TokenId, Price> anchors)
        {
            Anchors = anchors;
            return Usd is null ? null : new PriceOpinion(Price.Parse(Usd), Clock - Age);
        }
    }
}
