using OrderService.Domain;
using OrderService.Engine.Orders;
using OrderService.Engine.Partitions;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.SwapCoffee;

/// <summary>DELETE cancel/by-wallet/{address}: ends the active orders of one strategies wallet.</summary>
internal static class DeleteByWallet
{
    public static async Task<IResult> HandleAsync(string address, HttpContext context, AllPartitions partitions, CancellationToken token) =>
        StacksAddress.TryParse(address, out var wallet)
            ? await DeleteAll.OfKindAsync(context, new OrderQuery { Account = wallet }, partitions, token)
            : SwapCoffeeErrors.From(new OrderError.Field("address", "must be a Stacks address: that of the strategies wallet"));
}
