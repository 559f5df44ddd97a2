using System.Numerics;
using Npgsql;
using NpgsqlTypes;
using OrderService.Domain.Amounts;

namespace OrderService.Engine.Persistence;

/// <summary>How the hot path's values cross Npgsql: amounts and prices as BigInteger, moments as UTC.</summary>
internal static class Sql
{
    public static BigInteger Number(TokenAmount amount) => (BigInteger)amount.Units;

    public static BigInteger Number(Price price) => (BigInteger)price.Count;

    public static BigInteger? Number(TokenAmount? amount) => amount is { } value ? Number(value) : null;

    public static BigInteger? Number(Price? price) => price is { } value ? Number(value) : null;

    public static DateTime? Moment(DateTimeOffset? moment) => moment?.UtcDateTime;

    /// <summary>One array parameter, a column of a batch.</summary>
    public static void AddColumn<TRow, TValue>(
        this NpgsqlCommand command, NpgsqlDbType type, IReadOnlyList<TRow> rows, Func<TRow, TValue> value) =>
            command.Parameters.Add(Column(type, rows, value));

    /// <inheritdoc cref="AddColumn{TRow, TValue}(NpgsqlCommand, NpgsqlDbType, IReadOnlyList{TRow}, Func{TRow, TValue})"/>
    public static void AddColumn<TRow, TValue>(
        this NpgsqlBatchCommand command, NpgsqlDbType type, IReadOnlyList<TRow> rows, Func<TRow, TValue> value) =>
            command.Parameters.Add(Column(type, rows, value));

    /// <summary>One positional parameter.</summary>
    public static void Add<T>(this NpgsqlCommand command, T value) => command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });

    /// <inheritdoc cref="Add{T}(NpgsqlCommand, T)"/>
    public static void Add<T>(this NpgsqlBatchCommand command, T value) =>
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });

    /// <summary>One positional parameter that may be null, which needs its type beside it.</summary>
    public static void AddNullable(this NpgsqlCommand command, NpgsqlDbType type, object? value) =>
        command.Parameters.Add(Nullable(type, value));

    /// <inheritdoc cref="AddNullable(NpgsqlCommand, NpgsqlDbType, object?)"/>
    public static void AddNullable(this NpgsqlBatchCommand command, NpgsqlDbType type, object? value) =>
        command.Parameters.Add(Nullable(type, value));

    /// <summary>The text of a column that may be null.</summary>
    public static string? TextOrNull(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    /// <summary>The moment of a column that may be null.</summary>
    public static DateTimeOffset? MomentOrNull(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);

    private static NpgsqlParameter Nullable(NpgsqlDbType type, object? value) =>
        new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };

    private static NpgsqlParameter Column<TRow, TValue>(NpgsqlDbType type, IReadOnlyList<TRow> rows, Func<TRow, TValue> value)
    {
        var column = new TValue[rows.Count];
        for (var i = 0; i < column.Length; i++) column[i] = value(rows[i]);
        return new NpgsqlParameter { Value = column, NpgsqlDbType = NpgsqlDbType.Array | type };
    }
}
