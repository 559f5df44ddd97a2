using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Clock;
using OrderService.Engine.Pricing;
using OrderService.Engine.Workers;
using OrderService.Tests.Engine;

namespace OrderService.Tests.Pricing;

/// <summary>A node as far as prices go, which looks when it is told to. One that is not disposed of has died with its lease.</summary>
internal sealed class PriceNode : IAsyncDisposable
{
    public static readonly TokenId Subnet = TokenId.Parse("SP000000000000000000002Q6VF78.subnet");

    private readonly SharedPrices _shared;

    public PriceNode(
        NpgsqlDataSource source, ManualTime time, PricingOptions pricing, IPriceSource[] sources, TokenId[] tokens, ISecondOpinion? opinion,
        NpgsqlDataSource? history = null, bool yields = false)
    {
        var options = Options.Create(pricing);
        var telemetry = new PricingTelemetry(NullLogger<PricingTelemetry>.Instance);
        Board = new PriceBoard(token => token == Subnet ? TokenId.Stx : null, options);
        Lead = new PriceLead(new WorkLeases(source, time), new EngineClock(time, Uptime.Read), time, telemetry, yields);
        var points = new PriceHistory(history ?? source);
        _shared = new SharedPrices(new PriceRows(source), Board, points, Lead, new ToldPrices(options), telemetry, time);
        Poller = new PricePoller(sources, () => tokens, Board, points, Lead, _shared, telemetry, time, options, opinion);
    }

    public PriceBoard Board { get; }

    public PriceLead Lead { get; }

    public PricePoller Poller { get; }

    public Task PollAsync() => Poller.PollAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await Lead.DisposeAsync();
        Poller.Dispose();
        _shared.Dispose();
    }
}

/// <summary>What the venue's pools say, fresh at every moment.</summary>
internal sealed class OpenPools(TimeProvider time) : ISecondOpinion
{
    public string Name => "pools";

    public string Usd { get; set; } = "2";

    public PriceOpinion? Of(TokenId token, IReadOnlyDictionary<TokenId, Price> anchors) => new(Price.Parse(Usd), time.GetUtcNow());
}

/// <summary>A source that says one price of STX, and counts how often it is asked.</summary>
internal sealed class Told(string name, string usd) : IPriceSource
{
    public string Name => name;

    public string Usd { get; set; } = usd;

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public IReadOnlyCollection<TokenId> Asked { get; private set; } = [];

    public int Calls { get; private set; }

    public Task<IReadOnlyList<PriceObservation>> FetchAsync(IReadOnlyCollection<TokenId> tokens, CancellationToken token)
    {
        Asked = tokens;
        Calls++;
        return Task.FromResult<IReadOnlyList<PriceObservation>>([new PriceObservation(TokenId.Stx, Price.Parse(Usd), Time.GetUtcNow())]);
    }
}

/// <summary>A source that fails.</summary>
internal sealed class Broken(string name) : IPriceSource
{
    public string Name => name;

    public Task<IReadOnlyList<PriceObservation>> FetchAsync(IReadOnlyCollection<TokenId> tokens, CancellationToken token) =>
        throw new InvalidOperationException("broken");
}
