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

    /// <summary>
    /// Writes them, in the caller's transaction, which has locked them; from here on they are as the store has them. Changes must have been
    /// detected.
    /// </summary>
    /// <exception cref="DbUpdateConcurrencyException">One of the rows is no longer there.</exception>
    public static async Task WriteAsync(OrdersDb db, CancellationToken token)
    {
        EntityEntry[][] alike =
        [
            .. db.ChangeTracker.Entries().Where(IsOfColumnsAlone).GroupBy(entry => (entry.Metadata, NamesOf(entry)))
                .Select(rows => rows.ToArray()).Where(rows => rows.Length >= Fewest),
        ];
        if (alike.Length == 0) return;
        await using var batch = new NpgsqlBatch(db.TransactionConnection());
        foreach (var rows in alike) batch.BatchCommands.Add(Update(rows));
        await batch.ExecuteNonQueryAsync(token);
        foreach (var (i, rows) in alike.Index())
        {
            if (batch.BatchCommands[i].RecordsAffected != (uint)rows.Length)
                throw new DbUpdateConcurrencyException($"of {rows.Length} rows of {rows[0].Metadata.GetTableName()} some are gone");
            Accept(rows);
        }
    }

    // Terms are amended one order at a time; what a curve's order ended with is found when EF saves it (EndingStatistics).
    private static bool IsOfColumnsAlone(EntityEntry entry) => entry is { State: EntityState.Modified, Entity: not Order { IsCurve: true } }
        && !entry.ComplexProperties.Any(part => part.IsModified);

    private static IProperty[] ChangedOf(EntityEntry entry) =>
        [.. entry.Properties.Where(property => property.IsModified).Select(property => property.Metadata)];

    private static string NamesOf(EntityEntry entry) => string.Join(' ', ChangedOf(entry).Select(property => property.GetColumnName()));

    private static NpgsqlBatchCommand Update(EntityEntry[] rows)
    {
        var (type, changed) = (rows[0].Metadata, ChangedOf(rows[0]));
        var key = type.FindPrimaryKey()!.Properties;
        IProperty[] written = [.. key, .. changed];
        var set = string.Join(", ", changed.Select(property => $"{property.GetColumnName()} = v.{property.GetColumnName()}"));
        var names = string.Join(", ", written.Select(property => property.GetColumnName()));
        var values = string.Join(", ", written.Select((_, i) => $"${i + 1}"));
        var same = string.Join(" AND ", key.Select(property => $"r.{property.GetColumnName()} = v.{property.GetColumnName()}"));
        var command = new NpgsqlBatchCommand(
            $"UPDATE {type.GetTableName()} r SET {set} FROM unnest({values}) AS v ({names}) WHERE {same}");
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
    private static void Accept(EntityEntry[] rows)
    {
        var changed = ChangedOf(rows[0]); // while it still says so
        foreach (var row in rows)
        {
            foreach (var property in changed)
            {
                var written = row.Property(property);
                written.OriginalValue = written.CurrentValue;
                written.IsModified = false;
            }
        }
    }
}
