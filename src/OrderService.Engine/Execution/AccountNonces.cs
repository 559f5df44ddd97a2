using Npgsql;
using OrderService.Engine.Persistence;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Execution;

/// <summary>Where an account that calls itself stands: the lowest nonce that nothing is shown to have used, and whether something that was sent may still use it.</summary>
internal readonly record struct NonceStanding(long Next, bool IsBusy);

/// <summary>
/// The nonces of the accounts that call themselves. What uses one is a transaction that was mined, whatever it did; so the transactions say which comes next, and one that can never be mined leaves
/// no gap. One of an account's is under way at a time: of two, the later waits on chain for the earlier, and with it everything that the same account pays for behind it.
/// </summary>
internal static class AccountNonces
{
    /// <summary>For accounts <c>$1</c>; locked before by another statement, so that it sees what the holder of the lock before us committed.</summary>
    public const string StandingStatement =
        """
        SELECT n.address, n.next,
            EXISTS (SELECT 1 FROM attempts a WHERE a.origin = n.address AND a.status IN ('prepared', 'sent') AND a.origin_nonce <= n.next)
            OR EXISTS (SELECT 1 FROM withdrawal_transactions t WHERE t.origin = n.address AND t.is_live AND NOT t.is_mined AND t.origin_nonce <= n.next) AS is_busy
        FROM (
            SELECT o.address, greatest(o.seen_nonce,
                (SELECT max(a.origin_nonce) + 1 FROM attempts a WHERE a.origin = o.address AND a.status IN ('confirmed', 'reverted')),
                (SELECT max(t.origin_nonce) + 1 FROM withdrawal_transactions t WHERE t.origin = o.address AND t.is_mined)) AS next
            FROM account_nonces o WHERE o.address = ANY($1)) AS n
        """;

    private const string DecidedStatement =
        """
        SELECT EXISTS (SELECT 1 FROM attempts WHERE origin = $1 AND origin_nonce = $2 AND status IN ('confirmed', 'reverted'))
            OR EXISTS (SELECT 1 FROM withdrawal_transactions WHERE origin = $1 AND origin_nonce = $2 AND is_mined)
        """;

    /// <summary>Where it stands; null for one that is not known yet.</summary>
    public static async Task<NonceStanding?> FindAsync(NpgsqlDataSource source, StacksAddress account, CancellationToken token)
    {
        await using var command = source.CreateCommand(StandingStatement);
        command.Add(new[] { account.ToString() });
        await using var reader = await command.ExecuteReaderAsync(token);
        return await reader.ReadAsync(token) ? Read(reader) : null;
    }

    /// <summary>The chain was seen to have come so far: where somebody else used the account's key, its next nonce is no lower.</summary>
    public static async Task SeeAsync(NpgsqlDataSource source, StacksAddress account, ulong chainNext, CancellationToken token)
    {
        await using var command = source.CreateCommand(
            """
            INSERT INTO account_nonces AS o (address, seen_nonce) VALUES ($1, $2)
            ON CONFLICT (address) DO UPDATE SET seen_nonce = greatest(o.seen_nonce, excluded.seen_nonce)
            """);
        command.Add(account.ToString());
        command.Add(checked((long)chainNext));
        await command.ExecuteNonQueryAsync(token);
    }

    /// <summary>True where a transaction of the service's is shown to have used the nonce: then nothing else that was signed on it can be mined.</summary>
    public static async Task<bool> IsDecidedAsync(NpgsqlDataSource source, StacksAddress account, long nonce, CancellationToken token)
    {
        await using var command = source.CreateCommand(DecidedStatement);
        command.Add(account.ToString());
        command.Add(nonce);
        return await command.ExecuteScalarAsync(token) is true;
    }

    /// <summary>One row of <see cref="StandingStatement"/>.</summary>
    public static NonceStanding Read(NpgsqlDataReader reader) => new(reader.GetInt64(1), reader.GetBoolean(2));
}
