using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using OrderService.Engine.Clock;
using OrderService.Engine.Partitions;
using OrderService.Engine.Telemetry;
using OrderService.Engine.Workers;

namespace OrderService.Tests.Engine;

/// <summary>What a worker of a test runs with.</summary>
internal static class TestWorker
{
    // nobody asks it: none of these shares its work with other nodes
    private static readonly NpgsqlDataSource NoStore = NpgsqlDataSource.Create("Host=localhost");

    public static WorkerContext Context(TimeProvider time, EngineClock? clock = null)
    {
        var leases = new WorkLeases(NoStore, time, new NodeName());
        return new(time, clock ?? new EngineClock(time, Uptime.Read), new WorkerBeats(time),
            new EngineTelemetry(NullLogger<EngineTelemetry>.Instance), leases,
            new PartitionShare(PartitionPlace.Whole, leases, NoStore, time));
    }
}
