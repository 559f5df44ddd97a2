using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Orders;

namespace OrderService.Api.Charisma;

/// <summary>GET orders/{uuid}: open to everyone, since whoever knows the uuid was told it.</summary>
internal static class GetOrder
{
    public static async Task<IResult> HandleAsync(string uuid, HttpContext context, FindOrder find, CancellationToken token) =>
        OrderUuid.TryParse(uuid, out var id) && await find.HandleAsync(id, token) is { } view
            ? Answers.Order(context, view)
            : CharismaErrors.From(new OrderError.NotFound());
}
