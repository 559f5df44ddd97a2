namespace OrderService.Tests.StacksVenue;

/// <summary>
/// One devnet for many tests, whose blocks are mined by hand. Each test takes accounts that pay of its own, so that none meets another's
/// nonces.
/// </summary>
public sealed class DevnetFixture : IAsyncLifetime
{
    private const int Solvers = 240; // each world takes its own

    private int _taken;

    internal DevnetProcess Devnet { get; private set; } = null!;

    public async Task InitializeAsync() => Devnet = await DevnetProcess.StartAsync(blockMs: 0, Solvers);

    public async Task DisposeAsync() => await Devnet.DisposeAsync();

    /// <summary>The number of the first of so many accounts that no test has used.</summary>
    internal int Take(int solvers) => Interlocked.Add(ref _taken, solvers) - solvers;
}

/// <summary>The tests of one devnet run one after the other: blocks, pools and faults are everybody's.</summary>
[CollectionDefinition(Name)]
public sealed class HandMinedDevnet : ICollectionFixture<DevnetFixture>
{
    public const string Name = "hand-mined devnet";
}
