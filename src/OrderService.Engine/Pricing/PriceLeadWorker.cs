using Microsoft.Extensions.Options;
using OrderService.Engine.Telemetry;
using OrderService.Engine.Workers;

namespace OrderService.Engine.Pricing;

/// <summary>Keeps the lease under which this node asks for prices, or takes it when whoever had it is gone.</summary>
internal sealed class PriceLeadWorker(PriceLead lead, IOptions<PricingOptions> options, WorkerContext context)
    : PeriodicWorker(WorkerNames.PriceLead, context)
{
    protected override TimeSpan Pause => TimeSpan.FromSeconds(0.65);

    protected override bool RestsFirst => true;

    protected override bool RestsInRealTime => true; // as a lease is

    protected override Task WorkAsync(CancellationToken token) =>
        lead.KeepAsync(options.Value.PollInterval + options.Value.PollTimeout, token);
}
