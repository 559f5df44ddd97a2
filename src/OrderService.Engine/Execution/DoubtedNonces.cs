using Microsoft.EntityFrameworkCore;
using Npgsql;
using OrderService.Engine.Persistence;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Execution;

/// <summary>
/// The accounts of which a node says a next nonce that cannot be explained: above all that was signed here, with no transaction shown that
/// used it. Nothing new is signed for them.
/// </summary>
internal static class DoubtedNonces
{
    /// <summary>The nonce that would be signed next; null for an account that is not known yet.</summary>
    public static async Task<long?> NextAsync(OrdersDb db, StacksAddress solver, CancellationToken token) =>
        (await db.Database.SqlQuery<long>($"""SELECT next_nonce AS "Value" FROM solvers WHERE address = {solver.ToString()}""")
            .ToListAsync(token)).Select(next => (long?)next).SingleOrDefault();

    /// <summary>Writes a doubt down; true where it is a new one. An account that was not known starts at nothing signed.</summary>
    public static async Task<bool> DoubtAsync(
        OrdersDb db, StacksAddress solver, ulong chainNext, DateTimeOffset now, CancellationToken token)
    {
        var (address, said) = (solver.ToString(), (long)Math.Min(chainNext, long.MaxValue));
        var since = await db.Database.SqlQuery<bool>(
            $"""
            INSERT INTO solvers AS s (address, next_nonce, doubted_nonce, doubted_since) VALUES ({address}, 0, {said}, {now})
            ON CONFLICT (address) DO UPDATE SET doubted_nonce = {said}, doubted_since = coalesce(s.doubted_since, {now})
            RETURNING doubted_since = {now} AS "Value"
            """).ToListAsync(token);
        return since.Single();
    }

    /// <summary>A plausible answer came; true where there was a doubt.</summary>
    public static async Task<bool> ClearAsync(OrdersDb db, StacksAddress solver, CancellationToken token) =>
        await db.Database.ExecuteSqlAsync($"UPDATE solvers SET doubted_nonce = NULL, doubted_since = NULL WHERE address = {solver.ToString()} AND doubted_nonce IS NOT NULL", token) > 0;

    /// <summary>All of them: what would be signed next, and what the chain is said to have.</summary>
    public static async Task<List<(string Address, long Next, long Said)>> ReadAsync(NpgsqlDataSource source, CancellationToken token)
    {
        await using var command =
            source.CreateCommand("SELECT address, next_nonce, doubted_nonce FROM solvers WHERE doubted_nonce IS NOT NULL ORDER BY address");
        await using var reader = await command.ExecuteReaderAsync(token);
        var doubted = new List<(string, long, long)>();
        while (await reader.ReadAsync(token)) doubted.Add((reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2)));
        return doubted;
    }
}
