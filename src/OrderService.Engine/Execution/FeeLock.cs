using System.Numerics;
using Npgsql;
using NpgsqlTypes;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Engine.Persistence;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Execution;

/// <summary>Whose fee it is, and whether a budget may hold it back: what ends an order that was sent is counted and never held.</summary>
internal readonly record struct FeeCharge(StacksAddress Owner, bool IsHeld);

/// <summary>
/// Locks what owners have spent on fees until the end of a transaction. Only sends of the same owner wait for each other; what the accounts
/// that pay have spent is on their own rows.
/// </summary>
internal sealed class FeeLock(FeeLimits? limits, IEnumerable<StacksAddress> owners, DateTimeOffset now)
{
    private const string AddStatement =
        "INSERT INTO owner_fees (owner, hour, fees) SELECT owner, 'epoch', 0 FROM unnest($1) AS k (owner) ON CONFLICT DO NOTHING";

    private const string LockStatement =
        """
        SELECT f.owner, f.hour, f.fees, EXISTS (SELECT 1 FROM api_keys a WHERE a.owner = f.owner AND a.status = 'active' AND coalesce(a.expires_at > $2, true))
        FROM unnest($1) AS k (owner) JOIN owner_fees f ON f.owner = k.owner
        FOR NO KEY UPDATE OF f
        """;

    private const string WriteStatement =
        "UPDATE owner_fees f SET hour = s.hour, fees = s.fees FROM unnest($1, $2, $3) AS s (owner, hour, fees) WHERE f.owner = s.owner";

    private readonly string[] _owners = [.. owners.Select(owner => owner.ToString()).Distinct().Order(StringComparer.Ordinal)];
    private readonly Dictionary<string, HourlyFees> _spent = new(StringComparer.Ordinal);
    private readonly HashSet<string> _charged = new(StringComparer.Ordinal);
    private readonly HashSet<string> _keyed = new(StringComparer.Ordinal);

    /// <summary>Where nothing is limited: locks nothing, counts nothing.</summary>
    public static FeeLock None { get; } = new(null, [], default);

    /// <summary>The limits; null where there is none.</summary>
    public FeeLimits? Limits => limits;

    /// <summary>The moment that all of this is about.</summary>
    public DateTimeOffset Now => now;

    /// <summary>The statements, for a batch; none where there is nothing to lock.</summary>
    public IEnumerable<NpgsqlBatchCommand> Commands()
    {
        if (_owners.Length == 0) yield break;
        var add = new NpgsqlBatchCommand(AddStatement);
        add.Add(_owners);
        yield return add;
        var take = new NpgsqlBatchCommand(LockStatement);
        take.Add(_owners);
        take.Add(now.UtcDateTime);
        yield return take;
    }

    /// <summary>Reads their answer and goes to the next one.</summary>
    public async Task ReadAsync(NpgsqlDataReader reader, CancellationToken token)
    {
        if (_owners.Length == 0) return;
        while (await reader.ReadAsync(token))
        {
            var owner = reader.GetString(0);
            _spent[owner] = new HourlyFees(reader.GetFieldValue<DateTimeOffset>(1),
                new TokenAmount((UInt128)reader.GetFieldValue<BigInteger>(2))).At(now);
            if (reader.GetBoolean(3)) _keyed.Add(owner);
        }
        await reader.NextResultAsync(token);
    }

    /// <summary>True for an owner who holds an API key that may act now.</summary>
    public bool HasKey(StacksAddress owner) => _keyed.Contains(owner.ToString());

    /// <summary>True where the owner's own budget takes this fee.</summary>
    public bool Allows(FeeCharge charge, TokenAmount fee) =>
        limits is null || !charge.IsHeld || _spent[charge.Owner.ToString()].LeftOf(limits.PerOwner) >= fee;

    /// <summary>Counts a fee.</summary>
    public void Charge(FeeCharge charge, TokenAmount fee)
    {
        if (limits is null) return;
        var owner = charge.Owner.ToString();
        _spent[owner] = _spent[owner].Plus(fee);
        _charged.Add(owner);
    }

    /// <summary>What has to be written so that what was counted is.</summary>
    public IEnumerable<NpgsqlBatchCommand> Writes()
    {
        if (_charged.Count == 0) yield break;
        string[] charged = [.. _charged];
        var command = new NpgsqlBatchCommand(WriteStatement);
        command.AddColumn(NpgsqlDbType.Text, charged, owner => owner);
        command.AddColumn(NpgsqlDbType.TimestampTz, charged, owner => _spent[owner].Hour.UtcDateTime);
        command.AddColumn(NpgsqlDbType.Numeric, charged, owner => Sql.Number(_spent[owner].Spent));
        yield return command;
    }
}
