using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrderService.Domain.Pricing;
using OrderService.Engine.Pricing;

namespace OrderService.Tests.Pricing;

public sealed class PricingTelemetryTests : ILogger<PricingTelemetry>
{
    private readonly List<string> _lines = [];

    [Fact]
    public void What_goes_on_is_counted_every_time_and_told_once()
    {
        var telemetry = new PricingTelemetry(this);
        var rejection = new PriceRejection(TokenId.Stx, "a", RejectionReason.Stale, "observed long ago");
        telemetry.SourceFailed("a", new HttpRequestException("https://a.example/?key=secret"));
        telemetry.SourceFailed("a", new HttpRequestException("https://a.example/?key=secret"));
        telemetry.SourceAnswered("a");
        telemetry.SourceAnswered("a");
        telemetry.Rejected([rejection]);
        telemetry.Rejected([rejection with { Detail = "observed longer ago" }]);
        telemetry.Rejected([]);
        telemetry.Rejected([rejection]);
        _lines.ShouldBe(
        [
            "Price source a failed: HttpRequestException", "Price source a answers again",
            "Price of .stx from a is not believed, stale: observed long ago",
            "Price of .stx from a is not believed, stale: observed long ago",
        ]);
    }

    [Fact]
    public void Every_reason_starts_at_zero()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        var seen = new Dictionary<string, long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, to) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters)) to.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            seen[$"{instrument.Name} {string.Join(',', tags.ToArray().Select(tag => tag.Value))}".TrimEnd()] = value);
        listener.Start();
        new PricingTelemetry(this, meters).SourceKnown("a");
        seen.Values.ShouldAllBe(value => value == 0);
        seen.Keys.ShouldContain("orderservice.prices.polls");
        seen.Keys.ShouldContain("orderservice.prices.answers a,failed");
        foreach (var reason in RejectionReasons.Names) seen.Keys.ShouldContain($"orderservice.prices.rejected {reason}");
    }

    void ILogger.Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Add(formatter(state, exception));

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;
}
