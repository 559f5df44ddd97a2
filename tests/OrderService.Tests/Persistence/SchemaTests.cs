using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using OrderService.Engine.Persistence;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Persistence;

/// <summary>The SQL files own the schema; what EF believes of it is held against the real one.</summary>
public sealed class SchemaTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Every_table_that_EF_maps_has_exactly_its_columns_with_their_nullability()
    {
        var options = new DbContextOptionsBuilder<OrdersDb>().UseNpgsql(database.ConnectionString).Options;
        await using var db = new OrdersDb(options);
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        var tables = db.Model.GetEntityTypes().Select(e => e.GetTableName()!).Distinct().ToArray();
        tables.ShouldContain("orders");
        foreach (var table in tables)
        {
            var mapped = db.Model.GetEntityTypes().Where(e => e.GetTableName() == table).SelectMany(Columns).Distinct().Order().ToArray();
            mapped.ShouldBe(await ColumnsAsync(source, table), table);
        }
    }

    [Fact]
    public async Task What_has_ended_has_a_place_for_every_column_of_what_works_and_both_read_as_one()
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        foreach (var (live, ended) in EndedDb.Tables)
        {
            var columns = await ColumnsAsync(source, live);
            (await ColumnsAsync(source, ended)).ShouldBe([.. columns.Append("month not null").Order()], ended);
            if (live == "outgoing_transactions") continue;
            var view = await ColumnsAsync(source, live == "outgoing_versions" ? "all_versions" : $"all_{live}");
            view.Select(Name).ShouldBe(columns.Select(Name), live);
        }
        (await ColumnsAsync(source, "all_attempts")).ShouldBe(await ColumnsAsync(source, "attempts"));
    }

    private static string Name(string column) => column.Split(' ')[0];

    private static IEnumerable<string> Columns(ITypeBase type) =>
        type.GetProperties().Select(p => $"{p.GetColumnName()} {(p.IsColumnNullable() ? "null" : "not null")}")
            .Concat(type.GetComplexProperties().SelectMany(c => Columns(c.ComplexType)));

    private static async Task<string[]> ColumnsAsync(NpgsqlDataSource source, string table)
    {
        await using var command = source.CreateCommand(
            "SELECT column_name || CASE is_nullable WHEN 'YES' THEN ' null' ELSE ' not null' END FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = table });
        await using var reader = await command.ExecuteReaderAsync();
        var columns = new List<string>();
        while (await reader.ReadAsync()) columns.Add(reader.GetString(0));
        return [.. columns.Order()];
    }
}
