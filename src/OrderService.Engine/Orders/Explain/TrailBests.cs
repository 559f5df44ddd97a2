using System.Numerics;
using Npgsql;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Orders.Explain;

/// <summary>Reads the best price of an order that trails, as of the last look at it.</summary>
internal sealed class TrailBests(NpgsqlDataSource source)
{
    /// <summary>The best since it was armed; null for one that has not been.</summary>
    public async Task<Price?> OfAsync(Slice? slice, CancellationToken token)
    {
        if (slice?.WatermarkId is not { } id) return null;
        await using var command =
            source.CreateCommand("SELECT r.price FROM watermarks w JOIN watermarks r ON r.id = w.root WHERE w.id = $1");
        command.Add(id);
        await using var reader = await command.ExecuteReaderAsync(token);
        return await reader.ReadAsync(token) ? new Price((UInt128)reader.GetFieldValue<BigInteger>(0)) : null;
    }
}
