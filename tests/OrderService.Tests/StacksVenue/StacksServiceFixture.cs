using OrderService.Tests.Ground;
using OrderService.Tests.Reliability;

namespace OrderService.Tests.StacksVenue;

/// <summary>The service as a process of its own on a devnet with quick blocks.</summary>
public sealed class StacksServiceFixture : IAsyncLifetime
{
    private TestDatabase? _database;

    internal DevnetProcess Devnet { get; private set; } = null!;

    internal ServiceProcess Service { get; private set; } = null!;

    /// <summary>A router that the service knows of and does not use.</summary>
    internal string OtherRouter => Devnet.Contract("x-multihop-rc8");

    public async Task InitializeAsync()
    {
        Devnet = await DevnetProcess.StartAsync(blockMs: 250);
        _database = await TestDatabase.CreateAsync();
        Service = await ServiceProcess.StartAsync(_database.ConnectionString, null,
            [.. Devnet.Settings(solvers: 2), ("Orders__KnownRouters__2", OtherRouter), ("Stacks__InFlightMax", "1"), .. StacksWorld.NodePatience]);
    }

    public async Task DisposeAsync()
    {
        await Service.DisposeAsync();
        await _database!.DisposeAsync();
        await Devnet.DisposeAsync();
    }
}
