using OrderService.Domain.Orders;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Partitions;

/// <summary>
/// The services of every partition of the store, by number: each has a store, an engine and dialects of its own. What asks or changes all
/// of them goes through here; everything else sees one, and does not know of the others.
/// </summary>
internal sealed class AllPartitions(IServiceProvider first)
{
    private readonly List<IServiceProvider> _all = [first];

    /// <summary>How many there are.</summary>
    public int Count => _all.Count;

    /// <summary>The services of each, in their order.</summary>
    public IReadOnlyList<IServiceProvider> All => _all;

    /// <summary>The services of one.</summary>
    public IServiceProvider this[int number] => _all[number];

    /// <summary>The services of an owner's.</summary>
    public IServiceProvider Of(StacksAddress owner) => _all[OwnerPartition.Of(owner, Count)];

    /// <summary>The same service of each, in their order.</summary>
    public IEnumerable<T> Each<T>() where T : notnull => _all.Select(services => services.GetRequiredService<T>());

    /// <summary>Adds the next one, before anything is served.</summary>
    public void Add(IServiceProvider services) => _all.Add(services);
}
