using OrderService.Domain.Orders;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Partitions;

/// <summary>
/// Which partition of a store this is, from 0, and of how many. A store that is not divided is the one partition of itself.
/// </summary>
internal sealed record PartitionPlace(int Number, int Count)
{
    /// <summary>A store that is not divided.</summary>
    public static PartitionPlace Whole { get; } = new(0, 1);

    /// <summary>True where there is no other.</summary>
    public bool IsWhole => Count == 1;

    /// <summary>True of the one that does what is done once for all: prices, and time.</summary>
    public bool IsFirst => Number == 0;

    /// <summary>
    /// Throws <see cref="OtherPartitionException"/> where an owner's partition is another: nothing of his may be stored or looked for here.
    /// </summary>
    public void Expect(StacksAddress owner)
    {
        if (!IsWhole && OwnerPartition.Of(owner, Count) is var number && number != Number) throw new OtherPartitionException(number);
    }
}
