using Microsoft.Extensions.Options;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Engine.Pricing;

namespace OrderService.Tests.Pricing;

public sealed class PriceBoardTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
    private static readonly TokenId Base = TokenId.Parse("SP000000000000000000002Q6VF78.base");
    private static readonly TokenId Subnet = TokenId.Parse("SP000000000000000000002Q6VF78.subnet");
    private static readonly SourceOutcome Answered = new("a", new SourceReading("a", [], []), null);

    [Fact]
    public void An_empty_board_knows_only_the_dollar()
    {
        var board = NewBoard();
        board.HasLoaded.ShouldBeFalse();
        board.TryRead(Base, Now, out _).ShouldBeFalse();
        board.Knows(Base).ShouldBeFalse();
        board.Knows(TokenId.Usd).ShouldBeTrue();
        board.TryRead(TokenId.Usd, Now.AddYears(9), out var usd).ShouldBeTrue();
        (usd.Usd, usd.At).ShouldBe((Price.One, Now.AddYears(9)));
        board.All(Now).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(31, false)]
    public void A_price_is_read_until_it_is_stale(int age, bool expected)
    {
        var board = NewBoard(Believed(Base, "2", 0));
        board.TryRead(Base, Now.AddSeconds(age), out _).ShouldBe(expected);
        board.All(Now.AddSeconds(age)).Count.ShouldBe(expected ? 1 : 0);
        board.Knows(Base).ShouldBeTrue();
        board.Health(Now.AddSeconds(age)).Tokens.Single().IsUsable.ShouldBe(expected);
    }

    [Fact]
    public void A_subnet_token_has_the_price_of_what_it_wraps()
    {
        var board = NewBoard(Believed(Base, "2", 0));
        board.TryRead(Subnet, Now, out var price).ShouldBeTrue();
        price.ShouldBe(new BelievedPrice(Subnet, Price.Parse("2"), Now, "a"));
        board.Knows(Subnet).ShouldBeTrue();
    }

    [Fact]
    public void A_ratio_tells_what_it_rests_on()
    {
        var board = NewBoard(Believed(Base, "2", 5), Believed(TokenId.Stx, "3", 9, "b,a"));
        board.TryRatio(Subnet, TokenId.Stx, Now, out var ratio, out var evidence).ShouldBeTrue();
        ratio.Floor.ToString().ShouldBe("0.666666666666666666");
        ratio.Ceiling.ToString().ShouldBe("0.666666666666666667");
        evidence.ShouldBe(new RatioEvidence(Price.Parse("2"), Price.Parse("3"), Now.AddSeconds(-9), "a,b"));

        board.TryRatio(Base, TokenId.Usd, Now, out _, out evidence).ShouldBeTrue();
        evidence.ShouldBe(new RatioEvidence(Price.Parse("2"), Price.One, Now.AddSeconds(-5), "a"));
        board.TryRatio(TokenId.Usd, TokenId.Usd, Now, out _, out evidence).ShouldBeTrue();
        evidence.Sources.ShouldBe("constant");
        board.TryRatio(Base, TokenId.Stx, Now.AddSeconds(25), out _, out _).ShouldBeFalse();
    }

    [Fact]
    public void A_token_in_doubt_cannot_be_read_until_it_is_believed_again()
    {
        var board = NewBoard(Believed(Base, "2", 0));
        board.Publish(new GateResult([], [], [Base]), [Answered], Now);
        board.TryRead(Base, Now, out _).ShouldBeFalse();
        board.Publish(new GateResult([], [], []), [], Now);
        board.TryRead(Base, Now, out _).ShouldBeFalse();
        board.Publish(new GateResult([Believed(Base, "3", 0)], [], []), [Answered], Now);
        board.TryRead(Base, Now, out _).ShouldBeTrue();
    }

    [Fact]
    public void A_poll_without_news_leaves_the_price()
    {
        var board = NewBoard(Believed(Base, "2", 0));
        board.Publish(new GateResult([], [], []), [new SourceOutcome("a", null, new PriceSourceException("answered 500"))],
            Now.AddSeconds(1));
        board.TryRead(Base, Now.AddSeconds(1), out _).ShouldBeTrue();
        board.HasLoaded.ShouldBeTrue();
    }

    [Fact]
    public void Health_tells_of_sources_and_rejections()
    {
        var board = NewBoard();
        var rejection = new PriceRejection(Base, "a", RejectionReason.Stale, "old");
        board.Publish(new GateResult([], [rejection], []), [Answered], Now);
        board.Publish(new GateResult([], [rejection], []), [new SourceOutcome("a", null, new InvalidOperationException("secret"))],
            Now.AddSeconds(1));
        var health = board.Health(Now.AddSeconds(2));
        health.Sources.ShouldBe([new SourceHealth("a", Now, "InvalidOperationException", Now.AddSeconds(1))]);
        health.Rejected.ShouldBe([rejection]);
        health.HasLoaded.ShouldBeTrue();
    }

    [Theory]
    [InlineData(nameof(RejectionReason.JumpHeld), "price_held")]
    [InlineData(nameof(RejectionReason.NoMajority), "price_disputed")]
    [InlineData(nameof(RejectionReason.OpinionDeviates), "price_disputed")]
    [InlineData(nameof(RejectionReason.Stale), "price_stale")]
    [InlineData(nameof(RejectionReason.NoSecondOpinion), "price_unconfirmed")]
    [InlineData(nameof(RejectionReason.BadTime), "price_unreadable")]
    [InlineData(nameof(RejectionReason.NotANumber), "price_unreadable")]
    [InlineData(nameof(RejectionReason.NoAnswer), "no_believed_price")]
    public void M13_What_is_not_believed_says_why(string reason, string word)
    {
        var why = Enum.Parse<RejectionReason>(reason);
        var board = NewBoard();
        board.WhyNot(Base, Now).ShouldBe("no_believed_price");
        board.Publish(new GateResult([Believed(TokenId.Stx, "2", 0)],
            [new PriceRejection(Base, "a", why, "x"), new PriceRejection(TokenId.Stx, "a", why, "x")], []), [Answered], Now);
        (board.WhyNot(Base, Now), board.WhyNot(Subnet, Now)).ShouldBe((word, word));
        board.WhyNoRatio(TokenId.Stx, Subnet, Now).ShouldBe(word);
        (board.WhyNot(TokenId.Stx, Now), board.WhyNoRatio(TokenId.Stx, TokenId.Usd, Now)).ShouldBe((null, null)); // others agreed
    }

    [Fact]
    public void M13_Readiness_names_the_source_and_its_age()
    {
        var board = NewBoard();
        var gate = new PriceGate(new PricingOptions());
        SourceReading Of(string source, int age) => new(source, [new PriceObservation(Base, Price.Parse("2"), Now.AddSeconds(-age))], []);
        board.Publish(gate.Judge([Of("a", 0), Of("b", 0)], Now), [Answered], Now);
        PriceAbsence.Warnings(board.Health(Now)).ShouldBeEmpty();

        var later = Now.AddSeconds(120);
        board.Publish(gate.Judge([Of("a", 0), Of("b", 0)], later), [Answered], later);
        PriceAbsence.Warnings(board.Health(later)).ShouldBe(
            [$"{Base} has no believed price (price_stale), and orders that watch it wait. a: stale, 120 s old, observed at {Now:O}; b: stale, 120 s old, observed at {Now:O}"]);
        board.Publish(gate.Judge([], later), [], later); // and nobody says anything any more
        PriceAbsence.Warnings(board.Health(later))
            .ShouldBe([$"{Base} has no believed price (price_stale), and orders that watch it wait. a,b: last heard of 120 s ago"]);

        var alone = NewBoard(Believed(Base, "2", 0, "a,vaults") with { IsAlone = true });
        PriceAbsence.Warnings(alone.Health(Now))
            .ShouldBe([$"{Base} rests on one source and the venue's pools (a,vaults): give it a second source"]);
    }

    [Fact]
    public void M14_A_price_without_a_valid_time_stops_what_was_believed_ten_seconds_ago()
    {
        var board = NewBoard(Believed(Base, "2", 10));
        board.TryRead(Base, Now, out _).ShouldBeTrue();
        var refused = new SourceReading("a", [], [new PriceRejection(Base, "a", RejectionReason.BadTime, "no readable time")]);
        board.Publish(new PriceGate(new PricingOptions()).Judge([refused], Now), [Answered], Now);
        board.TryRatio(Base, TokenId.Usd, Now, out _, out _).ShouldBeFalse();
        board.WhyNot(Base, Now).ShouldBe("price_unreadable");
    }

    [Fact]
    public void A_board_has_not_loaded_while_every_source_fails()
    {
        var board = NewBoard();
        board.Publish(new GateResult([], [], []), [new SourceOutcome("a", null, new PriceSourceException("answered 500"))], Now);
        board.HasLoaded.ShouldBeFalse();
    }

    [Fact]
    public async Task Readers_see_one_poll_or_the_next_and_never_a_mixture()
    {
        var board = NewBoard(Believed(Base, "1", 0), Believed(TokenId.Stx, "1", 0));
        using var stop = new CancellationTokenSource();
        var writer = Task.Run(() =>
        {
            for (var i = 2; i < 5_000; i++)
                board.Publish(new GateResult([Believed(Base, $"{i}", 0), Believed(TokenId.Stx, $"{i}", 0)], [], []), [Answered], Now);
            stop.Cancel();
        });
        while (!stop.IsCancellationRequested) board.All(Now).Select(price => price.Usd).Distinct().Count().ShouldBe(1);
        await writer;
    }

    private static BelievedPrice Believed(TokenId token, string usd, int age, string sources = "a") =>
        new(token, Price.Parse(usd), Now.AddSeconds(-age), sources);

    private static PriceBoard NewBoard(params BelievedPrice[] believed)
    {
        var board = new PriceBoard(token => token == Subnet ? Base : null, Options.Create(new PricingOptions()));
        if (believed.Length > 0) board.Publish(new GateResult(believed, [], []), [Answered], Now);
        return board;
    }
}
