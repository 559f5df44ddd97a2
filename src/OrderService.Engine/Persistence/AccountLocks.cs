using System.Numerics;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;

namespace OrderService.Engine.Persistence;

/// <summary>What of an account's token is set aside, and the last entry by which any of it left the account (0 for none).</summary>
internal readonly record struct TokenSetAside(TokenAmount Reserved, TokenAmount Withdrawing, long LastSpend);

/// <summary>How funds are set aside: the account's row is locked first, so that two never count on the same units.</summary>
internal static class AccountLocks
{
    private const string LockStatement = "SELECT id FROM accounts WHERE id = $1 AND owner = $2 AND address = $3 FOR NO KEY UPDATE";

    private const string SetAsideStatement =
        """
        SELECT coalesce((SELECT sum(reserved) FROM reservations WHERE account_id = $1 AND token = $2 AND reserved > 0), 0),
               coalesce((SELECT sum(amount) FROM withdrawals WHERE account_id = $1 AND token = $2 AND status IN ('waiting', 'sent')), 0),
               coalesce((SELECT max(id) FROM account_entries WHERE account_id = $1 AND token = $2 AND kind IN ('spent', 'withdrawn')), 0)
        """;

    /// <summary>
    /// Locks the account's row until the end of the caller's transaction, and reads what is set aside of one token as it is from then on:
    /// two statements of one round trip, the second of which begins when the first has its lock. Null where that owner has no such account.
    /// </summary>
    public static async Task<TokenSetAside?> LockSetAsideAsync(
        this OrdersDb db, ManagedAccount account, TokenId of, CancellationToken token)
    {
        await using var batch = new NpgsqlBatch(db.TransactionConnection());
        var locking = new NpgsqlBatchCommand(LockStatement);
        locking.Add(account.Id);
        locking.Add(account.Owner.ToString());
        locking.Add(account.Address.ToString());
        batch.BatchCommands.Add(locking);
        batch.BatchCommands.Add(SetAside(account.Id, of));
        await using var reader = await batch.ExecuteReaderAsync(token);
        if (!await reader.ReadAsync(token)) return null;
        await reader.NextResultAsync(token);
        return await ReadAsync(reader, token);
    }

    /// <summary>What is set aside of one token.</summary>
    public static async Task<TokenSetAside> ReadSetAsideAsync(this OrdersDb db, Guid accountId, TokenId of, CancellationToken token)
    {
        await db.Database.OpenConnectionAsync(token); // for as long as the context has it
        await using var batch = new NpgsqlBatch((NpgsqlConnection)db.Database.GetDbConnection());
        batch.BatchCommands.Add(SetAside(accountId, of));
        await using var reader = await batch.ExecuteReaderAsync(token);
        return await ReadAsync(reader, token);
    }

    private static NpgsqlBatchCommand SetAside(Guid accountId, TokenId of)
    {
        var command = new NpgsqlBatchCommand(SetAsideStatement);
        command.Add(accountId);
        command.Add(of.ToString());
        return command;
    }

    private static async Task<TokenSetAside> ReadAsync(NpgsqlDataReader reader, CancellationToken token)
    {
        await reader.ReadAsync(token);
        return new TokenSetAside(Amount(0), Amount(1), reader.GetInt64(2));

        TokenAmount Amount(int column) => new((UInt128)reader.GetFieldValue<BigInteger>(column));
    }
}
