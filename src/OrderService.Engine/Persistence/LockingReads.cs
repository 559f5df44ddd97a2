using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace OrderService.Engine.Persistence;

/// <summary>
/// Queries with this tag lock the rows that they read, in their order: EF writes no locking clause itself, and its FromSql cannot read
/// orders, whose rules are a complex property.
/// </summary>
internal sealed class LockingReads : DbCommandInterceptor
{
    /// <summary>The tag, for TagWith.</summary>
    public const string Tag = "locks its rows";

    /// <summary>The same, without the rows that others hold.</summary>
    public const string FreeTag = "locks its rows that are free";

    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Lock(command);
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        Lock(command);
        return new(result);
    }

    private static void Lock(DbCommand command)
    {
        if (!command.CommandText.StartsWith("-- " + Tag, StringComparison.Ordinal)) return;
        command.CommandText += command.CommandText.StartsWith("-- " + FreeTag, StringComparison.Ordinal)
            ? "\nFOR NO KEY UPDATE SKIP LOCKED" : "\nFOR NO KEY UPDATE";
    }
}
