using Npgsql;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Switches;

/// <summary>The switches that an owner has armed, the next first.</summary>
internal sealed class ListSwitches(NpgsqlDataSource source)
{
    public async Task<IReadOnlyList<CancelSwitch>> HandleAsync(StacksAddress owner, CancellationToken token)
    {
        await using var connection = await source.OpenConnectionAsync(token);
        return await SwitchRows.OfAsync(connection, owner, token);
    }
}
