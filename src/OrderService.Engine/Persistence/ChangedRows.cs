using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using OrderService.Domain.Orders;

namespace OrderService.Engine.Persistence;

/// <summary>
/// Writes rows that changed in the same columns by one statement, whatever their number, where EF has one for each: a block settles
/// hundreds of swaps at once, whose transactions, slices and orders each change alike. What changed alone is left to EF.
/// </summary>
internal static class ChangedRows
{
    private const int Fewest = 4; // below it EF's batch of statements is as good

    private sealed record Columns(IEntityType Type, IProperty[] Changed, string Names)
    {
        public bool Equals(Columns? other) => other is not null && Type == other.Type && Names == other.Names;

        public override int GetHashCode() => HashCode.Combine(Type, Names);
    }

    /// <summary>
    /// Writes them, in the caller's transaction, which has locked them; from here on they are as the store has them. Changes must have been
    /// detected.
    /// </summary>
    /// <exception cref="DbUpdateConcurrencyException">One of the rows is no longer there.</exception>
    public static async Task WriteAsync(OrdersDb db, CancellationToken token)
    {
        var alike = db.ChangeTracker.Entries().Where(IsOfColumnsAlone).GroupBy(ColumnsOf).Where(rows => rows.Count() >= Fewest)
            .Select(rows => (Columns: rows.Key, Rows: rows.ToArray())).ToArray();
        if (alike.Length == 0) return;
        await using var batch = new NpgsqlBatch(db.TransactionConnection());
        foreach (var (columns, rows) in alike) batch.BatchCommands.Add(Update(columns, rows));
        await batch.ExecuteNonQueryAsync(token);
        for (var i = 0; i < alike.Length; i++)
        {
            var (columns, rows) = alike[i];
            if (batch.BatchCommands[i].RecordsAffected != (uint)rows.Length)
                throw new DbUpdateConcurrencyException($"of {rows.Length} rows of {columns.Type.GetTableName()} some are gone");
            foreach (var row in rows) Accept(row, columns.Changed);
        }
    }

    // Terms are amended one order at a time; what a curve's order ended with is found when EF saves it (EndingStatistics).
    private static bool IsOfColumnsAlone(EntityEntry entry) => entry is { State: EntityState.Modified, Entity: not Order { IsCurve: true } }
        && !entry.ComplexProperties.Any(part => part.IsModified);

    private static Columns ColumnsOf(EntityEntry entry)
    {
        IProperty[] changed = [.. entry.Properties.Where(property => property.IsModified).Select(property => property.Metadata)];
        return new Columns(entry.Metadata, changed, string.Join(' ', changed.Select(property => property.GetColumnName())));
    }

    private static NpgsqlBatchCommand Update(Columns columns, EntityEntry[] rows)
    {
        var key = columns.Type.FindPrimaryKey()!.Properties;
        IProperty[] written = [.. key, .. columns.Changed];
        var set = string.Join(", ", columns.Changed.Select(property => $"{property.GetColumnName()} = v.{property.GetColumnName()}"));
        var names = string.Join(", ", written.Select(property => property.GetColumnName()));
        var values = string.Join(", ", written.Select((_, i) => $"${i + 1}"));
        var same = string.Join(" AND ", key.Select(property => $"r.{property.GetColumnName()} = v.{property.GetColumnName()}"));
        var command = new NpgsqlBatchCommand(
            $"UPDATE {columns.Type.GetTableName()} r SET {set} FROM unnest({values}) AS v ({names}) WHERE {same}");
        foreach (var property in written) command.Parameters.Add(Column(property, rows));
        return command;
    }

    // As EF would write each of them.
    private static NpgsqlParameter Column(IProperty property, EntityEntry[] rows)
    {
        var mapping = property.GetRelationalTypeMapping();
        var type = mapping.Converter?.ProviderClrType ?? property.ClrType;
        var takesNull = !type.IsValueType || Nullable.GetUnderlyingType(type) is not null || !property.IsNullable;
        var column = Array.CreateInstance(takesNull ? type : typeof(Nullable<>).MakeGenericType(type), rows.Length);
        for (var i = 0; i < rows.Length; i++)
        {
            var value = rows[i].CurrentValues[property];
            column.SetValue(mapping.Converter is { } converter ? converter.ConvertToProvider(value) : value, i);
        }
        return new NpgsqlParameter { Value = column, DataTypeName = $"{mapping.StoreTypeNameBase}[]" };
    }

    // Property by property: a state that is set takes all of the entity's values back, one by one.
    private static void Accept(EntityEntry row, IProperty[] changed)
    {
        foreach (var property in changed)
        {
            var written = row.Property(property);
            written.OriginalValue = written.CurrentValue;
            written.IsModified = false;
        }
    }
}
