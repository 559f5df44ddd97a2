using Npgsql;
using OrderService.Engine.Persistence;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Execution;

/// <summary>Locks the nonces of accounts that are about to call until the end of a transaction. Only sends of the same account wait for each other.</summary>
internal sealed class AccountLock(IEnumerable<StacksAddress> accounts)
{
    private readonly string[] _accounts = [.. accounts.Select(account => account.ToString()).Distinct().Order(StringComparer.Ordinal)];
    private readonly Dictionary<string, NonceStanding> _standings = new(StringComparer.Ordinal);

    /// <summary>Where no account calls: locks nothing.</summary>
    public static AccountLock None { get; } = new([]);

    /// <summary>The statements, for a batch; none where there is nothing to lock. The last one answers.</summary>
    public IEnumerable<NpgsqlBatchCommand> Commands() =>
        _accounts.Length == 0 ? [] : [Of("SELECT 1 FROM account_nonces WHERE address = ANY($1) ORDER BY address FOR NO KEY UPDATE"), Of(AccountNonces.StandingStatement)];

    /// <summary>Reads their answers and goes to the next one.</summary>
    public async Task ReadAsync(NpgsqlDataReader reader, CancellationToken token)
    {
        if (_accounts.Length == 0) return;
        await reader.NextResultAsync(token);
        while (await reader.ReadAsync(token)) _standings[reader.GetString(0)] = AccountNonces.Read(reader);
        await reader.NextResultAsync(token);
    }

    /// <summary>Locks them in a round trip of its own, inside the caller's transaction.</summary>
    public async Task TakeAsync(NpgsqlConnection connection, CancellationToken token)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var command in Commands()) batch.BatchCommands.Add(command);
        await using var reader = await batch.ExecuteReaderAsync(token);
        await ReadAsync(reader, token);
    }

    /// <summary>
    /// Takes the account's next nonce; null while what is under way may still use it, and where <paramref name="held"/>, a nonce that was sent with before and that the chain has not decided, is
    /// another.
    /// </summary>
    public ulong? Take(StacksAddress account, long? held)
    {
        var name = account.ToString();
        if (!_standings.TryGetValue(name, out var standing) || standing.IsBusy || (held is { } before && before != standing.Next)) return null;
        _standings[name] = standing with { IsBusy = true };
        return checked((ulong)standing.Next);
    }

    private NpgsqlBatchCommand Of(string statement)
    {
        var command = new NpgsqlBatchCommand(statement);
        command.Add(_accounts);
        return command;
    }
}
