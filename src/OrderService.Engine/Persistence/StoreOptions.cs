using System.ComponentModel.DataAnnotations;

namespace OrderService.Engine.Persistence;

/// <summary>Section <c>Store</c>: how this node uses Postgres.</summary>
internal sealed class StoreOptions
{
    public const string Section = "Store";

    // Below these a partition could wait for itself.
    private const int ConnectionsLeast = 10;
    private const int ExecutionLeast = 6;

    /// <summary>
    /// Into how many schemas the orders are divided by their owner. Chosen when the store is made, and never changed.
    /// </summary>
    [Range(1, 64)]
    public int Partitions { get; set; } = 1;

    /// <summary>Connections for requests and workers.</summary>
    [Range(6, 500)]
    public int Connections { get; set; } = 48;

    /// <summary>Connections of the sweep and the executors, beside the others; one more writes the creates.</summary>
    [Range(3, 100)]
    public int ExecutionConnections { get; set; } = 16;

    /// <summary>
    /// How long a statement may take and a commit may wait for its standby; then the outcome is unknown, and the answer 503.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan AnswerWithin { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>The share of one of so many partitions: each has pools of its own, and together they are the node's.</summary>
    public StoreOptions OfOne(int partitions) => partitions == 1 ? this : new StoreOptions
    {
        Partitions = Partitions, Connections = Math.Max(ConnectionsLeast, Connections / partitions),
        ExecutionConnections = Math.Max(ExecutionLeast, ExecutionConnections / partitions), AnswerWithin = AnswerWithin,
    };
}
