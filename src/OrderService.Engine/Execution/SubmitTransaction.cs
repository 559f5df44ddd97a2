using Microsoft.Extensions.Options;
using OrderService.Domain.Ports;
using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Execution;

/// <summary>Sends stored bytes once, within the limit of a send.</summary>
internal sealed class SubmitTransaction(
    ISwapRouter router, AblePayers payers, IOptions<ExecutionOptions> options, TimeProvider time, EngineTelemetry telemetry)
{
    /// <summary>
    /// What the node answered; null where it is not known, which is told, and after which the bytes may be on the chain or not.
    /// </summary>
    public async Task<SubmitOutcome?> HandleAsync(PreparedTransaction transaction, CancellationToken token)
    {
        try
        {
            var outcome = await router.SubmitAsync(transaction, token).WaitAsync(options.Value.SendTimeout, time, token);
            payers.Told(transaction.Solver, outcome);
            return outcome;
        }
        catch (Exception unknown) when (Outage.Is(unknown))
        {
            telemetry.AttemptSendUnknown(transaction.TxId, unknown);
            return null;
        }
    }
}
