using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;

namespace OrderService.Api.Charisma;

/// <summary>
/// POST orders/new: stores a signed order. Its signature is the authority; an API key is only asked about where one is sent.
/// </summary>
internal static class PostOrder
{
    public static async Task<IResult> HandleAsync(
        HttpContext context, ISwapRouter router, Authenticator authenticator, AddressBudgets addresses, PlaceOrder place, TimeProvider time,
        CancellationToken token)
    {
        var started = time.GetUtcNow();
        if (addresses.Take(context, AddressUse.Creates) is { } spent) return CharismaErrors.From(spent);
        if (BodyFilter<NewOrderRecord>.BodyOf(context).ToOrder(router.Terms).IsRejected(out var why, out var order))
            return CharismaErrors.From(why);
        if (context.Request.Headers.ContainsKey(Authenticator.KeyHeader))
        {
            if ((await authenticator.AuthenticateAsync(context, "create_order", order.Terms.Uuid, order.Terms.Owner, token)).IsRejected(
                out why, out var caller))
            {
                return CharismaErrors.From(why);
            }
            order = order with { By = caller };
        }
        if ((await place.HandleAsync(order, token)).IsRejected(out why, out var stored)) return CharismaErrors.From(why);
        // The same order sent again is answered with what is stored, which is no new one. Stored moments are cut to microseconds.
        if (stored.CreatedAt < started.AddTicks(-(started.Ticks % TimeSpan.TicksPerMicrosecond))) IdempotencyFilter.Replays(context);
        return Answers.Order(context, new OrderView(stored, [], time.GetUtcNow()));
    }
}
