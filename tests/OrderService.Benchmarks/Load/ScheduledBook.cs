using System.Diagnostics;
using System.Globalization;
using Npgsql;
using OrderService.Benchmarks.Ground;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Domain.Scheduling;
using OrderService.Engine.Accounts;
using OrderService.Engine.Orders;
using OrderService.Engine.Sealing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Venues.Simulated;

namespace OrderService.Benchmarks.Load;

/// <summary>
/// A database of scheduled orders of 12 parts, a day between the parts, first due in a week. Each owner has a managed account with a real
/// encrypted key and the funds of all its orders. The first order of each account is made by the use case; the others are copies of its
/// rows by SQL, with uuids of their own for the order and for each intent, and with its reservation, ledger entry and event. A query then
/// checks what the use case would have seen to. Nothing is signed beforehand: the account signs each part when it is executed, a copy's
/// like any other's.
/// </summary>
internal sealed class ScheduledBook
{
    public const int Parts = 12;

    /// <summary>Those of every service that works on such a database.</summary>
    public static readonly (string Key, string Value)[] Settings =
        [("Accounts:MasterKey", MasterKey.Generate().Reveal()), ("Orders:MaxDeviationBps", "10000"),
            ("Simulator:BlockInterval", "00:00:00"), ("Orders:OpenMaxPerOwner", "1000000"), ("Limits:CreatesPerMinutePerOwner", "0"),
            ("Limits:CallsPerMinutePerOwner", "0"), ("Limits:ReadsPerMinutePerOwner", "0"), ("Serilog:MinimumLevel:Default", "Warning")];

    private static readonly TokenAmount AmountIn = new(1_200_005);
    private static readonly SignedOrders Signed = new(1);
    private static readonly SchedulePlan Plan = new()
    {
        Schedule = new Schedule.FixedInterval(Parts, Interval.Of(1, IntervalUnit.Day), Interval.Of(1, IntervalUnit.Week)),
        Attempts = new AttemptsBudget(3),
    };
    private readonly Dictionary<string, PrivateKey> _owners;

    private ScheduledBook(Dictionary<string, PrivateKey> owners) => _owners = owners;

    /// <summary>Fills an empty database with so many orders of so many accounts.</summary>
    public static async Task<ScheduledBook> CreateAsync(string connectionString, int accounts, int ordersEach, Report report)
    {
        var owners = Enumerable.Range(0, accounts).Select(_ => PrivateKey.Generate())
            .ToDictionary(key => key.PublicKey().ToAddress(Signed.World.Network).ToString());
        await using (var node = await Node.StartAsync(connectionString, Settings))
        {
            var managed = new System.Collections.Concurrent.ConcurrentBag<(StacksAddress Owner, ManagedAccount Account)>();
            await Parallel.ForEachAsync(owners.Values, async (key, token) => managed.Add(await OpenAsync(node, key, ordersEach, token)));
            var started = Stopwatch.GetTimestamp();
            await Parallel.ForEachAsync(managed, async (pair, token) => await OrderAsync(node, pair.Owner, pair.Account, token));
            report.Note(
                $"{accounts:N0} orders of {Parts} parts by the use case: {accounts / Stopwatch.GetElapsedTime(started).TotalSeconds:N0}/s");
        }
        var copying = Stopwatch.GetTimestamp();
        await CopyAsync(connectionString, ordersEach - 1);
        if (await Cluster.ScalarAsync<long>(connectionString, Broken) is > 0 and var broken)
            throw new InvalidOperationException($"{broken} orders or accounts are not as the use case makes them");
        var orders = await Cluster.ScalarAsync<long>(connectionString, "SELECT count(*) FROM orders");
        if (orders != accounts * (long)ordersEach) throw new InvalidOperationException($"{orders} orders were made");
        await Cluster.ExecuteAsync(Cluster.AdminOf(connectionString), "VACUUM (ANALYZE)");
        report.Note($"{orders:N0} orders with their copies, checked: {Stopwatch.GetElapsedTime(copying).TotalSeconds:F0} s");
        return new ScheduledBook(owners);
    }

    /// <summary>
    /// Makes the first part of each order due, spread evenly over a time and in an order that has nothing to do with that of the rows;
    /// returns the first moment. The other parts stay where they are, days away.
    /// </summary>
    public static async Task<DateTimeOffset> MakeDueAsync(string connectionString, TimeSpan after, TimeSpan over, int run)
    {
        var first = DateTimeOffset.UtcNow + after;
        await Cluster.ExecuteAsync(connectionString, string.Create(CultureInfo.InvariantCulture,
            $"""
            WITH drawn AS (SELECT id, row_number() OVER (ORDER BY md5(id::text || '{run}')) - 1 AS place, count(*) OVER () AS orders FROM orders),
            moments AS (SELECT id, timestamptz '{first:O}' + place * (interval '{over.TotalSeconds} seconds' / orders) AS due FROM drawn)
            UPDATE slices SET not_before = due, wake_at = due FROM moments WHERE order_id = id AND number = 1
            """));
        var admin = Cluster.AdminOf(connectionString);
        await Cluster.ExecuteAsync(admin, "VACUUM (ANALYZE) slices");
        await Cluster.ExecuteAsync(admin, "CHECKPOINT"); // what was prepared is not to be written out during the run
        return first;
    }

    /// <summary>Cancels of so many different orders, anywhere in the book, each signed by its owner as our own clients sign.</summary>
    public async Task<SignedCancel[]> CancelsAsync(string connectionString, int count, int run)
    {
        var cancels = new List<SignedCancel>(count);
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(string.Create(CultureInfo.InvariantCulture,
            $"SELECT uuid, owner FROM orders ORDER BY md5('cancel {run} ' || uuid) LIMIT {count}"));
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) cancels.Add(SignedCancel.Of(reader.GetString(0), _owners[reader.GetString(1)]));
        return [.. cancels];
    }

    private static async Task<(StacksAddress Owner, ManagedAccount Account)> OpenAsync(
        Node node, PrivateKey key, int orders, CancellationToken token)
    {
        var owner = key.PublicKey().ToAddress(Signed.World.Network);
        var opened = await node.Get<CreateAccount>().HandleAsync(new NewAccount(Guid.NewGuid(), owner, "benchmark", null), token);
        if (opened.IsRejected(out var why, out var account)) throw new InvalidOperationException(why.Message);
        await node.Get<SimulatedLedger>()
            .FundAsync(Principal.From(account.Address), Signed.Sell, new TokenAmount(AmountIn.Units * (UInt128)orders), token);
        return (owner, account);
    }

    private static async Task OrderAsync(Node node, StacksAddress owner, ManagedAccount account, CancellationToken token)
    {
        var terms = new OrderTerms
        {
            Uuid = OrderUuid.New(), Owner = owner, Recipient = Principal.From(owner),
            SellToken = ContractId.Parse(Signed.Sell.ToString(), null), BuyToken = TokenId.Stx,
            AmountIn = AmountIn, Router = Signed.World.Router, ChainId = Signed.World.Network.ChainId, Trigger = SliceTrigger.Time,
        };
        var created = await node.Get<PlaceOrder>()
            .HandleAsync(new NewOrder(terms, new OrderFunding.FromAccount(account), new OrderPlan.Parts(Plan), "panora", null), token);
        if (created.IsRejected(out var why)) throw new InvalidOperationException(why.Message);
    }

    // The uuid of a copy follows from that of the row it is made of, so that all the tables agree. Every key, constraint and foreign key is
    // in force.
    private static async Task CopyAsync(string connectionString, int copies)
    {
        await CopyRowsAsync(connectionString, "orders", copies, ("id", Fresh("t.id::text")), ("uuid", $"{Fresh("t.id::text")}::text"));
        await CopyRowsAsync(connectionString, "slices", copies, ("order_id", Fresh("t.order_id::text")),
            ("intent_uuid", $"{Fresh("t.intent_uuid")}::text"));
        foreach (var table in new[] { "reservations", "account_entries", "order_events" })
            await CopyRowsAsync(connectionString, table, copies, ("order_id", Fresh("t.order_id::text")));
    }

    private static async Task CopyRowsAsync(string connectionString, string table, int copies, params (string Column, string Value)[] own)
    {
        var listed = await Cluster.ScalarAsync<string>(connectionString,
            $"SELECT string_agg(column_name, ',' ORDER BY ordinal_position) FROM information_schema.columns WHERE table_schema = 'public' AND table_name = '{table}' AND is_identity = 'NO'");
        var columns = listed.Split(',');
        var values = columns.Select(column => own.FirstOrDefault(one => one.Column == column).Value ?? $"t.{column}");
        await Cluster.ExecuteAsync(connectionString, string.Create(CultureInfo.InvariantCulture,
            $"INSERT INTO {table} ({string.Join(", ", columns)}) SELECT {string.Join(", ", values)} FROM generate_series(1, {copies}) AS n CROSS JOIN {table} t"));
    }

    private static string Fresh(string from) => $"md5({from} || ' copy ' || n)::uuid";

    private static readonly string Broken = string.Create(CultureInfo.InvariantCulture,
        $"""
        SELECT (SELECT count(*) FROM orders o
                LEFT JOIN (SELECT order_id, count(intent_uuid) AS parts, sum(amount_in) AS total, count(wake_at) AS armed FROM slices GROUP BY order_id) s ON s.order_id = o.id
                LEFT JOIN reservations r ON r.order_id = o.id
                LEFT JOIN accounts a ON a.id = r.account_id
                LEFT JOIN (SELECT order_id, account_id, count(*) AS entries, sum(amount) AS total FROM account_entries WHERE kind = 'reserved' GROUP BY order_id, account_id) e ON e.order_id = o.id
                LEFT JOIN (SELECT order_id, count(*) AS events FROM order_events WHERE kind = 'created' GROUP BY order_id) h ON h.order_id = o.id
                WHERE NOT coalesce(o.parts = {Parts} AND s.parts = 1 AND s.total = div(o.amount_in, o.parts) AND s.armed = 1 AND r.initial = o.amount_in AND r.reserved = r.initial AND r.token = o.sell_token
                    AND a.address = o.account AND a.owner = o.owner AND e.account_id = a.id AND e.entries = 1 AND e.total = r.initial AND h.events = 1 AND o.uuid = o.id::text, false))
             + (SELECT count(*) FROM accounts a JOIN account_keys k ON k.account_id = a.id
                JOIN (SELECT account_id, token, sum(reserved) AS reserved FROM reservations GROUP BY account_id, token) r ON r.account_id = a.id
                LEFT JOIN simulator.accounts held ON held.address = a.address AND held.token = r.token
                WHERE NOT coalesce(held.balance >= r.reserved, false))
        """);
}
