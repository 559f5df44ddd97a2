using System.Globalization;
using Npgsql;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Engine.Auth;
using OrderService.Engine.Execution;
using OrderService.Engine.Orders;
using OrderService.Stacks.Addresses;
using OrderService.Tests.Http;
using OrderService.Tests.Panora;
using OrderService.Tests.Reliability;
using OrderService.Venues.Simulated;
using Wallet = OrderService.Tests.Http.Wallet;

namespace OrderService.Tests.Persistence;

/// <summary>
/// A store that an older version left with orders in every state and some in flight: this one starts on it, settles all of it, and loses
/// nothing.
/// </summary>
public sealed class UpgradeTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    // Every status of an order, a slice and an attempt that the version before knew, and what else can be under way: Upgrade/README.md says
    // how each came about.
    private static readonly (string Table, string[] Statuses)[] Everything =
    [
        ("orders", ["cancelled", "cancelling", "completed", "expired", "failed", "open", "paused"]),
        ("slices", ["broadcast", "cancelled", "confirmed", "executing", "expired", "failed", "waiting"]),
        ("attempts", ["confirmed", "prepared", "reverted", "sent"]),
        ("withdrawals", ["sent", "waiting"]),
    ];

    [Fact]
    public async Task A_store_of_the_version_before_is_taken_over_with_everything_under_way_and_nothing_is_lost()
    {
        var sql = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Persistence", "Upgrade", "before-0012.sql"));
        var at = DateTimeOffset.Parse(sql.Split('\n').First(line => line.StartsWith("-- at ", StringComparison.Ordinal))[6..],
            CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        var fill = await FillAsync(sql);
        await using var world = await PanoraWorld.RestoreAsync(sql + Stored(fill), at);
        var source = world.Get<NpgsqlDataSource>();
        foreach (var (table, statuses) in Everything)
        {
            (await Verdict.ReadAsync(source, $"SELECT DISTINCT status FROM {table} ORDER BY status")).Intersect(statuses)
                .ShouldBe(statuses, table);
        }
        (await world.ScalarAsync("SELECT count(*) FROM free_nonces")).ShouldBeGreaterThan(0);
        var before = await SnapshotAsync(source);
        var wallet = await Wallet.OfDemoAsync(world.Http, world.Get<SimulatedOptions>().DemoKey);

        await RunAsync(world, minutes: 12);
        foreach (var note in (string[])["completed", "retry to come", "stored, perhaps not sent", "sent", "claimed by a worker that died",
            "queued"])
        {
            (await StatusAsync(source, note)).ShouldBe("completed", note);
        }
        foreach (var (note, status) in ((string, string)[])[("failed", "failed"), ("spend in flight", "failed"), ("expired", "expired"),
            ("past its window, unswept", "expired"), ("cancelled", "cancelled")])
        {
            (await StatusAsync(source, note)).ShouldBe(status, note);
        }

        // What waits for somebody or something, and gets it.
        var now = world.Time.GetUtcNow();
        (await wallet.AskAsync(HttpMethod.Patch, await UuidAsync(source, "paused"), "resume", at: now)).Status.ShouldBe(200);
        (await wallet.AskAsync(HttpMethod.Post, await UuidAsync(source, "waits for a call"), "execute", at: now)).Status.ShouldBe(200);
        (await wallet.AskAsync(HttpMethod.Patch, await UuidAsync(source, "waits for a price"), "cancel", at: now)).Status.ShouldBe(200);
        (await wallet.AskAsync(HttpMethod.Patch, await UuidAsync(source, "waits for its minimum"), "cancel", at: now)).Status.ShouldBe(200);
        foreach (var uuid in await Verdict.ReadAsync(source, "SELECT uuid FROM orders WHERE ended_at IS NULL AND account IS NOT NULL"))
            await CancelAsync(world, uuid);
        world.Time.Advance(TimeSpan.FromHours(6));
        await RunAsync(world, minutes: 3);
        foreach (var note in (string[])["paused", "waits for a call", "waits for its window"])
            (await StatusAsync(source, note)).ShouldBe("completed", note);

        (await Verdict.ReadAsync(source,
            $"SELECT concat_ws(' ', purpose, status, nonce, is_final) FROM outgoing_transactions WHERE tx_id = '{fill.TxId}'")).ShouldBe(
                [$"fill confirmed {fill.Nonce} t"]);
        (await Verdict.ReadAsync(source, $"SELECT status FROM simulator.transactions WHERE tx_id = '{fill.TxId}'")).ShouldBe(["succeeded"]);
        await ShouldHaveLostNothingAsync(world, before);
        await ShouldAddUpAsync(world);
    }

    // The bytes that the version before made for the lowest nonce that is free in the dump.
    private static async Task<PreparedTransaction> FillAsync(string sql)
    {
        var lines = sql.Split('\n');
        var free = lines[Array.FindIndex(lines, line => line.StartsWith("INSERT INTO public.free_nonces ", StringComparison.Ordinal))
            + 1].Split('\'', ',');
        var world = new PanoraWorld();
        await world.InitializeAsync();
        await using (world)
            return world.Get<ISwapRouter>().Fill(StacksAddress.Parse(free[1], null), ulong.Parse(free[3], CultureInfo.InvariantCulture));
    }

    // As it left it where it ended between storing and sending.
    private static string Stored(PreparedTransaction fill) => $"""

        DELETE FROM public.free_nonces WHERE solver = '{fill.Solver}' AND nonce = {fill.Nonce};
        INSERT INTO public.nonce_fills (solver, nonce, tx_id, raw, fee, made_at, last_sent_at) SELECT '{fill.Solver}', {fill.Nonce}, '{fill.TxId}', '\x{Convert.ToHexStringLower(fill.Raw)}', {fill.Fee}, max(at), '-infinity' FROM public.order_events;
        """;

    private static async Task RunAsync(PanoraWorld world, int minutes)
    {
        for (var i = 0; i < minutes; i++)
        {
            await world.Get<NonceWorker>().TickAsync(CancellationToken.None);
            await world.Get<SendWithdrawals>().TickAsync(CancellationToken.None);
            await world.SendAsync();
            await world.Get<SimulatedMiner>().MineAsync(CancellationToken.None);
            await world.Get<SettleTransactions>().TickAsync(CancellationToken.None);
            world.Time.Advance(Minute);
        }
    }

    private static async Task CancelAsync(PanoraWorld world, string uuid)
    {
        var view = (await world.Get<FindOrder>().HandleAsync(OrderUuid.Parse(uuid), CancellationToken.None))!;
        (await world.Get<CancelOrder>()
            .RequestAsync(view.Order.Terms.Uuid, new Caller(view.Order.Terms.Owner, null, null),
                CancellationToken.None)).Error.ShouldBeNull(uuid);
    }

    private sealed record Snapshot(
        List<string> Orders, List<string> Ended, List<string> Attempts, List<string> Events, List<string> Withdrawals, List<string> Swaps);

    private static async Task<Snapshot> SnapshotAsync(NpgsqlDataSource source) => new(
        await Verdict.ReadAsync(source,
            "SELECT concat_ws(' ', uuid, owner, sell_token, buy_token, amount_in, recipient, created_at, client_fields) FROM orders ORDER BY 1"),
        await Verdict.ReadAsync(source,
            "SELECT concat_ws(' ', uuid, status, reason, ended_at) FROM orders WHERE ended_at IS NOT NULL ORDER BY 1"),
        await Verdict.ReadAsync(source, "SELECT tx_id FROM attempts ORDER BY 1"),
        await Verdict.ReadAsync(source, "SELECT concat_ws(' ', order_id, slice_number, kind, at) FROM order_events ORDER BY 1"),
        await Verdict.ReadAsync(source, "SELECT concat_ws(' ', id, token, amount, recipient) FROM withdrawals ORDER BY 1"),
        await Verdict.ReadAsync(source, "SELECT concat_ws(' ', uuid, amount_in, amount_out) FROM simulator.swaps ORDER BY 1"));

    private static async Task ShouldHaveLostNothingAsync(PanoraWorld world, Snapshot before)
    {
        var after = await SnapshotAsync(world.Get<NpgsqlDataSource>());
        after.Orders.ShouldBe(before.Orders);
        before.Ended.Except(after.Ended).ShouldBeEmpty();
        before.Attempts.Except(after.Attempts).ShouldBeEmpty();
        before.Events.Except(after.Events).ShouldBeEmpty();
        after.Withdrawals.ShouldBe(before.Withdrawals);
        before.Swaps.Except(after.Swaps).ShouldBeEmpty();
    }

    // Nothing is open, in flight, set aside or swapped twice, and what was confirmed is what the chain has.
    private static async Task ShouldAddUpAsync(PanoraWorld world)
    {
        var source = world.Get<NpgsqlDataSource>();
        (await Verdict.ReadAsync(source, "SELECT concat_ws(' ', uuid, status, reason) FROM orders WHERE ended_at IS NULL")).ShouldBeEmpty();
        (await Verdict.ReadAsync(source, "SELECT tx_id FROM attempts WHERE NOT is_final")).ShouldBeEmpty();
        (await Verdict.ReadAsync(source, "SELECT tx_id FROM simulator.mempool")).ShouldBeEmpty();
        (await Verdict.ReadAsync(source,
            "SELECT concat_ws(' ', id, status, reason) FROM withdrawals WHERE status <> 'confirmed'")).ShouldBeEmpty();
        (await Verdict.ReadAsync(source, "SELECT order_id::text FROM reservations WHERE reserved <> 0")).ShouldBeEmpty();
        (await Verdict.ReadAsync(source, "SELECT uuid FROM simulator.swaps GROUP BY uuid HAVING count(*) > 1")).ShouldBeEmpty();
        const string Confirmed = "SELECT concat_ws(' ', coalesce(s.intent_uuid, o.uuid), s.amount_in, s.amount_out, s.tx_id) FROM slices s JOIN orders o ON o.id = s.order_id WHERE s.status = 'confirmed' ORDER BY 1";
        (await Verdict.ReadAsync(source, Confirmed)).ShouldBe(
            await Verdict.ReadAsync(source, "SELECT concat_ws(' ', uuid, amount_in, amount_out, tx_id) FROM simulator.swaps ORDER BY 1"));
        var nonces = "SELECT n.address FROM simulator.nonces n JOIN solvers s USING (address) WHERE n.next_nonce <> s.next_nonce - (SELECT count(*) FROM free_nonces f WHERE f.solver = n.address)";
        (await Verdict.ReadAsync(source, nonces)).ShouldBeEmpty();
    }

    private static async Task<string> UuidAsync(NpgsqlDataSource source, string note) =>
        (await Verdict.ReadAsync(source,
            $"SELECT uuid FROM orders WHERE client_fields->'metadata'->>'note' = '{note}'")).ShouldHaveSingleItem();

    private static async Task<string> StatusAsync(NpgsqlDataSource source, string note) =>
        (await Verdict.ReadAsync(source,
            $"SELECT status FROM orders WHERE client_fields->'metadata'->>'note' = '{note}'")).ShouldHaveSingleItem();
}
