using System.Numerics;
using Npgsql;
using NpgsqlTypes;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Execution;

/// <summary>What an account has paid in fees for orders within the hour, and how much of it for owners without an API key.</summary>
internal readonly record struct PayerFees(HourlyFees All, HourlyFees Keyless)
{
    private const string WriteStatement =
        "UPDATE solvers s SET fees_hour = p.hour, fees = p.fees, fees_keyless = p.keyless FROM unnest($1, $2, $3, $4) AS p (address, hour, fees, keyless) WHERE s.address = p.address";

    /// <summary>The columns of <c>solvers</c> that <see cref="Read"/> reads.</summary>
    public const string Columns = "fees_hour, fees, fees_keyless";

    /// <summary>As it stands at a moment.</summary>
    public PayerFees At(DateTimeOffset now) => new(All.At(now), Keyless.At(now));

    /// <summary>With one fee more.</summary>
    public PayerFees Plus(TokenAmount fee, bool hasKey) => new(All.Plus(fee), hasKey ? Keyless : Keyless.Plus(fee));

    /// <summary>What is left of the account's share of the installation's budget.</summary>
    public TokenAmount LeftOf(FeeLimits limits, bool hasKey) =>
        All.LeftOf(limits.PerPayer) is var left && hasKey ? left : TokenAmount.Min(left, Keyless.LeftOf(limits.PerPayerKeyless));

    /// <summary>Reads the <see cref="Columns"/> from a column of a row on.</summary>
    public static PayerFees Read(NpgsqlDataReader reader, int column)
    {
        var hour = reader.GetFieldValue<DateTimeOffset>(column);
        HourlyFees At(int at) => new(hour, new TokenAmount((UInt128)reader.GetFieldValue<BigInteger>(at)));
        return new PayerFees(At(column + 1), At(column + 2));
    }

    /// <summary>What all accounts have paid, without a lock.</summary>
    public static async Task<Dictionary<string, PayerFees>> ReadAsync(
        NpgsqlDataSource source, IReadOnlyList<Payer> payers, CancellationToken token)
    {
        await using var command = source.CreateCommand($"SELECT address, {Columns} FROM solvers WHERE address = ANY($1)");
        command.Add(payers.Select(payer => payer.Address.ToString()).ToArray());
        await using var reader = await command.ExecuteReaderAsync(token);
        var fees = new Dictionary<string, PayerFees>(StringComparer.Ordinal);
        while (await reader.ReadAsync(token)) fees[reader.GetString(0)] = Read(reader, 1);
        return fees;
    }

    /// <summary>The statement that writes what accounts have paid, for a batch.</summary>
    public static NpgsqlBatchCommand Write(IReadOnlyList<(string Address, PayerFees Fees)> rows)
    {
        var command = new NpgsqlBatchCommand(WriteStatement);
        command.AddColumn(NpgsqlDbType.Text, rows, row => row.Address);
        command.AddColumn(NpgsqlDbType.TimestampTz, rows, row => row.Fees.All.Hour.UtcDateTime);
        command.AddColumn(NpgsqlDbType.Numeric, rows, row => Sql.Number(row.Fees.All.Spent));
        command.AddColumn(NpgsqlDbType.Numeric, rows, row => Sql.Number(row.Fees.Keyless.Spent));
        return command;
    }
}
