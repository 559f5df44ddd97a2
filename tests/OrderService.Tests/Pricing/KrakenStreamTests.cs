using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Execution;
using OrderService.Engine.Orders;
using OrderService.Engine.Pricing;
using OrderService.Tests.Engine;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Pricing;

public sealed class KrakenStreamTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    private static readonly ManualTime Clock = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));

    // One for each test: who connects once more as a test ends is not the next one's first.
    private readonly FakeKraken _kraken = new();

    public Task InitializeAsync() => _kraken.StartAsync();

    public async Task DisposeAsync() => await _kraken.DisposeAsync();

    [Fact]
    public async Task A_pushed_price_claims_what_it_crosses_and_nobody_is_asked()
    {
        var other = new Counted(Clock);
        await using var world =
            await EngineWorld.StartAsync(database.ConnectionString, services => services.AddSingleton<IPriceSource>(other), Clock,
            ("Pricing:Sources:KrakenStream:Url", _kraken.Url), ("Pricing:Sources:KrakenStream:TokenMap:.stx", "STX/USD"));
        var order = await world.CreateAsync(world.PriceTerms(TriggerDirection.Gt, "2.04", TokenId.Stx));
        var (stream, push) = (world.Get<KrakenStream>(), world.Get<PushWorker>());
        await stream.StartAsync(CancellationToken.None);
        var caller = await _kraken.NextAsync();
        caller.Asked.ShouldBe("""{"method":"subscribe","params":{"channel":"ticker","symbol":["STX/USD"]}}""");
        await caller.TickAsync("STX/USD", "2.0", Clock.GetUtcNow());
        await Until.Async(() => Task.FromResult(Said(world.Get<KrakenTicker>())), said => said == "2");
        await world.Get<PricePoller>().PollAsync(CancellationToken.None);
        (await world.SweepAsync()).ShouldBe(0); // at 2
        other.Calls.ShouldBe(1);

        await push.StartAsync(CancellationToken.None);
        await caller.TickAsync("STX/USD", "2.1", Clock.GetUtcNow());
        var view = await Until.Async(() => world.ReadAsync(order), one => one.Order.Slices[0].Status == SliceStatus.Executing);
        view.Order.Slices[0].Status.ShouldBe(SliceStatus.Executing);
        world.Get<PriceBoard>().TryRead(TokenId.Stx, Clock.GetUtcNow(), out var price).ShouldBeTrue();
        (price.Usd.ToString(), price.Sources).ShouldBe(("2.05", "kraken-stream,other"));
        other.Calls.ShouldBe(1);
        await push.StopAsync(CancellationToken.None);
        await stream.StopAsync(CancellationToken.None);
    }

    [Theory]
    [InlineData("drop")]
    [InlineData("close")]
    [InlineData("what is no JSON")]
    [InlineData("[]")]
    [InlineData("""{"channel":"ticker","type":"update"}""")]
    [InlineData("""{"method":"subscribe","success":false,"error":"no"}""")]
    [InlineData("large")]
    [InlineData("silence")]
    public async Task A_connection_that_breaks_is_made_again_and_what_it_said_is_not_used_any_more(string fault)
    {
        var options = Options(_kraken.Url, fault == "silence" ? TimeSpan.FromMilliseconds(200) : TimeSpan.FromMinutes(5));
        var ticker = new KrakenTicker(options.Sources.KrakenStream!, options.StaleAfter, Clock);
        using var stream = new KrakenStream(ticker, new PriceMoved(), Asks, Microsoft.Extensions.Options.Options.Create(options), Clock);
        await stream.StartAsync(CancellationToken.None);
        var first = await _kraken.NextAsync();
        if (fault != "silence")
        {
            await first.TickAsync("STX/USD", "2.0", Clock.GetUtcNow());
            await Until.Async(() => Task.FromResult(Said(ticker)), said => said == "2");
        }
        if (fault == "drop") first.Drop();
        else if (fault == "close")
            await first.Socket!.CloseOutputAsync(System.Net.WebSockets.WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        else if (fault == "large") await first.SayAsync(new string(' ', 1025));
        else if (fault != "silence") await first.SayAsync(fault);
        var second = await _kraken.NextAsync(); // which has said nothing yet
        Said(ticker).ShouldBeNull();
        if (fault != "silence")
        {
            await second.TickAsync("STX/USD", "2.2", Clock.GetUtcNow());
            await Until.Async(() => Task.FromResult(Said(ticker)), said => said == "2.2");
        }
        await stream.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        var options = Options(_kraken.Url + "/moved", TimeSpan.FromMinutes(5));
        var ticker = new KrakenTicker(options.Sources.KrakenStream!, options.StaleAfter, Clock);
        using var stream = new KrakenStream(ticker, new PriceMoved(), Asks, Microsoft.Extensions.Options.Options.Create(options), Clock);
        await stream.StartAsync(CancellationToken.None);
        for (var attempt = 0; attempt < 3; attempt++) (await _kraken.NextAsync()).Socket.ShouldBeNull();
        await stream.StopAsync(CancellationToken.None);
        _kraken.Elsewhere.ShouldBe(0);
        Should.Throw<PriceSourceException>(() => ticker.Read());
    }

    [Fact]
    public void The_pause_doubles_up_to_its_limit_and_is_shortened_by_a_quarter_at_most()
    {
        var options = new KrakenStreamOptions();
        foreach (var (failures, seconds) in ((int, int)[])[(0, 1), (1, 2), (5, 32), (6, 60), (1_000, 60)])
        {
            var pause = KrakenStream.PauseAfter(options, failures);
            pause.ShouldBeInRange(TimeSpan.FromSeconds(seconds) * 3 / 4, TimeSpan.FromSeconds(seconds));
        }
    }

    private static Task<bool> Asks(CancellationToken token) => Task.FromResult(true);

    private static PricingOptions Options(string url, TimeSpan silenceMax)
    {
        var stream = new KrakenStreamOptions
        {
            Url = url, SilenceMax = silenceMax, ReconnectMin = TimeSpan.FromMilliseconds(10), ReconnectMax = TimeSpan.FromMilliseconds(20),
            MaxBytes = 1024,
        };
        stream.TokenMap[".stx"] = "STX/USD";
        return new PricingOptions { Sources = new PriceSourcesOptions { KrakenStream = stream } };
    }

    private static string? Said(KrakenTicker ticker)
    {
        try
        {
            return ticker.Read().Observations.SingleOrDefault()?.Usd.ToString();
        }
        catch (PriceSourceException)
        {
            return null;
        }
    }

    private sealed class Counted(TimeProvider time) : IPriceSource
    {
        private int _calls;

        public string Name => "other";

        public int Calls => Volatile.Read(ref _calls);

        public Task<IReadOnlyList<PriceObservation>> FetchAsync(IReadOnlyCollection<TokenId> tokens, CancellationToken token)
        {
            Interlocked.Increment(ref _calls);
            return Task.FromResult<IReadOnlyList<PriceObservation>>(
                [new PriceObservation(TokenId.Stx, Price.Parse("2"), time.GetUtcNow())]);
        }
    }
}
