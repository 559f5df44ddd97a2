using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Npgsql;
using OrderService.Tests.Ground;
using OrderService.Tests.Reliability;

namespace OrderService.Tests.StacksVenue;

/// <summary>
/// One run of the crash matrix: a database, a wallet and an account that pays of its own, beside others on the same devnet.
/// </summary>
internal sealed class DevnetLane : IAsyncDisposable
{
    public const int Confirmations = DevnetFault.ReorgMax + 1;

    private const int OrdersMax = 24;
    private const int OrdersMin = 8;

    private readonly DevnetProcess _devnet;
    private readonly DevnetWallet _wallet;
    private readonly int _number;
    private readonly KillPoint _kill;
    private readonly Random _random;
    private readonly TestDatabase _database;
    private readonly ConcurrentDictionary<string, (SignedOrder Order, string? CreatedAt)> _orders = new();
    private readonly HashSet<string> _asked = [];
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly long _from;
    private ServiceProcess? _service;

    private DevnetLane(DevnetProcess devnet, int number, KillPoint kill, int seed, TestDatabase database, long from)
    {
        (_devnet, _number, _kill, _database, _from) = (devnet, number, kill, database, from);
        (_wallet, _random, Database) = (devnet.Wallet(number), new Random(seed), NpgsqlDataSource.Create(database.ConnectionString));
    }

    public NpgsqlDataSource Database { get; }

    public int OrdersCount => _orders.Count;

    /// <summary>The process that serves it now.</summary>
    public ServiceProcess Service => _service!;

    public static async Task<DevnetLane> CreateAsync(DevnetProcess devnet, int number, KillPoint kill, int seed) =>
        new(devnet, number, kill, seed, await TestDatabase.CreateAsync(), await devnet.HeightAsync());

    /// <summary>Starts a process that will be killed at the lane's step, or, the second time, at any.</summary>
    public Task StartToCrashAsync() =>
        StartAsync(_service is null
            ? _kill
            : new KillPoint(KillPoint.Steps[_random.Next(KillPoint.Steps.Length)], KillPoint.Edges[_random.Next(2)], 1 + _random.Next(3)));

    /// <summary>Starts a process that stays.</summary>
    public Task StartToStayAsync() => StartAsync(null);

    /// <summary>Creates orders that are due at once until the process kills itself.</summary>
    public async Task CrashAsync()
    {
        var service = _service!;
        service.Arm();
        for (var i = 0; i < OrdersMax && !service.HasExited; i++)
        {
            await PostAsync(_wallet.DueOrder());
            await Task.Delay(_random.Next(60));
        }
        try
        {
            await service.WaitForExitAsync(Until.Limit);
        }
        catch (OperationCanceledException)
        {
            // Told by WasKilled.
        }
        if (!service.WasKilled) _failures.Enqueue($"the service was not killed at its step\n{service.Output}");
    }

    /// <summary>
    /// What clients do to a service that came back: repeat their creates, create more, and cancel some, in flight or not.
    /// </summary>
    public async Task GoOnAsync()
    {
        foreach (var (order, createdAt) in _orders.Values)
        {
            var answer = await _service!.CreateAsync(order);
            if (answer?.Status != 200 || (createdAt is not null && answer.CreatedAt != createdAt))
                _failures.Enqueue($"a retry of what was created at {createdAt ?? "no known time"} was answered {answer}");
        }
        while (_orders.Count < OrdersMin || _random.Next(4) != 0) await PostAsync(_wallet.DueOrder());
        foreach (var uuid in _orders.Keys.Where(_ => _random.Next(5) == 0).ToArray())
        {
            _asked.Add(uuid);
            var answer = await _service!.CancelAsync(_wallet, uuid);
            if (answer is not ({ Status: 200 or 409 } or { Code: "order_not_open" })) _failures.Enqueue($"a cancel was answered {answer}");
        }
    }

    /// <summary>Waits for the end of everything and says what went wrong.</summary>
    public async Task<IEnumerable<string>> JudgeAsync(bool mayFail)
    {
        var ended = await Verdict.AwaitEndAsync(Database, Until.Limit);
        foreach (var crime in await DevnetVerdict.FindAsync(Database, _devnet, _from, TimeSpan.FromMinutes(1))) _failures.Enqueue(crime);
        foreach (var uuid in await Verdict.LostAsync(Database, _orders.Keys)) _failures.Enqueue($"{uuid} was lost");
        foreach (var row in await Verdict.ReadAsync(Database,
            "SELECT uuid || ' ended as ' || status || ' ' || coalesce(reason, '') FROM orders WHERE status <> 'completed'"))
        {
            if (!mayFail && !_asked.Contains(row[..36])) _failures.Enqueue(row);
        }
        if (!ended) _failures.Enqueue($"not everything ended within {Until.Limit}");
        return _failures.IsEmpty ? [] : [.. _failures.Select(failure => $"{_kill}: {failure}"), _service!.Output, await StoryAsync()];
    }

    public async ValueTask DisposeAsync()
    {
        if (_service is not null) await _service.DisposeAsync();
        await Database.DisposeAsync();
        await _database.DisposeAsync();
    }

    // Outbidding takes bytes that are not mined in time, which only happens where a node forgets or a nonce before them is missing.
    private async Task StartAsync(KillPoint? kill)
    {
        if (_service is not null) await _service.DisposeAsync();
        _service = await ServiceProcess.StartAsync(_database.ConnectionString, kill,
            [.. _devnet.Settings(1, Confirmations, _number), .. Pace]);
    }

    /// <summary>Quick in everything that waits, for blocks of a quarter of a second.</summary>
    internal static readonly (string, string)[] Pace =
    [
        ("Execution__NonceInterval", "00:00:00.3"), ("Execution__GapFillAfter", "00:00:00.5"), ("Execution__ResendAfter", "00:00:01"),
        ("Execution__ReplaceAfter", "00:00:03"),
        ("Execution__SettleInterval", "00:00:00.1"), ("Execution__QuoteTimeout", "00:00:01.5"), ("Execution__SendTimeout", "00:00:01.5"),
        ("Execution__BackOffFirst", "00:00:00.2"),
        ("Execution__BackOffMax", "00:00:02"), ("Stacks__RequestTimeout", "00:00:01"), ("Stacks__StatusMaxAge", "00:00:00.3"),
        ("Stacks__Routes__RefreshInterval", "00:00:02"), ("Stacks__Routes__RequestTimeout", "00:00:01"),
        ("Stacks__Routes__ConfirmTimeout", "00:00:01"),
    ];

    private async Task PostAsync(SignedOrder order)
    {
        _orders.TryAdd(order.Uuid, (order, null));
        if (await _service!.CreateAsync(order) is not { } answer) return;
        if (answer.Status == 200) _orders[order.Uuid] = (order, answer.CreatedAt);
        else _failures.Enqueue($"a create was answered {answer}");
    }

    private async Task<string> StoryAsync() => string.Join('\n', await Verdict.ReadAsync(Database,
        """
        SELECT a.order_id || ' ' || a.kind || ' ' || a.status || CASE WHEN a.is_final THEN ' final' ELSE '' END || ' nonce ' || a.nonce || ' sends ' || a.sends_count || ' raises ' || a.raises || ' ' || a.tx_id || ' ' || coalesce(a.reason, '')
        FROM attempts a WHERE NOT a.is_final OR a.status NOT IN ('confirmed') ORDER BY a.id
        """));
}
