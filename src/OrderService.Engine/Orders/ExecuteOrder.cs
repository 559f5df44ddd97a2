using Microsoft.Extensions.Options;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Auth;
using OrderService.Engine.Clock;
using OrderService.Engine.Execution;
using OrderService.Engine.Persistence;
using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Orders;

/// <summary>
/// Executes orders now, at their owner's word: past their price condition and a schedule's rhythm, never past their window, pause or the
/// min amount out. Answers the txid of the one try that it makes of each; what waits for calls is tried again only where <c>retries</c>
/// says so.
/// </summary>
internal sealed class ExecuteOrder(
    ChangeOrder change, ExecuteSlice execute, EngineTelemetry telemetry, IOptions<ExecutionOptions> options, TimeProvider time)
{
    /// <summary>One, in one try.</summary>
    public Task<Result<string>> HandleAsync(OrderUuid uuid, Caller caller, CancellationToken token) =>
        HandleAsync(uuid, caller, retries: false, token);

    /// <summary>One.</summary>
    public async Task<Result<string>> HandleAsync(OrderUuid uuid, Caller caller, bool retries, CancellationToken token)
    {
        if ((await ClaimAsync([uuid], caller, retries, token)).IsRejected(out var why, out var claims) || claims[0].IsRejected(out why))
            return why;
        // A caller who hangs up must not leave the slice half-way: from here on it runs to its end.
        return (await execute.HandleAsync([claims[0].Value], CancellationToken.None))[claims[0].Value];
    }

    /// <summary>
    /// Several together: they are claimed in one transaction and sent in one, as far as there are accounts to pay. The answers are in the
    /// order of the uuids.
    /// </summary>
    public async Task<Result<Result<string>[]>> HandleAsync(
        IReadOnlyList<OrderUuid> uuids, Caller caller, bool retries, CancellationToken token)
    {
        if ((await ClaimAsync(uuids, caller, retries, token)).IsRejected(out var why, out var claims)) return why;
        var outcomes = new Dictionary<ClaimedSlice, Result<string>>();
        await Isolation.RunAsync<ClaimedSlice>(
            [.. claims.Where(claim => claim.Error is null).Select(claim => claim.Value)],
            async batch => { foreach (var (claim, outcome) in await execute.HandleAsync(batch, CancellationToken.None))
                outcomes[claim] = outcome; },
            fault => telemetry.WorkerFailed(WorkerNames.Execution, fault), CancellationToken.None);
        return claims.Select(claim => claim.IsRejected(out var no, out var held) ? no : outcomes.GetValueOrDefault(held, Unknown))
            .ToArray();
    }

    // It was claimed and could not be worked on: the claim's lease says when it is looked at again.
    private static readonly Result<string> Unknown =
        new OrderError.Unavailable("unavailable", "What became of it is not known: read the order", TimeSpan.FromSeconds(1));

    private async Task<Result<Result<ClaimedSlice>[]>> ClaimAsync(
        IReadOnlyList<OrderUuid> uuids, Caller caller, bool retries, CancellationToken token)
    {
        using var activity = EngineActivities.Start(EngineActivities.Claim);
        return await change.HandleAsync<ClaimedSlice>(uuids, caller, Claim, token);

        Result<ClaimedSlice> Claim(Order order, DateTimeOffset now)
        {
            var claimId = Guid.NewGuid();
            return order.ClaimByCall(claimId, time.RealNow() + options.Value.Lease, now, retries).IsRejected(out var why, out var slice)
                ? why : new ClaimedSlice(order.Id, slice.Number, claimId);
        }
    }
}
