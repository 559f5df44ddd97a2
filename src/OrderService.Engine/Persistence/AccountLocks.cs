using System.Numerics;
using Microsoft.EntityFrameworkCore;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;

namespace OrderService.Engine.Persistence;

/// <summary>What of an account's token is set aside, and the last entry by which any of it left the account (0 for none).</summary>
internal readonly record struct TokenSetAside(TokenAmount Reserved, TokenAmount Withdrawing, long LastSpend);

/// <summary>How funds are set aside: the account's row is locked first, so that two never count on the same units.</summary>
internal static class AccountLocks
{
    /// <summary>Locks the account's row until the end of the caller's transaction.</summary>
    public static Task LockAccountAsync(this OrdersDb db, Guid accountId, CancellationToken token) =>
        db.Database.SqlQuery<Guid>($"SELECT id AS \"Value\" FROM accounts WHERE id = {accountId} FOR NO KEY UPDATE").ToListAsync(token);

    /// <summary>What is set aside of one token.</summary>
    public static async Task<TokenSetAside> ReadSetAsideAsync(this OrdersDb db, Guid accountId, TokenId of, CancellationToken token)
    {
        var name = of.ToString();
        var rows = await db.Database.SqlQuery<Row>(
            $"""
            SELECT coalesce((SELECT sum(reserved) FROM reservations WHERE account_id = {accountId} AND token = {name} AND reserved > 0), 0) AS "Reserved",
                   coalesce((SELECT sum(amount) FROM withdrawals WHERE account_id = {accountId} AND token = {name} AND status IN ('waiting', 'sent')), 0) AS "Withdrawing",
                   coalesce((SELECT max(id) FROM account_entries WHERE account_id = {accountId} AND token = {name} AND kind IN ('spent', 'withdrawn')), 0) AS "LastSpend"
            """).ToListAsync(token);
        return new TokenSetAside(new TokenAmount((UInt128)rows[0].Reserved), new TokenAmount((UInt128)rows[0].Withdrawing),
            rows[0].LastSpend);
    }

    private sealed record Row(BigInteger Reserved, BigInteger Withdrawing, long LastSpend);
}
