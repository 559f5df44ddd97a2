namespace OrderService.Engine.Workers;

/// <summary>What this process is called among the nodes of a store; another after each start.</summary>
internal sealed class NodeName
{
    /// <summary>The name.</summary>
    public Guid Id { get; } = Guid.NewGuid();
}
