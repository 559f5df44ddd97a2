using OrderService.Api.Tread.Records;
using OrderService.Api.Wire;

namespace OrderService.Api.Tread;

/// <summary>
/// POST orders: stores an order and sets its funds aside, or says why not; what is said first is the order of the checks.
/// </summary>
internal static class PostOrder
{
    /// <summary>What is said of a body that is no JSON object.</summary>
    public static readonly TreadFault NoObject = TreadFaults.Errors(400, "invalid_request", "Invalid order data");

    /// <summary>A body that is no JSON object is told before a permission that the key has not.</summary>
    public static async Task<IResult?> BodyFaultAsync(HttpContext context) =>
        (await BodyFilter<NewOrderRecord>.ReadAsync(context, TreadBodies.OrderStyle)).Fault is null ? null : NoObject;

    public static async Task<IResult> HandleAsync(HttpContext context, NewOrders orders, CancellationToken token)
    {
        var body = NewOrderJson.Of(BodyFilter<NewOrderRecord>.BodyOf(context));
        var (order, refused) = await orders.PlaceAsync(TokenProof.CallerOf(context), body, CreationId.Of(context), token);
        return order is null
            ? refused!
            : JsonAnswer.Fresh(context, OrderDetailJson.SubmittedOf(order), TreadJson.Default.SubmittedRecord,
                StatusCodes.Status201Created);
    }
}
