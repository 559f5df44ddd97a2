using System.Numerics;
using Npgsql;
using NpgsqlTypes;
using OrderService.Domain.Amounts;
using OrderService.Stacks.Addresses;

namespace OrderService.Venues.Simulated;

/// <summary>What every statement over the ledger shares: its one lock, and how numbers and lists cross Npgsql.</summary>
internal static class LedgerSql
{
    // Whoever writes balances, reserves or nonces holds this lock until its commit, so plain reads within it are stable.
    private const long Lock = 0x73696d756c61746f;

    /// <summary>Waits for the ledger.</summary>
    public static async Task LockAsync(NpgsqlConnection connection, CancellationToken token)
    {
        await using var command = new NpgsqlCommand("SELECT pg_advisory_xact_lock($1)", connection);
        await command.With(Lock).ExecuteNonQueryAsync(token);
    }

    /// <summary>Takes the ledger where something waits to be mined and nobody else has it.</summary>
    public static async Task<bool> TryLockForBlockAsync(LedgerSource ledger, NpgsqlConnection connection, CancellationToken token)
    {
        await using var command = ledger.Command(
            "SELECT CASE WHEN EXISTS (SELECT 1 FROM simulator.mempool) THEN pg_try_advisory_xact_lock($1) ELSE false END", connection);
        return await command.With(Lock).ExecuteScalarAsync(token) is true;
    }

    /// <summary>What each pool holds.</summary>
    public static async Task<Dictionary<ContractId, Reserves>> ReadReservesAsync(
        LedgerSource ledger, NpgsqlConnection connection, CancellationToken token)
    {
        await using var command = ledger.Command("SELECT id, reserve_a, reserve_b FROM simulator.pools", connection);
        await using var reader = await command.ExecuteReaderAsync(token);
        var reserves = new Dictionary<ContractId, Reserves>();
        while (await reader.ReadAsync(token)) reserves[ContractId.Parse(reader.GetString(0))] = new(reader.Units(1), reader.Units(2));
        return reserves;
    }

    /// <summary>A numeric column as base units.</summary>
    public static UInt128 Units(this NpgsqlDataReader reader, int column) => (UInt128)reader.GetFieldValue<BigInteger>(column);

    /// <summary>Adds a value; the server infers nothing, the type is that of the value.</summary>
    public static NpgsqlCommand With<T>(this NpgsqlCommand command, T value)
    {
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return command;
    }

    /// <summary>Adds an amount as numeric.</summary>
    public static NpgsqlCommand WithUnits(this NpgsqlCommand command, UInt128 units)
    {
        command.Parameters.Add(new NpgsqlParameter<BigInteger> { TypedValue = units, NpgsqlDbType = NpgsqlDbType.Numeric });
        return command;
    }

    /// <summary>Adds an array, one element of each item; texts may be null.</summary>
    public static NpgsqlBatchCommand WithMany<TItem, T>(this NpgsqlBatchCommand command, IEnumerable<TItem> items, Func<TItem, T> value)
    {
        command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. items.Select(value)] });
        return command;
    }

    /// <summary>Adds an array of amounts as numeric[].</summary>
    public static NpgsqlBatchCommand WithManyUnits<TItem>(
        this NpgsqlBatchCommand command, IEnumerable<TItem> items, Func<TItem, TokenAmount?> value)
    {
        command.Parameters.Add(new NpgsqlParameter<BigInteger?[]>
        {
            TypedValue = [.. items.Select(item => value(item) is { } amount ? (BigInteger?)amount.Units : null)],
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Numeric,
        });
        return command;
    }

    /// <summary>Adds one value.</summary>
    public static NpgsqlBatchCommand With<T>(this NpgsqlBatchCommand command, T value)
    {
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return command;
    }
}
