using OrderService.Engine.Persistence;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Partitions;

/// <summary>
/// What a start refuses: another number of partitions than the store was made with, and settings that do not fit several.
/// </summary>
public sealed class PartitionStartTests : IAsyncLifetime
{
    private TestDatabase? _database;

    public async Task InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public async Task DisposeAsync() => await _database!.DisposeAsync();

    [Theory]
    [InlineData(4, 1)]
    [InlineData(4, 2)]
    [InlineData(1, 4)]
    public async Task A_start_with_another_number_is_refused_in_one_sentence(int made, int asked)
    {
        await using (await StartAsync(made))
        {
        }
        var refused = await Should.ThrowAsync<StartException>(() => StartAsync(asked));
        refused.Message.ShouldStartWith($"Store:Partitions is {asked}, and this store was made with {made}, which never changes");
        await using (await StartAsync(made))
        {
        }
    }

    [Theory]
    [InlineData("--Simulator:SolversCount=3", "each partition needs one of its own, so Simulator:SolversCount must give at least 4")]
    [InlineData("--Orders:PublicReads=true", "Orders:PublicReads")]
    public async Task Settings_that_do_not_fit_several_are_refused(string setting, string why) =>
        (await Should.ThrowAsync<StartException>(() => StartAsync(4, setting))).Message.ShouldContain(why);

    private Task<PartitionedNode> StartAsync(int count, params string[] more) =>
        PartitionedNode.StartAsync(_database!.ConnectionString, [.. DividedStore.Of(count), .. more]);
}
