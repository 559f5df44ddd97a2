using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace OrderService.Tests.Http;

/// <summary>The end of an order's window, moved where a test would have to wait for it.</summary>
internal static class WindowEnd
{
    /// <summary>Moves the end of an order of one slice to a second ago.</summary>
    public static async Task PassAsync(IServiceProvider services, string uuid)
    {
        await using var end = services.GetRequiredService<NpgsqlDataSource>()
            .CreateCommand($"UPDATE slices SET (not_after, closes_at) = (now() - interval '1 second', now() - interval '1 second') WHERE order_id = '{uuid}'");
        (await end.ExecuteNonQueryAsync()).ShouldBe(1);
    }
}
