using OrderService.Api.Tread.Records;
using OrderService.Api.Wire;

namespace OrderService.Api.Tread;

/// <summary>GET strategies: names and ids of what an order may ask for.</summary>
internal static class GetStrategies
{
    public static IResult Handle(HttpContext context)
    {
        var strategies = Strategy.All.Select(
            strategy => new StrategyRecord { Id = strategy.Id.ToString(), Name = strategy.Name, IsSimple = strategy.IsSimple });
        var supers = SuperStrategy.All.Select(
            super => new SuperStrategyRecord { Id = super.Id.ToString(), Name = super.Name, StrategyId = super.Strategy.Id.ToString() });
        return JsonAnswer.Fresh(context, new StrategiesRecord { Strategies = [.. strategies], SuperStrategies = [.. supers] },
            TreadJson.Default.StrategiesRecord);
    }
}
