using System.Globalization;
using Npgsql;
using OrderService.Engine.Partitions;

namespace OrderService.Engine.Persistence;

/// <summary>What a store says of itself: which partition of how many it is. It is written once, at its first start.</summary>
internal static class PartitionRecord
{
    private const string Claim = "INSERT INTO store_partition (number, partitions) VALUES ($1, $2) ON CONFLICT (is_one) DO NOTHING";
    private const string Read = "SELECT number, partitions FROM store_partition";

    /// <summary>Throws <see cref="StartException"/> where the store was made as another, or as one of another number.</summary>
    public static async Task CheckAsync(NpgsqlDataSource source, PartitionPlace place, CancellationToken token)
    {
        if (await ReadAsync(source, token) is not { } made)
        {
            await using var claim = source.CreateCommand(Claim);
            claim.Add(place.Number);
            claim.Add(place.Count);
            await claim.ExecuteNonQueryAsync(token);
            made = (await ReadAsync(source, token))!;
        }
        if (made.Count != place.Count)
        {
            throw new StartException(string.Create(CultureInfo.InvariantCulture,
                $"Store:Partitions is {place.Count}, and this store was made with {made.Count}, which never changes: start it with Store:Partitions={made.Count}, or with a database of its own."));
        }
        if (made.Number != place.Number)
        {
            throw new StartException(string.Create(CultureInfo.InvariantCulture,
                $"the schema {StoreSchema.Of(source.ConnectionString)} is partition {made.Number} of its store, and was taken for partition {place.Number}: name the schema that the store was made in as Search Path of ConnectionStrings:OrderService."));
        }
    }

    private static async Task<PartitionPlace?> ReadAsync(NpgsqlDataSource source, CancellationToken token)
    {
        await using var command = source.CreateCommand(Read);
        await using var reader = await command.ExecuteReaderAsync(token);
        return await reader.ReadAsync(token) ? new PartitionPlace(reader.GetInt32(0), reader.GetInt32(1)) : null;
    }
}
