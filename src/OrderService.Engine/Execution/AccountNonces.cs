using Npgsql;
using OrderService.Engine.Persistence;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Execution;

/// <summary>What is known of a nonce that the chain has passed.</summary>
internal enum NonceFate
{
    /// <summary>Nothing of the service's stands on it.</summary>
    Unknown,

    /// <summary>Something of the service's stands on it, and was not looked at since.</summary>
    Waiting,

    /// <summary>A transaction of the service's used it up: nothing else that was signed on it can be mined.</summary>
    Decided,
}

/// <summary>The nonces of the accounts that call themselves, as the transactions say that stand on them (<c>account_calls</c>).</summary>
internal static class AccountNonces
{
    /// <summary>
    /// For accounts <c>$1</c>; locked before by another statement, so that it sees what the holder of the lock before us committed.
    /// </summary>
    public const string CallsStatement =
        "SELECT o.address, o.seen_nonce, c.origin_nonce, c.solver, c.nonce, c.is_mined, c.is_outbid FROM account_nonces o LEFT JOIN LATERAL "
        + CallsOf + " AS c ON true WHERE o.address = ANY($1)";

    /// <summary>
    /// What stands on the nonces of a row <c>o</c> of <c>account_nonces</c> from the chain's next one on. Looked up for each account by
    /// itself: joined as a whole, the view was read from the first transaction that was ever sent.
    /// </summary>
    public const string CallsOf =
        """(SELECT * FROM account_calls c WHERE c.origin = o.address COLLATE "default" AND c.origin_nonce >= o.seen_nonce OFFSET 0)""";

    /// <summary>
    /// True of a row <c>f</c> of <c>free_nonces</c> that was a call's place, where calls of the same account wait behind it, in both
    /// queues: then nothing but a call on the same nonce may take it.
    /// </summary>
    public const string IsNeeded =
        """
        (f.origin IS NOT NULL AND EXISTS (SELECT 1 FROM account_nonces o WHERE o.address = f.origin AND f.origin_nonce >= o.seen_nonce
            AND EXISTS (SELECT 1 FROM account_calls c WHERE c.origin = f.origin AND c.origin_nonce > f.origin_nonce AND NOT c.is_mined)
            AND NOT EXISTS (SELECT 1 FROM account_calls c WHERE c.origin = f.origin AND c.origin_nonce = f.origin_nonce)
            AND NOT EXISTS (SELECT 1 FROM account_calls c WHERE c.origin = f.origin AND c.origin_nonce >= o.seen_nonce AND NOT c.is_mined
                AND (c.solver <> f.solver OR (c.origin_nonce > f.origin_nonce) <> (c.nonce > f.nonce)))))
        """;

    private const string FateStatement =
        "SELECT bool_or(is_mined) FROM account_calls WHERE origin = $1 AND origin_nonce = $2 AND solver IS NOT NULL";

    // An account that waits for no block has no gap that holds anything up.
    private const string CallingStatement =
        """
        SELECT t.origin FROM outgoing_transactions t WHERE t.origin IS NOT NULL AND NOT t.is_final AND t.status IN ('prepared', 'sent')
        UNION SELECT b.origin FROM transfers_back b JOIN account_nonces o ON o.address = b.origin WHERE b.origin_nonce >= o.seen_nonce
        ORDER BY 1
        """;

    /// <summary>What stands on its nonces; null for an account that is not known yet.</summary>
    public static async Task<AccountCalls?> FindAsync(NpgsqlDataSource source, StacksAddress account, CancellationToken token)
    {
        await using var command = source.CreateCommand(CallsStatement);
        command.Add(new[] { account.ToString() });
        await using var reader = await command.ExecuteReaderAsync(token);
        return (await ReadAsync(reader, token)).GetValueOrDefault(account.ToString());
    }

    /// <summary>Reads the answer of <see cref="CallsStatement"/>, by address.</summary>
    public static async Task<Dictionary<string, AccountCalls>> ReadAsync(NpgsqlDataReader reader, CancellationToken token)
    {
        var read = new Dictionary<string, AccountCalls>(StringComparer.Ordinal);
        while (await reader.ReadAsync(token))
        {
            if (!read.TryGetValue(reader.GetString(0), out var calls))
                read[reader.GetString(0)] = calls = new AccountCalls(reader.GetInt64(1), []);
            if (!reader.IsDBNull(2))
            {
                calls.Add(new CallPlace(reader.GetInt64(2), reader.TextOrNull(3), reader.IsDBNull(4) ? 0 : reader.GetInt64(4),
                    reader.GetBoolean(5), reader.GetBoolean(6)));
            }
        }
        return read;
    }

    /// <summary>The accounts that have calls under way.</summary>
    public static async Task<List<StacksAddress>> CallingAsync(NpgsqlDataSource source, CancellationToken token)
    {
        await using var command = source.CreateCommand(CallingStatement);
        await using var reader = await command.ExecuteReaderAsync(token);
        var accounts = new List<StacksAddress>();
        while (await reader.ReadAsync(token)) accounts.Add(StacksAddress.Parse(reader.GetString(0), null));
        return accounts;
    }

    /// <summary>
    /// The chain was seen to have come so far, or after a reorganisation no further: what nothing of the service's stands on from there is
    /// used next. Its commit waits for no disk: what a crash of the store forgets is seen again before the next call, and what is sent is
    /// on the disk with all that was before it.
    /// </summary>
    public static async Task SeeAsync(NpgsqlDataSource source, StacksAddress account, ulong chainNext, CancellationToken token)
    {
        var command = new NpgsqlBatchCommand(
            "INSERT INTO account_nonces (address, seen_nonce) VALUES ($1, $2) ON CONFLICT (address) DO UPDATE SET seen_nonce = excluded.seen_nonce");
        command.Add(account.ToString());
        command.Add(checked((long)chainNext));
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Book.UnforcedStatement));
        batch.BatchCommands.Add(command);
        await batch.ExecuteNonQueryAsync(token);
    }

    /// <summary>What the service knows of a nonce that the chain has passed.</summary>
    public static async Task<NonceFate> FateAsync(NpgsqlDataSource source, StacksAddress account, long nonce, CancellationToken token)
    {
        await using var command = source.CreateCommand(FateStatement);
        command.Add(account.ToString());
        command.Add(nonce);
        return await command.ExecuteScalarAsync(token) is bool isMined
            ? isMined ? NonceFate.Decided : NonceFate.Waiting : NonceFate.Unknown;
    }
}
