using System.Globalization;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Venues.Simulated;

namespace OrderService.Benchmarks.Ground;

/// <summary>
/// Fills a database with open orders that wait for a price, by SQL. Every pair stands at price 1; half of its orders wait for a rise to
/// 1 + i·10⁻⁹, half for a fall to 1 - i·10⁻⁹, i = 1, 2, …, in an order that has nothing to do with the order of the rows in the table.
/// </summary>
internal static class OpenOrders
{
    private const long Step = 1_000_000_000;
    private const int Prime = 7_368_787; // divides no count used here, so that i → i·prime mod count visits each once

    /// <summary>The price that crosses this many rising orders of a pair, and no other.</summary>
    public static Price Crossing(long orders) => new(Price.Scale + (UInt128)(orders * Step));

    /// <summary>The token that a pair watches, in USD.</summary>
    public static TokenId Watched(int pair) =>
        TokenId.Of(new ContractId(World.Router.Issuer, string.Create(CultureInfo.InvariantCulture, $"watched-{pair}")));

    /// <summary>
    /// Loads so many, dealt out evenly to the pairs. Without their orders' rows where only the book is looked at: a superuser may.
    /// </summary>
    public static async Task LoadAsync(string connectionString, int count, int pairs, bool sliceOnly = false, StacksAddress? owner = null)
    {
        var admin = Cluster.AdminOf(connectionString);
        for (var pair = 1; pair <= pairs; pair++)
            await Cluster.ExecuteAsync(admin, $"INSERT INTO price_pairs (id, watched, base) VALUES ({pair}, '{Watched(pair)}', 'USD')");
        if (!sliceOnly) await Cluster.ExecuteAsync(admin, Orders(count, pairs, owner ?? World.Demo!.Value));
        // the orders are there, or are left out on purpose: no need to look each up
        await Cluster.ExecuteAsync(admin, "SET session_replication_role = replica;" + Slices(count, pairs));
        await Cluster.ExecuteAsync(admin, "VACUUM (ANALYZE) orders");
        await Cluster.ExecuteAsync(admin, "VACUUM (ANALYZE) slices");
        await Cluster.ExecuteAsync(admin, "CHECKPOINT");
    }

    private static SimulatedWorld World { get; } = SimulatedWorld.Of(new SimulatedOptions());

    // A row's uuid follows from its number, so that both statements make the same; created one a millisecond, the last one an hour ago.
    private static string Rows(int count, int pairs) => string.Create(CultureInfo.InvariantCulture,
        $"""
        (SELECT md5('order ' || n)::uuid AS id, 1 + n % {pairs} AS pair, n / {pairs} AS place, {count / pairs / 2} AS half,
                1 + ((n / {pairs})::bigint * {Prime}) % {Math.Max(1, count / pairs / 2)} AS rank,
                now() - interval '1 hour' - ({count} - n) * interval '1 millisecond' AS at
         FROM generate_series(0, {count - 1}) AS n) AS rows
        """);

    private static string Orders(int count, int pairs, StacksAddress owner) => string.Create(CultureInfo.InvariantCulture,
        $"""
        INSERT INTO orders (id, uuid, dialect, owner, recipient, sell_token, buy_token, amount_in, router, chain_id, trigger, condition_token, direction, target_price,
                            signature, created_at, status)
        SELECT id, id::text, 'charisma', '{owner}', '{owner}', '{Sell}', '.stx', 1000000, '{World.Router}', {World.Network.ChainId}, 'price', '{World.Router.Issuer}.watched-' || pair,
               CASE WHEN place < half THEN 'gt' ELSE 'lt' END, 1000000000000000000 + CASE WHEN place < half THEN rank ELSE -rank END * {Step}::numeric,
               decode(repeat('ab', 101), 'hex'), at, 'open'
        FROM {Rows(count, pairs)}
        """);

    private static string Slices(int count, int pairs) => string.Create(CultureInfo.InvariantCulture,
        $"""
        INSERT INTO slices (order_id, number, amount_in, trigger, pair_id, price_min, price_max, status, wait_side, wait_price, attempts_used, attempts_max, unquoted, was_sent, created_at)
        SELECT id, 1, 1000000, 'price', pair, CASE WHEN rises THEN target END, CASE WHEN rises THEN NULL ELSE target END, 'waiting', CASE WHEN rises THEN 'rise' ELSE 'fall' END, target, 0, 3, 0, false, at
        FROM (SELECT *, place < half AS rises, 1000000000000000000 + CASE WHEN place < half THEN rank ELSE -rank END * {Step}::numeric AS target FROM {Rows(count, pairs)}) AS aimed
        """);

    private static TokenId Sell => World.TokenList.First(token => token.Type == TokenType.Subnet).Id;
}
