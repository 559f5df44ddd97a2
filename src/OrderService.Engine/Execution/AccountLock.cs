using Npgsql;
using OrderService.Engine.Persistence;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Execution;

/// <summary>
/// Locks the nonces of accounts that are about to call until the end of a transaction. Only sends of the same account wait for each other.
/// </summary>
internal sealed class AccountLock(IEnumerable<StacksAddress> accounts, int inFlightMax)
{
    private readonly string[] _accounts = [.. accounts.Select(account => account.ToString()).Distinct().Order(StringComparer.Ordinal)];
    private Dictionary<string, AccountCalls> _calls = [];

    /// <summary>Where no account calls: locks nothing.</summary>
    public static AccountLock None { get; } = new([], 0);

    /// <summary>True where no account calls.</summary>
    public bool IsEmpty => _accounts.Length == 0;

    /// <summary>The statements, for a batch; none where there is nothing to lock. The last one answers.</summary>
    public IEnumerable<NpgsqlBatchCommand> Commands() =>
        _accounts.Length == 0
            ? []
            : [Of("SELECT 1 FROM account_nonces WHERE address = ANY($1) ORDER BY address FOR NO KEY UPDATE"),
                Of(AccountNonces.CallsStatement)];

    /// <summary>
    /// Waits for the payers that the accounts' calls stand with already, in the order in which all payers are locked: no other will do.
    /// </summary>
    public IEnumerable<NpgsqlBatchCommand> PayerCommands() => _accounts.Length == 0 ? [] :
    [
        Of("""
            SELECT 1 FROM solvers s WHERE s.address IN (SELECT c.solver FROM account_nonces o CROSS JOIN LATERAL
            """ + AccountNonces.CallsOf + " AS c WHERE o.address = ANY($1) AND NOT c.is_mined) ORDER BY s.address FOR NO KEY UPDATE"),
    ];

    /// <summary>Reads the answers of <see cref="Commands"/> and goes to the next one.</summary>
    public async Task ReadAsync(NpgsqlDataReader reader, CancellationToken token)
    {
        if (_accounts.Length == 0) return;
        await reader.NextResultAsync(token);
        _calls = await AccountNonces.ReadAsync(reader, token);
        await reader.NextResultAsync(token);
    }

    /// <summary>Goes past what <see cref="PayerCommands"/> answered.</summary>
    public async Task ReadPayersAsync(NpgsqlDataReader reader, CancellationToken token)
    {
        if (_accounts.Length > 0) await reader.NextResultAsync(token);
    }

    /// <summary>Locks them in a round trip of its own, inside the caller's transaction.</summary>
    public async Task TakeAsync(NpgsqlConnection connection, CancellationToken token)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var command in Commands()) batch.BatchCommands.Add(command);
        await using var reader = await batch.ExecuteReaderAsync(token);
        await ReadAsync(reader, token);
    }

    /// <summary>What stands on the account's nonces; null for one that is not known.</summary>
    public AccountCalls? CallsOf(StacksAddress account) => _calls.GetValueOrDefault(account.ToString());

    /// <summary>
    /// The account's next nonce, or <paramref name="held"/>, one that was sent with before and that the chain has not decided. Null while
    /// that is another's, and while as many are under way as may be.
    /// </summary>
    public CallTurn? TurnOf(StacksAddress account, long? held)
    {
        if (CallsOf(account) is not { } calls || !calls.HasRoom(inFlightMax)) return null;
        return held is { } before && (before < calls.Seen || calls.StandsOn(before))
            ? null : new CallTurn(account, held ?? calls.Next, calls);
    }

    private NpgsqlBatchCommand Of(string statement)
    {
        var command = new NpgsqlBatchCommand(statement);
        command.Add(_accounts);
        return command;
    }
}
