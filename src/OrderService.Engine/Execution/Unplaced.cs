using Microsoft.Extensions.Options;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Events;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Execution;

/// <summary>
/// What becomes of a claimed slice for which there is no place to be sent: it keeps its turn while no account that pays has room, and waits
/// for its own account, or where the hour's fees are spent.
/// </summary>
internal sealed class Unplaced(LookAtAccount look, ISwapRouter router, IOptions<ExecutionOptions> options, EngineTelemetry telemetry)
{
    /// <summary>Every account that pays is busy or poor.</summary>
    public static readonly OrderError.Unavailable NoPayer = new(
        "solvers_busy",
        "Every account that pays has as much in flight as it may, or too little to pay with: the order is queued and is sent as soon as one is free", TimeSpan.FromSeconds(5));

    private const string FeeBudget = "fee_budget";

    /// <summary>Moves the slice, and says why.</summary>
    public OrderError.Unavailable Handle(
        SliceOfOrder of, TokenAmount fee, FeeCharge charge, CallTurn? turn, PayerQueues payers, DateTimeOffset now)
    {
        if (payers.HeldUntil(fee, charge, router.Solvers.Count, options.Value.RetryAfter) is { } until) return OverBudget(of, until, now);
        // What its account has under way decides when it has a place, and not how many all others have.
        if (of.Header.IsCalled && (turn is null || (turn.Calls.InFlight > 0 && payers.HasRoom(fee)))) return Busy(of, now);
        of.Queue();
        return NoPayer;
    }

    private OrderError.Unavailable Busy(SliceOfOrder of, DateTimeOffset now)
    {
        var busy = look.Busy(of.Header.Account!.Value);
        of.BackOff(new OrderFact.BackedOff(busy.Code), now + busy.RetryAfter, BackOffKind.CallUnderWay, now);
        return busy;
    }

    private OrderError.Unavailable OverBudget(SliceOfOrder of, DateTimeOffset until, DateTimeOffset now)
    {
        of.BackOff(new OrderFact.BackedOff(FeeBudget), until, BackOffKind.Passing, now);
        telemetry.SliceBackedOff(FeeBudget, of.Header.Terms.Uuid.ToString());
        return new OrderError.Unavailable(FeeBudget,
            "The fees of this hour are spent, the owner's or the installation's: the order waits until there are more", until - now);
    }
}
