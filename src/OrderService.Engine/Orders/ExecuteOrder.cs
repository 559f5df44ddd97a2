using Microsoft.Extensions.Options;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Auth;
using OrderService.Engine.Execution;
using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Orders;

/// <summary>Executes an order now, at its owner's word: past its price condition and a schedule's rhythm, never past its window, pause or the min amount out. Answers the txid of the one try that it makes; what waits for calls is tried again only where <c>retries</c> says so.</summary>
internal sealed class ExecuteOrder(ChangeOrder change, ExecuteSlice execute, IOptions<ExecutionOptions> options)
{
    /// <summary>In one try.</summary>
    public Task<Result<string>> HandleAsync(OrderUuid uuid, Caller caller, CancellationToken token) => HandleAsync(uuid, caller, retries: false, token);

    public async Task<Result<string>> HandleAsync(OrderUuid uuid, Caller caller, bool retries, CancellationToken token)
    {
        var claimId = Guid.NewGuid();
        var claimed = await ClaimAsync(uuid, caller, claimId, retries, token);
        if (claimed.IsRejected(out var why, out var slice)) return why;
        var claim = new ClaimedSlice(uuid.Key, slice.Number, claimId);
        // A caller who hangs up must not leave the slice half-way: from here on it runs to its end.
        var outcomes = await execute.HandleAsync([claim], CancellationToken.None);
        return outcomes[claim];
    }

    private async Task<Result<Slice>> ClaimAsync(OrderUuid uuid, Caller caller, Guid claimId, bool retries, CancellationToken token)
    {
        using var activity = EngineActivities.Start(EngineActivities.Claim);
        return await change.HandleAsync(uuid, caller, (order, now) => order.ClaimByCall(claimId, now + options.Value.Lease, now, retries), token);
    }
}
