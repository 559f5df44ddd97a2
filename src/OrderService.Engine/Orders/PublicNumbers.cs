using Npgsql;
using OrderService.Engine.Partitions;

namespace OrderService.Engine.Orders;

/// <summary>
/// Numbers for dialects whose clients name an order by a 32-bit number: never given twice, with gaps. As a public id each has ten digits,
/// so that they are in order as texts. Each partition counts in steps of their number, from its own on, so a number says whose it is.
/// </summary>
internal sealed class PublicNumbers(NpgsqlDataSource source, PartitionPlace place)
{
    /// <summary>The public id of a number.</summary>
    public static string IdOf(int number) => number.ToString("D10", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The number of a public id.</summary>
    public static int Of(string publicId) =>
        int.Parse(publicId, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Which of so many partitions gave a number; one that nobody gave is the first's.</summary>
    public static int PartitionOf(int number, int count) => number < 0 ? 0 : number % count;

    /// <summary>A number that nobody has.</summary>
    public async Task<int> NextAsync(CancellationToken token)
    {
        await using var command = source.CreateCommand("SELECT nextval('order_public_numbers')::integer");
        return checked((int)(await command.ExecuteScalarAsync(token))! * place.Count + place.Number);
    }
}
