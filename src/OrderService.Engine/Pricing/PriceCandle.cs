using OrderService.Domain.Amounts;

namespace OrderService.Engine.Pricing;

/// <summary>What was believed of one token within one interval, which begins at <paramref name="At"/>.</summary>
internal sealed record PriceCandle(DateTimeOffset At, Price Open, Price High, Price Low, Price Close, long Points);
