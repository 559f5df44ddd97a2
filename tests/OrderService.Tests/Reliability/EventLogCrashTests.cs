using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using OrderService.EmbeddedPostgres;
using OrderService.Tests.Events;
using OrderService.Tests.Ground;
using OrderService.Tests.Webhooks;

namespace OrderService.Tests.Reliability;

/// <summary>
/// Services and their durable Postgres are killed while clients create and readers follow the log, who drop their connections too: what
/// each reader has read, one position after the other, is the log. The wallet's webhook, whose endpoint fails now and then, has taken each
/// event of the wallet's at least once, those of one order in order.
/// </summary>
[Collection(Processes.Name)]
[Trait(TestScale.Trait, "crashes")]
public sealed class EventLogCrashTests : IDisposable
{
    private const string AdminKey = "an-admin-key-of-thirty-two-characters-or-more";
    private const int ClientsCount = 8;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(TestScale.Full ? 200 : 500);
    private static readonly int Kills = TestScale.Full ? 20 : 3;
    private static readonly int EventsCount = TestScale.Full ? 10_000 : 600;
    private static readonly int ReadersCount = TestScale.Full ? 10 : 4;

    private readonly string _folder = PostgresCluster.NewFolder("events");
    private readonly ServiceProcess?[] _nodes = new ServiceProcess?[2];
    private readonly ConcurrentDictionary<string, byte> _acknowledged = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Each_reader_has_read_exactly_the_log_whatever_was_killed()
    {
        var postgres = await StartPostgresAsync();
        for (var node = 0; node < _nodes.Length; node++) _nodes[node] = await StartNodeAsync(postgres.ConnectionString);
        await using var receiver = await Receiver.StartAsync();
        var hooked = new HookedWallet(receiver, failuresMax: TestScale.Full ? 2 : 1);
        await hooked.AddAsync(_nodes[0]!.Http);
        using var over = new CancellationTokenSource();
        var clients = Enumerable.Range(0, ClientsCount).Select(client => Task.Run(() => CreateAsync(client, over.Token))).ToArray();
        using var read = new CancellationTokenSource();
        var readers = Enumerable.Range(0, ReadersCount).Select(number => new Reader(this, number)).ToArray();
        foreach (var reader in readers) reader.Following = Task.Run(() => reader.FollowAsync(read.Token));

        // A node at a time, and at every fourth kill the store with all that was not yet on its disk.
        for (var kill = 1; kill <= Kills; kill++)
        {
            await AtLeastAsync(readers[0], EventsCount * kill / (Kills + 1));
            if (kill % 4 == 3)
            {
                Signals.Send(postgres.ProcessId, Signals.Quit);
                await postgres.Ended.WaitAsync(Until.Limit);
                await postgres.DisposeAsync();
                postgres = await StartPostgresAsync();
            }
            var node = kill % _nodes.Length;
            await _nodes[node]!.KillAsync();
            await _nodes[node]!.DisposeAsync();
            _nodes[node] = await StartNodeAsync(postgres.ConnectionString);
        }
        await AtLeastAsync(readers[0], EventsCount);
        await over.CancelAsync();
        await Task.WhenAll(clients);

        await using var source = NpgsqlDataSource.Create(postgres.ConnectionString);
        (await Verdict.AwaitEndAsync(source, Until.Limit)).ShouldBeTrue("not everything that was due has ended");
        (await Verdict.LostAsync(source, _acknowledged.Keys)).ShouldBeEmpty();
        await Until.Async(() =>
            Verdict.ReadAsync(source,
                "SELECT e.id::text FROM order_events e WHERE NOT EXISTS (SELECT 1 FROM event_positions p WHERE p.event_id = e.id)"),
                unnumbered => unnumbered.Count == 0);
        var log = await Verdict.ReadAsync(source,
            "SELECT concat_ws(' ', p.position, coalesce(o.uuid, ''), e.kind) FROM event_positions p JOIN order_events e ON e.id = p.event_id LEFT JOIN orders o ON o.id = e.order_id ORDER BY p.position");
        log.Select(line => line.Split(' ')[0])
            .ShouldBe(Enumerable.Range(1, log.Count).Select(position => position.ToString(CultureInfo.InvariantCulture)),
                "positions have no gap");
        // Position by position: one that was passed over is told at once.
        foreach (var reader in readers)
        {
            await Until.Async(() => Task.FromResult(reader.Read.LastOrDefault()), last => last == log[^1] || reader.Following.IsFaulted);
            if (reader.Following.IsFaulted) await reader.Following;
        }
        await read.CancelAsync();
        await Task.WhenAll(readers.Select(reader => reader.Following));
        foreach (var reader in readers)
            reader.Read.SequenceEqual(log).ShouldBeTrue($"reader {reader.Number} has read {reader.Read.Count} of {log.Count}");
        await hooked.JudgeAsync(source);
        Tally.Add("event log",
            $"kill -9 of one of two nodes, every fourth time with an immediate stop of Postgres, {ReadersCount} readers that drop too",
            Kills, $"{log.Count} events, each read once by each reader, and {hooked.TakenCount} sent by webhook, {hooked.FailedCount} tries failed");
        foreach (var node in _nodes) await node!.DisposeAsync();
        await postgres.DisposeAsync();
    }

    /// <summary>One that keeps its position and nothing else, on whichever node answers; now and then it hangs up by itself.</summary>
    private sealed class Reader(EventLogCrashTests test, int number)
    {
        private readonly Random _random = new(number);
        private string? _last;

        public int Number => number;

        public Task Following { get; set; } = Task.CompletedTask;

        public ConcurrentQueue<string> Read { get; } = new();

        public async Task FollowAsync(CancellationToken token)
        {
            while (!token.IsCancellationRequested)
            {
                try
                {
                    var node = test._nodes[_random.Next(test._nodes.Length)];
                    if (node is null) continue;
                    using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
                    await using var stream = await EventClient.OpenAsync(node.Http, Prove, token: limit.Token);
                    for (var left = _random.Next(1, 400); left > 0; left--)
                    {
                        limit.CancelAfter(TimeSpan.FromSeconds(10));
                        var (id, happened) = await stream.NextAsync(limit.Token);
                        _last = id;
                        Read.Enqueue(string.Join(' ', (long)happened["position"]!, (string?)happened["order"], (string?)happened["kind"]));
                    }
                }
                catch (Exception gone) when (gone is HttpRequestException { StatusCode: null or System.Net.HttpStatusCode.ServiceUnavailable
                    or System.Net.HttpStatusCode.InternalServerError or System.Net.HttpStatusCode.TooManyRequests } or IOException
                    or OperationCanceledException or ObjectDisposedException)
                {
                    if (!token.IsCancellationRequested) await Task.Delay(50, CancellationToken.None);
                }
            }
        }

        private void Prove(HttpRequestMessage request)
        {
            request.Headers.Add("X-API-Key", AdminKey);
            if (_last is { } last) request.Headers.Add("Last-Event-ID", last);
        }
    }

    private async Task CreateAsync(int client, CancellationToken token)
    {
        for (var i = client; !token.IsCancellationRequested; i++)
        {
            await Task.Delay(Pace, CancellationToken.None); // what is made while a node starts is read and sent too
            var order = i % 5 == 0 ? Wallet.DueOrder() : Wallet.ManualOrder();
            try
            {
                if (await _nodes[i % _nodes.Length]!.CreateAsync(order) is { Status: 200 }) _acknowledged[order.Uuid] = 0;
                else await Task.Delay(20, CancellationToken.None);
            }
            catch (ObjectDisposedException)
            {
                await Task.Delay(20, CancellationToken.None); // it was killed, and the next one is not there yet
            }
        }
    }

    private static async Task AtLeastAsync(Reader reader, int count)
    {
        for (var wait = 0; reader.Read.Count < count; wait++)
        {
            if (reader.Following.IsFaulted) await reader.Following;
            if (wait > 6_000) throw new TimeoutException($"reader {reader.Number} has read {reader.Read.Count} of {count}");
            await Task.Delay(20);
        }
    }

    private static Task<ServiceProcess> StartNodeAsync(string connectionString) => ServiceProcess.StartAsync(connectionString, null,
        ("Auth__AdminKeys__0", AdminKey), ("Webhooks__AllowPrivate", "true"), ("Webhooks__Interval", "00:00:00.1"),
        ("Webhooks__Timeout", "00:00:01"));

    private Task<EmbeddedServer> StartPostgresAsync() =>
        EmbeddedServer.StartAsync(new EmbeddedPostgresOptions { DataDirectory = _folder }, NullLogger.Instance, CancellationToken.None);
}
