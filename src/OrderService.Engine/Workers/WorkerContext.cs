using OrderService.Engine.Clock;
using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Workers;

/// <summary>What every background worker runs with.</summary>
internal sealed record WorkerContext(
    TimeProvider Time, EngineClock Clock, WorkerBeats Beats, EngineTelemetry Telemetry, WorkLeases Leases, PartitionShare Share);
