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
