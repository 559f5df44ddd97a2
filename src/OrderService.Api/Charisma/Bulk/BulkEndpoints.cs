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
            .AddEndpointFilter(new KeyCount(WalletActions.CreateOrder, CharismaErrors.From)).Takes<NewBatchRecord>(CharismaBodies.BatchStyle).AddEndpointFilter(new BatchFilter()).AddEndpointFilter(once);

        orders.MapPost("/batch/cancel", PostCancelMany.HandleAsync).Needs(new BulkProof<ManyRecord>(WalletActions.CancelOrders)).AddEndpointFilter(Once<ManyRecord>());
        orders.MapPost("/cancel-all", PostCancelAll.HandleAsync).Needs(new BulkProof<CancelAllRecord>(WalletActions.CancelAll)).AddEndpointFilter(Once<CancelAllRecord>());
        orders.MapPost("/cancel-all-after", PostCancelAllAfter.HandleAsync).Needs(new BulkProof<CancelAllAfterRecord>(WalletActions.CancelAllAfter)).AddEndpointFilter(Once<CancelAllAfterRecord>());
        orders.MapGet("/cancel-all-after", GetCancelAllAfter.HandleAsync).Needs(new OwnReads());
        var replacing = new IdempotencyFilter(context => ReplaceProof.CallOf(context).Caller.Owner.ToString(), CharismaErrors.From);
        orders.MapPost("/{uuid}/replace", PostReplace.HandleAsync).Needs(new ReplaceProof()).AddEndpointFilter(replacing);
        var amending = new IdempotencyFilter(context => AmendProof.CallOf(context).Caller.Owner.ToString(), CharismaErrors.From);
        orders.MapPatch("/{uuid}", PatchOrder.HandleAsync).Needs(new AmendProof()).AddEndpointFilter(amending);
        orders.MapPost("/batch/execute", PostExecuteMany.HandleAsync).Needs(new BulkProof<ExecuteManyRecord>(WalletActions.ExecuteOrders)).AddEndpointFilter(Once<ExecuteManyRecord>());
    }

    private static IdempotencyFilter Once<T>() where T : ProvenCallRecord => new(context => BulkProof<T>.CallOf(context).Caller.Owner.ToString(), CharismaErrors.From);
}
