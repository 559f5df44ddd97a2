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
        orders.MapPost("/batch", PostBatch.HandleAsync).AsksItself().WithMetadata(new RequestSizeLimitAttribute(BatchBody.BytesMax)).AddEndpointFilter<BatchFilter>().AddEndpointFilter(once);

        var proven = new IdempotencyFilter(context => BulkProof.CallOf(context).Caller.Owner.ToString(), CharismaErrors.From);
        orders.MapPost("/batch/cancel", PostCancelMany.HandleAsync).Needs(new BulkProof(WalletActions.CancelOrders)).AddEndpointFilter(proven);
        orders.MapPost("/cancel-all", PostCancelAll.HandleAsync).Needs(new BulkProof(WalletActions.CancelAll)).AddEndpointFilter(proven);
        orders.MapPost("/cancel-all-after", PostCancelAllAfter.HandleAsync).Needs(new BulkProof(WalletActions.CancelAllAfter)).AddEndpointFilter(proven);
        orders.MapGet("/cancel-all-after", GetCancelAllAfter.HandleAsync).Needs(new OwnReads());
        var replacing = new IdempotencyFilter(context => ReplaceProof.CallOf(context).Caller.Owner.ToString(), CharismaErrors.From);
        orders.MapPost("/{uuid}/replace", PostReplace.HandleAsync).Needs(new ReplaceProof()).AddEndpointFilter(replacing);
        var amending = new IdempotencyFilter(context => AmendProof.CallOf(context).Caller.Owner.ToString(), CharismaErrors.From);
        orders.MapPatch("/{uuid}", PatchOrder.HandleAsync).Needs(new AmendProof()).AddEndpointFilter(amending);
        orders.MapPost("/batch/execute", PostExecuteMany.HandleAsync).Needs(new BulkProof(WalletActions.ExecuteOrders)).AddEndpointFilter(proven);
    }
}
