using OrderService.Domain;

namespace OrderService.Api.Wire;

/// <summary>Lets only requests with an admin key through.</summary>
internal sealed class AdminProof(Func<OrderError, IResult> refuse) : CallerProof(Asker.Operator)
{
    /// <inheritdoc/>
    protected override ValueTask<IResult?> RefusalAsync(HttpContext http) =>
        ValueTask.FromResult(http.RequestServices.GetRequiredService<AdminKeys>().Check(http).IsRejected(out var why) ? refuse(why) : null);
}
