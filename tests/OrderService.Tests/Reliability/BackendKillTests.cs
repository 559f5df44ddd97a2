using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using OrderService.Domain.Ports;
using OrderService.EmbeddedPostgres;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Reliability;

/// <summary>
/// Sessions of the store are killed while clients read and create, by turns one by the store itself and one by kill -9, after which the
/// store ends all others too: the service says that it cannot answer right now, never that it broke, and goes on by itself.
/// </summary>
[Collection(Processes.Name)]
[Trait(TestScale.Trait, "load")]
[Trait(TestScale.Trait, "sim")]
public sealed class BackendKillTests : IDisposable
{
    private const int ReadersCount = 6;
    private static readonly int KillsCount = TestScale.Full ? TestScale.Seeds(500).Length : 20;

    private readonly string _folder = PostgresCluster.NewFolder("backends");
    private readonly ConcurrentDictionary<int, int> _answers = new();
    private readonly ConcurrentQueue<string> _faults = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [LocalPostgresFact]
    public async Task S15_Killed_sessions_of_the_store_are_never_told_as_faults_and_heal_by_themselves()
    {
        await using var postgres = await EmbeddedServer.StartAsync(new EmbeddedPostgresOptions { DataDirectory = _folder, Durable = false },
            NullLogger.Instance, CancellationToken.None);
        await using var service = await ServiceProcess.StartAsync(postgres.ConnectionString);
        var order = Wallet.ManualOrder();
        (await service.CreateAsync(order))!.Status.ShouldBe(200);
        using var stop = new CancellationTokenSource();
        var clients = Enumerable.Range(0, ReadersCount).Select(_ => ReadAsync(service, order.Uuid, stop.Token))
            .Append(CreateAsync(service, stop.Token)).ToArray();
        for (var kill = 0; kill < KillsCount; kill++)
        {
            await KillAsync(postgres, byStore: kill % 2 == 0, random: new Random(kill));
            await HealAsync(service, order.Uuid);
        }
        await stop.CancelAsync();
        await Task.WhenAll(clients);
        for (var i = 0; i < 100; i++) (await service.ReadAsync(order.Uuid))!.Status.ShouldBe(200, service.Output);
        service.HasExited.ShouldBeFalse();
        var told = string.Join(", ", _answers.OrderBy(a => a.Key).Select(a => $"{a.Value} of {a.Key}"));
        _answers.Keys.ShouldBeSubsetOf([200, 503], $"{told}\n{string.Join('\n', _faults)}");
        Tally.Add("killed sessions", "pg_terminate_backend and kill -9 by turns", KillsCount, told);
    }

    private async Task ReadAsync(ServiceProcess service, string uuid, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested) Count(await service.ReadAsync(uuid), service);
    }

    private async Task CreateAsync(ServiceProcess service, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested) Count(await service.CreateAsync(Wallet.ManualOrder()), service);
    }

    private void Count(Answer? answer, ServiceProcess service)
    {
        if (answer is null) return;
        _answers.AddOrUpdate(answer.Status, 1, (_, count) => count + 1);
        if (answer.Status is not (200 or 503)) _faults.Enqueue($"{answer}\n{service.Output}"); // its last lines as of now
    }

    private static async Task HealAsync(ServiceProcess service, string uuid)
    {
        var since = Stopwatch.StartNew();
        for (var good = 0; good < 10;)
        {
            good = await service.ReadAsync(uuid) is { Status: 200 } ? good + 1 : 0;
            if (since.Elapsed > Until.Limit) throw new TimeoutException($"reads do not come back\n{service.Output}");
        }
    }

    // Reads may have been good before the store had noticed the last kill and started again.
    private static async Task KillAsync(EmbeddedServer postgres, bool byStore, Random random)
    {
        while (true)
        {
            try
            {
                await KillOneAsync(postgres, byStore, random);
                return;
            }
            catch (NpgsqlException starting) when (Outage.Is(starting))
            {
                // It ends its sessions, this one too.
            }
        }
    }

    private static async Task KillOneAsync(EmbeddedServer postgres, bool byStore, Random random)
    {
        await using var admin =
            new NpgsqlConnection(new NpgsqlConnectionStringBuilder(postgres.AdminConnectionString) { Pooling = false }.ConnectionString);
        await admin.OpenAsync();
        var sessions = new List<int>();
        await using (var command =
            new NpgsqlCommand("SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'orderservice%' ORDER BY pid", admin))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync()) sessions.Add(reader.GetInt32(0));
        }
        if (sessions.Count == 0) return;
        var one = sessions[random.Next(sessions.Count)];
        if (!byStore)
        {
            Signals.Send(one, KillPoint.Kill);
            return;
        }
        await using var end = new NpgsqlCommand($"SELECT pg_terminate_backend({one})", admin);
        await end.ExecuteNonQueryAsync();
    }
}
