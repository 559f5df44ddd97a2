using OrderService.Domain;
using OrderService.Domain.Pricing;
using OrderService.Engine.Orders;
using OrderService.Engine.Partitions;

namespace OrderService.Api.SwapCoffee;

/// <summary>DELETE cancel/by-tokens/{first}/{second}: ends the active orders that swap the one into the other, either way round.</summary>
internal static class DeleteByTokens
{
    public static async Task<IResult> HandleAsync(
        string first, string second, HttpContext context, AllPartitions partitions, CancellationToken token)
    {
        if (!TokenAddress.TryParse(first, out var a)) return SwapCoffeeErrors.From(new OrderError.Field("first", TokenAddress.Shape));
        if (!TokenAddress.TryParse(second, out var b)) return SwapCoffeeErrors.From(new OrderError.Field("second", TokenAddress.Shape));
        return await DeleteAll.OfKindAsync(context, new OrderQuery { Pair = (a, b) }, partitions, token);
    }
}
