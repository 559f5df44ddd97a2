using OrderService.Api.Wire;

namespace OrderService.Api.Tread;

/// <summary>POST orders: stores an order and sets its funds aside, or says why not; what is said first is the order of the checks.</summary>
internal static class PostOrder
{
    private static readonly TreadFault NoObject = TreadFaults.Errors(400, "invalid_request", "Invalid order data");

    /// <summary>A body that is no JSON object is told before a permission that the key has not.</summary>
    public static async Task<IResult?> BodyFaultAsync(HttpContext context) => await JsonBody.ReadAsync(context) is null ? NoObject : null;

    public static async Task<IResult> HandleAsync(HttpContext context, NewOrderJson reader, NewOrders orders, CancellationToken token)
    {
        var caller = TokenProof.CallerOf(context);
        if (await JsonBody.ReadAsync(context) is not { } json) return NoObject;
        if (caller.IsSuperuser) return TreadFaults.Superuser;
        var (body, fault) = reader.Read(json);
        if (body is null) return fault!;
        var (order, refused) = await orders.PlaceAsync(caller, body, CreationId.Of(context), token);
        return order is null ? refused! : JsonAnswer.Fresh(context, OrderDetailJson.SubmittedOf(order), TreadJson.Default.SubmittedRecord, StatusCodes.Status201Created);
    }
}
