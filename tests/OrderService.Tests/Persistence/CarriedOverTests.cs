using Npgsql;
using OrderService.Engine.Persistence;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Persistence;

/// <summary>
/// Scheduled orders that were stored when each part had a row from the start, and what becomes of them when the program is renewed.
/// </summary>
public sealed class CarriedOverTests
{
    private const string Start = "2026-08-31T00:00:00Z";

    [Fact]
    public async Task S12_Running_orders_of_many_parts_keep_one_open_row_and_their_moments()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        var last = Migrator.Embedded().Single(m => m.Name == "parts").Number;
        await ExecuteAsync(source, "DROP SCHEMA public CASCADE; DROP SCHEMA simulator CASCADE; CREATE SCHEMA public");
        await Migrator.ApplyAsync(source, [.. Migrator.Embedded().Where(m => m.Number < last)], CancellationToken.None);
        // Aug 31, Sep 30, Oct 31, Nov 30
        await OrderAsync(source, 1, "open", "month", ["confirmed 0", "armed 1", "waiting 2", "waiting 3"]);
        await OrderAsync(source, 2, "paused", "hour", ["confirmed 0", "waiting 7", "waiting 8", "waiting 9"]); // counted anew
        await OrderAsync(source, 3, "cancelled", "hour", ["confirmed 0", "cancelled 1", "cancelled 2"]);
        await OrderAsync(source, 4, "open", null, ["armed 0"], funding: "signed");
        await Migrator.ApplyAsync(source, CancellationToken.None);
        (await RowsAsync(source)).ShouldBe(
        [
            "1: 4 parts from 2026-08-31 00:00 at 0, 1,2",
            "2: 4 parts from 2026-08-31 08:00 at 2, 1,2",
            "3: 3 parts from 2026-08-31 00:00 at 0, 1,2,3",
            "4:  parts from  at 0, 1",
        ]);
    }

    private static Task OrderAsync(
        NpgsqlDataSource source, int number, string status, string? unit, string[] slices, string funding = "managed")
    {
        var id = $"00000000-0000-4000-8000-{number:d12}";
        var ended = status == "cancelled" ? $"'{Start}'" : "NULL";
        var order = $"""
            INSERT INTO orders (id, uuid, dialect, owner, recipient, sell_token, buy_token, amount_in, router, chain_id, trigger, funding, account, signature, status, created_at, ended_at, interval_count, interval_unit)
            VALUES ('{id}', '{id}', 'panora', 'O', 'O', 'S', 'B', 100, 'R', 1, 'time', '{funding}', {(funding == "managed" ? "'A'" : "NULL")}, {(funding == "signed" ? "decode(repeat('aa', 65), 'hex')" : "NULL")},
                '{status}', '{Start}', {ended}, {(unit is null ? "NULL" : "1")}, {(unit is null ? "NULL" : $"'{unit}'")});
            """;
        return ExecuteAsync(source,
            order + string.Join('\n', slices.Select((slice, i) => Slice(id, i + 1, unit ?? "hour", slice.Split(' ')))));
    }

    private static string Slice(string id, int number, string unit, string[] slice)
    {
        var moment = $"('{Start}'::timestamptz AT TIME ZONE 'UTC' + {slice[1]} * interval '1 {unit}') AT TIME ZONE 'UTC'";
        var (status, isEnded) = (slice[0] == "armed" ? "waiting" : slice[0], slice[0] is "confirmed" or "cancelled");
        return $"""
            INSERT INTO slices (order_id, number, amount_in, trigger, not_before, status, wake_at, attempts_used, attempts_max, unquoted, was_sent, created_at, ended_at)
            VALUES ('{id}', {number}, 25, 'time', {moment}, '{status}', {(slice[0] == "armed" ? moment : "NULL")}, 0, 3, 0, {(slice[0] == "confirmed" ? "true" : "false")}, '{Start}', {(isEnded ? $"'{Start}'" : "NULL")});
            """;
    }

    private static async Task<List<string>> RowsAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand("""
            SELECT right(o.uuid, 1) || ': ' || coalesce(o.parts::text, '') || ' parts from ' || coalesce(to_char(o.anchor AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), '') || ' at ' || o.anchor_part || ', '
                || (SELECT string_agg(s.number::text, ',' ORDER BY s.number) FROM slices s WHERE s.order_id = o.id)
            FROM orders o ORDER BY o.uuid
            """);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync()) rows.Add(reader.GetString(0));
        return rows;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
