using Microsoft.EntityFrameworkCore;
using OrderService.Stacks.Addresses;

namespace OrderService.Persistence;

/// <summary>The nonces of the accounts that pay. Taking happens under a lock on the account's row, so no nonce is given twice.</summary>
internal static class NonceLedger
{
    /// <summary>Makes an account known, starting at the chain's own next nonce. What is known already is not touched.</summary>
    public static Task RegisterAsync(OrdersDb db, StacksAddress solver, ulong nextNonce, CancellationToken token) =>
        db.Database.ExecuteSqlAsync($"INSERT INTO solvers (address, next_nonce) VALUES ({solver.ToString()}, {checked((long)nextNonce)}) ON CONFLICT DO NOTHING", token);

    /// <summary>Takes the lowest free nonces, inside the caller's transaction.</summary>
    public static async Task<List<ulong>> TakeAsync(OrdersDb db, StacksAddress solver, int count, CancellationToken token)
    {
        var address = solver.ToString();
        var next = (await db.Database.SqlQuery<long>($"SELECT next_nonce AS \"Value\" FROM solvers WHERE address = {address} FOR UPDATE").ToListAsync(token))[0];
        var free = await db.Database.SqlQuery<long>(
            $"""
            DELETE FROM free_nonces WHERE solver = {address} AND nonce IN (SELECT nonce FROM free_nonces WHERE solver = {address} ORDER BY nonce LIMIT {count})
            RETURNING nonce AS "Value"
            """).ToListAsync(token);
        var taken = free.Order().Select(n => (ulong)n).ToList();
        var fresh = count - taken.Count;
        for (var i = 0; i < fresh; i++) taken.Add((ulong)(next + i));
        if (fresh > 0) await db.Database.ExecuteSqlAsync($"UPDATE solvers SET next_nonce = {next + fresh} WHERE address = {address}", token);
        return taken;
    }

    /// <summary>The account whose given-back nonce is the lowest, or null where none was given back.</summary>
    public static async Task<string?> FirstWithGapAsync(OrdersDb db, CancellationToken token) =>
        (await db.Database.SqlQuery<string>($"SELECT solver AS \"Value\" FROM free_nonces ORDER BY nonce LIMIT 1").ToListAsync(token)).FirstOrDefault();

    /// <summary>Gives back the nonce of bytes that can never be mined.</summary>
    public static Task FreeAsync(OrdersDb db, string solver, long nonce, CancellationToken token) =>
        db.Database.ExecuteSqlAsync($"INSERT INTO free_nonces (solver, nonce) VALUES ({solver}, {nonce}) ON CONFLICT DO NOTHING", token);
}
