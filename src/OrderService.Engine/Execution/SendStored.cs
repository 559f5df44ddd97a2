using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using OrderService.Domain.Ports;
using OrderService.Engine.Clock;
using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Execution;

/// <summary>
/// Sends bytes that are stored already and whose answer decides nothing. A node that does not answer holds up the send and nothing else:
/// settlement goes on, and so do the other sends.
/// </summary>
internal sealed class SendStored(
    SubmitTransaction submit, IOptions<ExecutionOptions> options, TimeProvider time, EngineClock clock, EngineTelemetry telemetry)
{
    private readonly ConcurrentDictionary<string, bool> _underWay = new(StringComparer.Ordinal);

    /// <summary>
    /// Sends them side by side; comes back when all are answered, or after a settle interval, while the rest goes on. What is still being
    /// sent is not sent beside itself. While the time is not known none is sent: it is stored, and sent again once it is.
    /// </summary>
    public async Task HandleAsync(IEnumerable<PreparedTransaction> transactions, CancellationToken token)
    {
        if (clock.Held is not null) return;
        var sends = Task.WhenAll(transactions.Where(transaction => _underWay.TryAdd(transaction.TxId, true))
            .Select(transaction => SendAsync(transaction, token)));
        if (!sends.IsCompleted) await Task.WhenAny(sends, Task.Delay(options.Value.SettleInterval, time, token));
    }

    private async Task SendAsync(PreparedTransaction transaction, CancellationToken token)
    {
        try
        {
            if (await submit.HandleAsync(transaction, token) is SubmitOutcome.Refused refused)
                telemetry.AttemptSendRefused(transaction.TxId, refused.Reason);
        }
        finally
        {
            _underWay.TryRemove(transaction.TxId, out _);
        }
    }
}
