using Npgsql;
using OrderService.Engine.Persistence;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Persistence;

/// <summary>
/// Orders that were stored when their kind was told from their rules, and what becomes of them when the program is renewed.
/// </summary>
public sealed class OrderNamesTests
{
    [Fact]
    public async Task Stored_orders_get_their_kind_and_keep_what_their_clients_call_them()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        var here = Migrator.Embedded().Single(m => m.Name == "order_names").Number;
        await ExecuteAsync(source, "DROP SCHEMA public CASCADE; DROP SCHEMA simulator CASCADE; CREATE SCHEMA public");
        await Migrator.ApplyAsync(source, [.. Migrator.Embedded().Where(m => m.Number < here)], CancellationToken.None);
        await OrderAsync(source, 1, "charisma", "quote", null);
        await OrderAsync(source, 2, "panora", "quote", """{"panoraTxId":"0xab"}""");
        await OrderAsync(source, 3, "panora_limit", "quote", """{"panoraTxId":"0xcd"}""");
        await OrderAsync(source, 4, "swapcoffee", "min", null);
        await OrderAsync(source, 5, "swapcoffee", "quote", """{"referral_name":"me"}""");
        await OrderAsync(source, 6, "tread", "quote", null, isCurve: true);
        await Migrator.ApplyAsync(source, CancellationToken.None);
        (await RowsAsync(source)).ShouldBe(["charisma swap -", "panora dca 0xab", "panora_limit limit 0xcd", "swapcoffee limit 0000000001",
            "swapcoffee dca 0000000002", "tread curve -"]);
        await using var next = source.CreateCommand("SELECT nextval('order_public_numbers')::integer");
        (await next.ExecuteScalarAsync()).ShouldBe(3);
    }

    private static Task OrderAsync(
        NpgsqlDataSource source, int number, string dialect, string slippageFrom, string? clientFields, bool isCurve = false)
    {
        var id = $"00000000-0000-4000-8000-{number:d12}";
        return ExecuteAsync(source, $"""
            INSERT INTO orders (id, uuid, dialect, owner, recipient, sell_token, buy_token, amount_in, router, chain_id, trigger, funding, account, status, created_at, slippage_from, client_fields, is_curve)
            VALUES ('{id}', '{id}', '{dialect}', 'O', 'O', 'S', 'B', 100, 'R', 1, 'time', 'managed', 'A', 'open', '2026-08-31T00:00:00Z', '{slippageFrom}', {(clientFields is null ? "NULL" : $"'{clientFields}'")}, {isCurve})
            """);
    }

    private static async Task<List<string>> RowsAsync(NpgsqlDataSource source)
    {
        await using var command =
            source.CreateCommand("SELECT concat_ws(' ', dialect, kind, coalesce(public_id, '-')) FROM orders ORDER BY id");
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
