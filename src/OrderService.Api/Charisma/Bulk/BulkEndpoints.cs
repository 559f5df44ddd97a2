using Microsoft.AspNetCore.Mvc;
using OrderService.Api.Wire;
using OrderService.Engine.Auth;

namespace OrderService.Api.Charisma.Bulk;

/// <summary>Calls about several orders at once, all additions of this service.</summary>
internal static class BulkEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapBulk(this IEndpointRouteBuilder routes)
    {
        var orders = routes.MapGroup($"{CharismaEndpoints.BasePath}/orders").WithTags("Several orders");
        var once = new IdempotencyFilter(context => BatchFilter.BatchOf(context).Owner.ToString(), CharismaErrors.From);
        orders.MapPost("/batch", PostBatch.HandleAsync).AsksItself().WithMetadata(new RequestSizeLimitAttribute(NewBatchRecord.BytesMax))
            .AddEndpointFilter(new KeyCount(WalletActions.CreateOrder, CharismaErrors.From))
            .Takes<NewBatchRecord>(CharismaBodies.BatchStyle).AddEndpointFilter(new BatchFilter()).AddEndpointFilter(once);

        orders.MapPost("/batch/cancel", PostCancelMany.HandleAsync).Needs(new CallProof<ManyRecord>(WalletActions.CancelOrders))
            .AddEndpointFilter(CallProof<ManyRecord>.Once);
        orders.MapPost("/cancel-all", PostCancelAll.HandleAsync).Needs(new CallProof<CancelAllRecord>(WalletActions.CancelAll))
            .AddEndpointFilter(CallProof<CancelAllRecord>.Once);
        orders.MapPost("/cancel-all-after", PostCancelAllAfter.HandleAsync)
            .Needs(new CallProof<CancelAllAfterRecord>(WalletActions.CancelAllAfter))
            .AddEndpointFilter(CallProof<CancelAllAfterRecord>.Once);
        orders.MapGet("/cancel-all-after", GetCancelAllAfter.HandleAsync).Needs(new OwnReads());
        var replacing = new IdempotencyFilter(context => ReplaceProof.CallOf(context).Caller.Owner.ToString(), CharismaErrors.From);
        orders.MapPost("/{uuid}/replace", PostReplace.HandleAsync).Needs(new ReplaceProof()).AddEndpointFilter(replacing);
        var amending = new IdempotencyFilter(context => AmendProof.CallOf(context).Caller.Owner.ToString(), CharismaErrors.From);
        orders.MapPatch("/{uuid}", PatchOrder.HandleAsync).Needs(new AmendProof()).AddEndpointFilter(amending);
        orders.MapPost("/batch/execute", PostExecuteMany.HandleAsync).Needs(new CallProof<ExecuteManyRecord>(WalletActions.ExecuteOrders))
            .AddEndpointFilter(CallProof<ExecuteManyRecord>.Once);
    }
}
