namespace OrderService.Engine.Partitions;

/// <summary>A call came to a partition that is not its owner's; whoever sent it there sends it on. Nothing was done.</summary>
internal sealed class OtherPartitionException(int number) : Exception($"this is of partition {number}")
{
    /// <summary>Whose it is.</summary>
    public int Number => number;
}
