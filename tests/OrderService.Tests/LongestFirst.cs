using OrderService.Tests.Reliability;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("OrderService.Tests.LongestFirst", "OrderService.Tests")]

namespace OrderService.Tests;

/// <summary>Begins with the collections that take minutes, so that none is left over at the end, alone.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest = [Processes.Name, ChainProcesses.Name];

    /// <inheritdoc/>
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderByDescending(collection => Longest.Contains(collection.DisplayName));
}
