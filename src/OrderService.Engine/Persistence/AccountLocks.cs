using System.Numerics;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;

namespace OrderService.Engine.Persistence;

/// <summary>What of an account's token is set aside, and what has left the account since it was looked at before.</summary>
internal readonly record struct TokenSetAside(TokenAmount Reserved, TokenAmount Withdrawing, TokenAmount LeftSince);

/// <summary>How funds are set aside: the account's row is locked first, so that two never count on the same units.</summary>
internal static class AccountLocks
{
    private const string LockStatement = "SELECT id FROM accounts WHERE id = $1 AND owner = $2 AND address = $3 FOR NO KEY UPDATE";

    private const string SetAsideStatement =
        """
        SELECT coalesce((SELECT sum(reserved) FROM reservations WHERE account_id = $1 AND token = $2 AND reserved > 0), 0),
               coalesce((SELECT sum(amount) FROM withdrawals WHERE account_id = $1 AND token = $2 AND status IN ('waiting', 'sent')), 0),
               coalesce((SELECT sum(amount) FROM account_entries WHERE account_id = $1 AND token = $2 AND kind IN ('spent', 'withdrawn') AND id > $3), 0)
        """;

    private const string LastSpendStatement =
        "SELECT coalesce((SELECT max(id) FROM account_entries WHERE account_id = $1 AND token = $2 AND kind IN ('spent', 'withdrawn')), 0)";

    /// <summary>
    /// Locks the account's row until the end of the caller's transaction, and reads what is set aside of one token as it is from then on:
    /// two statements of one round trip, the second of which begins when the first has its lock. Null where that owner has no such account.
    /// </summary>
    public static async Task<TokenSetAside?> LockSetAsideAsync(
        this OrdersDb db, ManagedAccount account, TokenId of, long since, CancellationToken token)
    {
        await using var batch = new NpgsqlBatch(db.TransactionConnection());
        var locking = new NpgsqlBatchCommand(LockStatement);
        locking.Add(account.Id);
        locking.Add(account.Owner.ToString());
        locking.Add(account.Address.ToString());
        batch.BatchCommands.Add(locking);
        batch.BatchCommands.Add(SetAside(account.Id, of, since));
        await using var reader = await batch.ExecuteReaderAsync(token);
        if (!await reader.ReadAsync(token)) return null;
        await reader.NextResultAsync(token);
        return await ReadAsync(reader, token);
    }

    /// <summary>What is set aside of one token.</summary>
    public static async Task<TokenSetAside> ReadSetAsideAsync(
        this NpgsqlDataSource source, Guid accountId, TokenId of, CancellationToken token)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(SetAside(accountId, of, long.MaxValue));
        await using var reader = await batch.ExecuteReaderAsync(token);
        return await ReadAsync(reader, token);
    }

    /// <summary>The last entry by which any of the token left the account; 0 for none.</summary>
    public static async Task<long> ReadLastSpendAsync(this NpgsqlDataSource source, Guid accountId, TokenId of, CancellationToken token)
    {
        await using var command = source.CreateCommand(LastSpendStatement);
        command.Add(accountId);
        command.Add(of.ToString());
        return (long)(await command.ExecuteScalarAsync(token))!;
    }

    private static NpgsqlBatchCommand SetAside(Guid accountId, TokenId of, long since)
    {
        var command = new NpgsqlBatchCommand(SetAsideStatement);
        command.Add(accountId);
        command.Add(of.ToString());
        command.Add(since);
        return command;
    }

    private static async Task<TokenSetAside> ReadAsync(NpgsqlDataReader reader, CancellationToken token)
    {
        await reader.ReadAsync(token);
        return new TokenSetAside(Amount(0), Amount(1), Amount(2));

        TokenAmount Amount(int column) => new((UInt128)reader.GetFieldValue<BigInteger>(column));
    }
}
