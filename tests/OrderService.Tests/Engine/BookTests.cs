using System.Reflection;
using Npgsql;
using OrderService.Domain.Orders;
using OrderService.Engine.Execution;
using OrderService.Engine.Persistence;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Engine;

public sealed class BookTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    private static readonly (string Statement, string Index, string Arguments)[] Walks =
    [
        ("RiseStatement", "slices_rising", "1, 50, 50, now(), 1, 1, 'x', now(), 500, '{}'"),
        ("FallStatement", "slices_falling", "1, 50, 50, now(), 1, 1, 'x', now(), 500, '{}'"),
        ("WakeStatement", "slices_waking", "now(), 500"),
        ("TakeStatement", "slices_by_place", "64, now()"),
    ];

    private static readonly string[] Modes = ["force_generic_plan", "force_custom_plan"];

    // A plan with a bitmap or a sort would read every crossed row before its first: the walk must be in the index's order and stop at the
    // limit.
    [Theory]
    [InlineData(0)]
    [InlineData(200_000)]
    public async Task Every_statement_walks_its_index_in_order_whatever_the_statistics_say(int rows)
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        if (rows > 0) await FillAsync(world, rows);
        await using var connection = await world.Get<SweepSource>().OpenAsync(default);
        foreach (var (name, index, arguments) in Walks)
        {
            foreach (var mode in Modes)
            {
                var plan = await PlanAsync(connection, typeof(Book), name, arguments, mode);
                plan.ShouldContain($"Index Scan using {index}", customMessage: $"{name} {mode}\n{plan}");
                // of the bounded batch that was walked, owners' turns may be sorted
                WalkOf(plan).ShouldNotContain("Sort", customMessage: plan);
                plan.ShouldNotContain("Bitmap", customMessage: plan);
                plan.ShouldNotContain("Seq Scan on slices", customMessage: plan);
                if (name != "TakeStatement") AsksForOwnersByKey(plan);
            }
        }
    }

    // From one route to the next, and of a route what its rate is good enough for, the easiest first: the cost follows what is claimed and
    // not what waits.
    [Theory]
    [InlineData(0)]
    [InlineData(200_000)]
    public async Task What_waits_for_a_quote_is_walked_in_its_index_s_order_whatever_the_statistics_say(int rows)
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        if (rows > 0) await FillAsync(world, rows, isQuoting: true);
        await using var connection = await world.Get<SweepSource>().OpenAsync(default);
        foreach (var mode in Modes)
        {
            var routes = await PlanAsync(connection, typeof(QuoteBook), "RoutesStatement", "100", mode);
            routes.ShouldContain("Index Only Scan using slices_", customMessage: routes);
            foreach (var slow in new[] { "Sort", "Bitmap", "Seq Scan" }) routes.ShouldNotContain(slow, customMessage: routes);

            var claim = await PlanAsync(connection, typeof(QuoteBook), "ClaimStatement", "'route 1', 50, 50, 8, now(), now()", mode);
            var parts = claim.Split("  CTE ").ToDictionary(part => part.Split('\n')[0].Trim(), StringComparer.Ordinal);
            foreach (var (side, index) in new[] { ("rising", "slices_quoting"), ("falling", "slices_quoting"), ("within", "slices_quoting"),
                ("unasked", "slices_unasked") })
            {
                parts[side].ShouldContain($"using {index} on slices", customMessage: claim);
                parts[side].ShouldContain("Index Cond: ((quote_route = ", customMessage: claim);
                parts[side].ShouldContain(side == "unasked" ? "(claimed_at < " : "(quote_rate ", customMessage: claim);
                parts[side].ShouldNotContain("Sort", customMessage: claim);
            }
            claim.ShouldContain("Index Scan using slices_pkey on slices s", customMessage: claim);
            claim.ShouldNotContain("Bitmap", customMessage: claim);
            claim.ShouldNotContain("Seq Scan on slices", customMessage: claim);
            AsksForOwnersByKey(claim);
        }
    }

    // However many orders there are, a claim looks at those of its own slices.
    private static void AsksForOwnersByKey(string plan)
    {
        plan.ShouldMatch(@"Index Scan using orders_pkey on orders o .*\n\s+Index Cond: \(id = (due|s)\.order_id\)", plan);
        plan.ShouldNotContain("orders_by_owner", customMessage: plan);
    }

    // The part of the plan that finds and locks the rows.
    private static string WalkOf(string plan)
    {
        var parts = plan.Split("  CTE ");
        return parts.Length == 1
            ? plan
            : parts.Single(part => part.StartsWith("due", StringComparison.Ordinal) || part.StartsWith("next", StringComparison.Ordinal));
    }

    // What names its rows looks each of them up, in the order in which it names them: that is the order in which it locks them.
    [Theory]
    [InlineData(0)]
    [InlineData(200_000)]
    public async Task What_an_executor_locks_and_writes_goes_by_key(int rows)
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        if (rows > 0) await FillAsync(world, rows);
        await using var connection = await world.Get<SweepSource>().OpenAsync(default);
        foreach (var (type, name, types) in new[]
        {
            (typeof(ClaimLock), "Statement", "uuid[], int[], uuid[]"),
            (typeof(PreparedWrite), "SlicesStatement",
                "uuid[], int[], text[], text[], timestamptz[], text[], boolean[], int[], int[], int[], timestamptz[], text[], timestamptz[], "
                + "bigint[], timestamptz[]"),
            (typeof(HoldLedger), "LockStatement", "text[], text[]"),
        })
        {
            var plan = await PlanAsync(connection, type, name, string.Join(", ", types.Split(", ").Select(_ => "'{}'")),
                "force_generic_plan", $" ({types})");
            plan.ShouldContain("Nested Loop", customMessage: plan);
            plan.ShouldContain(type == typeof(HoldLedger) ? "Index Scan using holds_pkey" : "Index Scan using slices_pkey",
                customMessage: plan);
            plan.ShouldContain(type == typeof(HoldLedger) ? "Index Cond: ((holder = " : "Index Cond: ((order_id = ", customMessage: plan);
            plan.ShouldNotContain("Sort", customMessage: plan);
        }
    }

    [Fact]
    public void The_set_based_moves_are_legal_moves()
    {
        foreach (var (from, to) in Book.Moves) SliceStatusTable.Allows(from, to).ShouldBeTrue($"{from} > {to}");
    }

    private static async Task<string> PlanAsync(
        NpgsqlConnection connection, Type type, string name, string arguments, string mode, string types = "")
    {
        var statement = (string)type.GetField(name, BindingFlags.NonPublic | BindingFlags.Static)!.GetRawConstantValue()!;
        await using var prepare =
            new NpgsqlCommand($"SET plan_cache_mode = {mode}; PREPARE {name}_{mode}{types} AS {statement}", connection);
        await prepare.ExecuteNonQueryAsync();
        await using var explain = new NpgsqlCommand($"EXPLAIN EXECUTE {name}_{mode} ({arguments})", connection);
        await using var reader = await explain.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync()) lines.Add(reader.GetString(0));
        return string.Join('\n', lines);
    }

    private static async Task FillAsync(EngineWorld world, int rows, bool isQuoting = false)
    {
        var order = await world.CreateAsync(world.PriceTerms(TriggerDirection.Gt, "1000000"));
        var (columns, values) = isQuoting
            ? ("quote_route, quote_side, quote_rate, claimed_at",
                "'route ' || n % 7, CASE n % 3 WHEN 0 THEN 'rise' WHEN 1 THEN 'fall' ELSE 'band' END, n, created_at")
            : ("wait_side, wait_price", "CASE n % 2 WHEN 0 THEN 'rise' ELSE 'fall' END, n");
        await world.ScalarAsync(
            $"""
            WITH copies AS (
                INSERT INTO slices (order_id, number, amount_in, trigger, pair_id, price_min, status, {columns}, attempts_used, attempts_max, unquoted, was_sent, created_at)
                SELECT order_id, n + 1, amount_in, trigger, pair_id, price_min, status, {values}, 0, 3, 0, false, created_at
                FROM slices, generate_series(1, {rows}) n WHERE order_id = '{order.Id}' RETURNING 1),
            others AS (
                INSERT INTO orders SELECT (jsonb_populate_record(o, jsonb_build_object('id', gen_random_uuid(), 'uuid', gen_random_uuid()::text))).*
                FROM orders o, generate_series(1, 4000) WHERE o.id = '{order.Id}' RETURNING 1)
            SELECT (SELECT count(*) FROM copies) + (SELECT count(*) FROM others)
            """);
        await world.ScalarAsync("ANALYZE slices, orders");
    }
}
