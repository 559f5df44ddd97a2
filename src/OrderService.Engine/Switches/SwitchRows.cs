using Npgsql;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Engine.Orders;
using OrderService.Engine.Persistence;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Switches;

/// <summary>The rows of switches. A row that is due is locked by whoever works on it, so of several nodes one does.</summary>
internal static class SwitchRows
{
    private const string Columns = "owner, token, pair_base, pair_quote, strategy_id, group_id, side, fires_at, armed_at, armed_by";

    private const string Write =
        """
        INSERT INTO cancel_switches AS s (owner, scope, token, pair_base, pair_quote, strategy_id, side, fires_at, armed_at, armed_by, group_id)
        SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $12 WHERE EXISTS (SELECT 1 FROM cancel_switches WHERE owner = $1 AND scope = $2) OR (SELECT count(*) FROM cancel_switches WHERE owner = $1) < $11
        ON CONFLICT (owner, scope) DO UPDATE SET fires_at = $8, armed_at = $9, armed_by = $10
        RETURNING xmax = 0
        """;

    /// <summary>
    /// Arms a switch, or puts it off where it is armed: true where it was not. Null where the owner has as many as may be.
    /// </summary>
    public static async Task<bool?> ArmAsync(NpgsqlConnection connection, CancelSwitch armed, CancellationToken token)
    {
        await using var command = new NpgsqlCommand(Write, connection);
        var filter = armed.Filter;
        command.Add(armed.Owner.ToString());
        command.Add(filter.Scope);
        command.Add(filter.Token?.ToString());
        command.Add(filter.Pair?.Base.ToString());
        command.Add(filter.Pair?.Quote.ToString());
        command.Add(filter.StrategyId);
        command.Add(filter.Side is { } side ? Words.Of(side) : null);
        command.Add(armed.FiresAt.UtcDateTime);
        command.Add(armed.ArmedAt.UtcDateTime);
        command.Add(armed.ArmedBy);
        command.Add(CancelSwitch.MaxPerOwner);
        command.AddNullable(NpgsqlTypes.NpgsqlDbType.Uuid, filter.GroupId);
        return await command.ExecuteScalarAsync(token) as bool?;
    }

    /// <summary>Takes a switch away; false where there is none.</summary>
    public static async Task<bool> DisarmAsync(NpgsqlConnection connection, StacksAddress owner, string scope, CancellationToken token)
    {
        await using var command = new NpgsqlCommand("DELETE FROM cancel_switches WHERE owner = $1 AND scope = $2", connection);
        command.Add(owner.ToString());
        command.Add(scope);
        return await command.ExecuteNonQueryAsync(token) == 1;
    }

    /// <summary>An owner's switches, the next first.</summary>
    public static async Task<List<CancelSwitch>> OfAsync(NpgsqlConnection connection, StacksAddress owner, CancellationToken token)
    {
        await using var command =
            new NpgsqlCommand($"SELECT {Columns} FROM cancel_switches WHERE owner = $1 ORDER BY fires_at, scope", connection);
        command.Add(owner.ToString());
        return await ReadAsync(command, token);
    }

    /// <summary>Switches whose moment has come, the oldest first, and no more than that many.</summary>
    public static async Task<List<CancelSwitch>> DueAsync(
        NpgsqlConnection connection, DateTimeOffset now, int rowsMax, CancellationToken token)
    {
        await using var command =
            new NpgsqlCommand($"SELECT {Columns} FROM cancel_switches WHERE fires_at <= $1 ORDER BY fires_at LIMIT $2", connection);
        command.Add(now.UtcDateTime);
        command.Add(rowsMax);
        return await ReadAsync(command, token);
    }

    /// <summary>
    /// Locks one that is due until the transaction ends, and waits for who has it; null where it is gone or was put off. Answers how many
    /// orders ended by it so far.
    /// </summary>
    public static async Task<int?> LockDueAsync(
        NpgsqlConnection connection, StacksAddress owner, string scope, DateTimeOffset now, CancellationToken token)
    {
        await using var command = new NpgsqlCommand(
            "SELECT cancelled FROM cancel_switches WHERE owner = $1 AND scope = $2 AND fires_at <= $3 FOR UPDATE", connection);
        command.Add(owner.ToString());
        command.Add(scope);
        command.Add(now.UtcDateTime);
        return await command.ExecuteScalarAsync(token) as int?;
    }

    /// <summary>Counts orders that ended by a switch.</summary>
    public static async Task CountAsync(
        NpgsqlConnection connection, StacksAddress owner, string scope, int cancelled, CancellationToken token)
    {
        await using var command =
            new NpgsqlCommand("UPDATE cancel_switches SET cancelled = cancelled + $3 WHERE owner = $1 AND scope = $2", connection);
        command.Add(owner.ToString());
        command.Add(scope);
        command.Add(cancelled);
        await command.ExecuteNonQueryAsync(token);
    }

    private static async Task<List<CancelSwitch>> ReadAsync(NpgsqlCommand command, CancellationToken token)
    {
        var found = new List<CancelSwitch>();
        await using var reader = await command.ExecuteReaderAsync(token);
        while (await reader.ReadAsync(token))
        {
            var (first, second) = (reader.TextOrNull(2), reader.TextOrNull(3));
            var filter = new OrderFilter(
                reader.TextOrNull(1) is { } of ? TokenId.Parse(of) : null,
                first is null || second is null ? null : (TokenId.Parse(first), TokenId.Parse(second)), reader.TextOrNull(4),
                reader.TextOrNull(6) is { } side ? Words.Parse<TradeSide>(side) : null, reader.IsDBNull(5) ? null : reader.GetGuid(5));
            found.Add(new CancelSwitch(StacksAddress.Parse(reader.GetString(0)), filter, reader.GetFieldValue<DateTimeOffset>(7),
                reader.GetFieldValue<DateTimeOffset>(8), reader.GetString(9)));
        }
        return found;
    }
}
