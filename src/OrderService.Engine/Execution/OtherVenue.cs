using System.Globalization;
using Npgsql;
using OrderService.Domain.Ports;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Execution;

/// <summary>
/// Orders that were made for another router or network than the one that the service is set to. What is open waits, since the settings may
/// come back. What is in flight cannot be judged here: this chain has never heard of it, and would have it sent again or called replaced.
/// So the service does not start on it.
/// </summary>
internal sealed partial class OtherVenue(ISwapRouter router, NpgsqlDataSource source, ILogger<OtherVenue> log)
{
    /// <summary>Throws <see cref="StartException"/> where something is in flight elsewhere.</summary>
    public async Task CheckAsync(CancellationToken token)
    {
        await using var command = source.CreateCommand("""
            SELECT o.router, o.chain_id, count(*), count(f.order_id)
            FROM orders o LEFT JOIN (SELECT DISTINCT order_id FROM attempts WHERE NOT is_final) f ON f.order_id = o.id
            WHERE (o.router, o.chain_id) <> ($1, $2) AND (o.status IN ('open', 'paused', 'cancelling') OR f.order_id IS NOT NULL)
            GROUP BY 1, 2 ORDER BY 4 DESC, 1, 2
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = router.Terms.Router.ToString() });
        command.Parameters.Add(new NpgsqlParameter { Value = (long)router.Terms.Network.ChainId });
        await using var reader = await command.ExecuteReaderAsync(token);
        while (await reader.ReadAsync(token))
        {
            var (other, chain, orders, inFlight) = (reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3));
            if (inFlight > 0)
            {
                throw new StartException(string.Create(CultureInfo.InvariantCulture,
                    $"{inFlight} orders have transactions in flight through the router {other} on the chain {chain}, and the service is set to {router.Terms.Router} on {router.Terms.Network.ChainId}: start it with the settings of before until they have ended."));
            }
            Waiting(log, orders, other, chain);
        }
    }

    [LoggerMessage(1, LogLevel.Warning,
        "{Orders} open orders were signed for the router {Router} on the chain {Chain}, which is not this service's: they wait until it is, or are cancelled, or end with their window.")]
    private static partial void Waiting(ILogger log, long orders, string router, long chain);
}
