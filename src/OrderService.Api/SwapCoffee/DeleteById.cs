using OrderService.Domain;
using OrderService.Engine.Orders;
using OrderService.Engine.Partitions;

namespace OrderService.Api.SwapCoffee;

/// <summary>DELETE cancel/by-id/{id}: ends one active order.</summary>
internal static class DeleteById
{
    public static async Task<IResult> HandleAsync(string id, AllPartitions partitions, CancellationToken token)
    {
        if (OrdersQuery.ReadId(id).IsRejected(out var why, out var number)) return SwapCoffeeErrors.From(why);
        var cancel = partitions[PublicNumbers.PartitionOf(number, partitions.Count)].GetRequiredService<CancelBySystem>();
        return (await cancel.OneAsync(OrdersQuery.One(number), token)).IsRejected(out why) ? SwapCoffeeErrors.From(why) : Answers.Empty();
    }
}
