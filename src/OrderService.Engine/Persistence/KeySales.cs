using System.Numerics;
using Npgsql;
using OrderService.Domain;
using OrderService.Domain.Amounts;

namespace OrderService.Engine.Persistence;

/// <summary>What a key sells of an account's funds: worth so many dollars, of those that it may sell for on that day.</summary>
internal sealed record KeySale(Guid KeyId, DateOnly Day, Price Usd, Price Limit);

/// <summary>Counts what API keys sell in a day (UTC), in the transaction in which the order is stored.</summary>
internal static class KeySales
{
    private const string Add =
        """
        INSERT INTO api_key_sales AS s (key_id, day, usd) SELECT $1, $2, $3 WHERE $3 <= $4
        ON CONFLICT (key_id, day) DO UPDATE SET usd = s.usd + $3 WHERE s.usd + $3 <= $4
        """;

    /// <summary>Why a sale is refused that was not counted.</summary>
    public static OrderError Refusal(KeySale sale) =>
        new OrderError.Forbidden("daily_limit",
            $"API key limit reached: it may sell for {sale.Limit} dollars a day, and this is worth {sale.Usd}");

    /// <summary>True where it would be counted as things are.</summary>
    public static async Task<bool> HasRoomAsync(NpgsqlDataSource source, KeySale sale, CancellationToken token)
    {
        await using var command =
            source.CreateCommand("SELECT $3 + coalesce((SELECT usd FROM api_key_sales WHERE key_id = $1 AND day = $2), 0) <= $4");
        Bind(command, sale);
        return (bool)(await command.ExecuteScalarAsync(token))!;
    }

    /// <summary>
    /// False, and nothing counted, where it would be more than the key may sell. Waits for a sale of the same key that is being stored.
    /// </summary>
    public static async Task<bool> AddAsync(NpgsqlConnection connection, KeySale sale, CancellationToken token)
    {
        await using var command = new NpgsqlCommand(Add, connection);
        Bind(command, sale);
        return await command.ExecuteNonQueryAsync(token) == 1;
    }

    private static void Bind(NpgsqlCommand command, KeySale sale)
    {
        command.Add(sale.KeyId);
        command.Add(sale.Day);
        command.Add<BigInteger>(Sql.Number(sale.Usd));
        command.Add<BigInteger>(Sql.Number(sale.Limit));
    }
}
