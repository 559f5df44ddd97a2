namespace OrderService.Api.Charisma;

/// <summary>GET orders/{uuid}: an order as it reads now; <see cref="ReadableOrder"/> says to whom.</summary>
internal static class GetOrder
{
    public static async Task<IResult> HandleAsync(string uuid, HttpContext context, ReadableOrder orders, CancellationToken token) =>
        (await orders.FindAsync(uuid, context, token)).IsRejected(out var why, out var view)
            ? CharismaErrors.From(why) : Answers.Order(context, view);
}
