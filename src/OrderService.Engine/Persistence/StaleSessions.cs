using Npgsql;
using OrderService.Domain.Ports;
using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Persistence;

/// <summary>
/// Closes the pooled connections after a fault which says that one of them is out of step with its session: a command that broke off
/// half-way, a backend that was killed, or a pooler in between can leave a statement prepared, or not, other than the client believes. No
/// use of that connection would succeed again, and which one it is the fault does not tell; those at work are closed as they come back.
/// </summary>
internal sealed class StaleSessions(NpgsqlDataSource source, SweepSource sweep, WriterSource writer)
{
    /// <summary>What the faults of requests and workers are told to.</summary>
    public FaultListener Listener => new(Heal);

    private void Heal(Exception fault)
    {
        if (!Outage.IsStaleSession(fault)) return;
        source.Clear();
        sweep.Clear();
        writer.Clear();
    }
}
