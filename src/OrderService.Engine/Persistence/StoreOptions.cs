using System.ComponentModel.DataAnnotations;

namespace OrderService.Engine.Persistence;

/// <summary>Section <c>Store</c>: how this node uses Postgres.</summary>
internal sealed class StoreOptions
{
    public const string Section = "Store";

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
}
