using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using OrderService.EmbeddedPostgres;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Reliability;

/// <summary>
/// The service and its durable Postgres are killed while clients create as fast as they can: whatever was acknowledged is there, and a
/// retry is told the same.
/// </summary>
[Collection(Processes.Name)]
[Trait(TestScale.Trait, "load")]
public sealed class CreateLoadTests : IAsyncLifetime
{
    private const int ClientsCount = 24;
    private static readonly int RoundsCount = TestScale.Full ? 10 : 1;

    private readonly string _folder = PostgresCluster.NewFolder("load");
    private readonly ConcurrentDictionary<string, (SignedOrder Order, string CreatedAt)> _acknowledged = new();
    private readonly ConcurrentDictionary<string, SignedOrder> _unanswered = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => ServerFolder.RemoveAsync(_folder);

    [LocalPostgresFact]
    public async Task A_killed_service_keeps_what_it_acknowledged()
    {
        await using var postgres = await StartPostgresAsync();
        for (var round = 1; round <= RoundsCount; round++)
        {
            await using (var service = await ServiceProcess.StartAsync(postgres.ConnectionString))
                await LoadUntilAsync(service, round, service.KillAsync);
            await using var next = await ServiceProcess.StartAsync(postgres.ConnectionString);
            await JudgeAsync(postgres.ConnectionString, next);
        }
        Tally.Add("create load", "kill -9 of the service", RoundsCount, $"{_acknowledged.Count} acknowledged creates");
    }

    [LocalPostgresFact]
    public async Task A_postgres_that_is_stopped_at_once_keeps_what_was_acknowledged_and_the_service_goes_on()
    {
        var postgres = await StartPostgresAsync();
        for (var round = 1; round <= RoundsCount; round++)
        {
            await using (var service = await ServiceProcess.StartAsync(postgres.ConnectionString))
            {
                await LoadUntilAsync(service, round, async () =>
                {
                    await StopImmediatelyAsync(postgres);
                    if (round % 2 == 1) await service.KillAsync();
                });
            }
            await postgres.DisposeAsync();
            postgres = await StartPostgresAsync();
            await using var next = await ServiceProcess.StartAsync(postgres.ConnectionString);
            await JudgeAsync(postgres.ConnectionString, next);
        }
        await postgres.DisposeAsync();
        Tally.Add("create load", "pg_ctl stop -m immediate, every other time with kill -9 of the service", RoundsCount,
            $"{_acknowledged.Count} acknowledged creates");
    }

    [LocalPostgresFact]
    public async Task A_service_that_is_killed_with_its_own_embedded_postgres_keeps_what_it_acknowledged()
    {
        for (var round = 1; round <= RoundsCount; round++)
        {
            await using (var service = await ServiceProcess.StartEmbeddedAsync(_folder))
            {
                await LoadUntilAsync(service, round, async () =>
                {
                    ServerProcesses.Send(Path.Combine(_folder, "postgres", "cluster"), KillPoint.Kill);
                    await service.KillAsync();
                });
            }
            await using var next = await ServiceProcess.StartEmbeddedAsync(_folder);
            await JudgeAsync(null, next);
            await next.KillAsync();
        }
        Tally.Add("create load", "kill -9 of the service and of all of its embedded Postgres", RoundsCount,
            $"{_acknowledged.Count} acknowledged creates");
    }

    // Most wait for a call, so that creating is what is under load; every tenth is due and swapped across the crash.
    private async Task LoadUntilAsync(ServiceProcess service, int round, Func<Task> kill)
    {
        using var over = new CancellationTokenSource();
        var before = _acknowledged.Count;
        var clients = Enumerable.Range(0, ClientsCount).Select(client => Task.Run(async () =>
        {
            for (var i = client; !over.IsCancellationRequested && !service.HasExited; i++)
            {
                var order = i % 10 == 0 ? Wallet.DueOrder() : Wallet.ManualOrder();
                var answer = await service.CreateAsync(order);
                if (answer?.Status == 200) _acknowledged[order.Uuid] = (order, answer.CreatedAt!);
                else _unanswered[order.Uuid] = order;
            }
        })).ToArray();
        for (var wait = 0; wait < 3_000 && _acknowledged.Count < before + 100; wait++) await Task.Delay(10);
        await Task.Delay(new Random(round).Next(500));
        await kill();
        await over.CancelAsync();
        await Task.WhenAll(clients);
        _acknowledged.Count.ShouldBeGreaterThan(before, service.Output);
    }

    private async Task JudgeAsync(string? connectionString, ServiceProcess service)
    {
        if (connectionString is not null)
        {
            await using var source = NpgsqlDataSource.Create(connectionString);
            (await Verdict.LostAsync(source, _acknowledged.Keys)).ShouldBeEmpty();
        }
        var failures = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(Sample(), new ParallelOptions { MaxDegreeOfParallelism = ClientsCount }, async (known, _) =>
        {
            var read = await service.ReadAsync(known.Order.Uuid);
            if (read?.CreatedAt != known.CreatedAt) failures.Enqueue($"{known.Order.Uuid}, created at {known.CreatedAt}, reads as {read}");
            var same = await service.CreateAsync(known.Order);
            if (same?.Status != 200 || same.CreatedAt != known.CreatedAt) failures.Enqueue($"the same body was answered {same}");
            var other = await service.CreateAsync(known.Order.With("recipient", Wallet.OtherRecipient));
            if (other is not { Status: 409, Code: "order_exists" } || !other.ToString().Contains("recipient", StringComparison.Ordinal))
                failures.Enqueue($"another recipient was answered {other}");
        });
        foreach (var order in _unanswered.Values)
        {
            var answer = await service.CreateAsync(order);
            if (answer?.Status == 200) _acknowledged[order.Uuid] = (order, answer.CreatedAt!);
            else failures.Enqueue($"the retry of an unanswered create was answered {answer}");
        }
        _unanswered.Clear();
        failures.ShouldBeEmpty();
        if (connectionString is not null) await JudgeLedgerAsync(connectionString);
    }

    // All are looked for in SQL; over HTTP every one up to 3,000.
    private (SignedOrder Order, string CreatedAt)[] Sample() => [.. _acknowledged.Values.Take(3_000)];

    private static async Task JudgeLedgerAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        (await Verdict.AwaitEndAsync(source, Until.Limit)).ShouldBeTrue("not everything that was due has ended");
        (await Verdict.FindAsync(source)).ShouldBeEmpty();
    }

    private Task<EmbeddedServer> StartPostgresAsync() =>
        EmbeddedServer.StartAsync(new EmbeddedPostgresOptions { DataDirectory = _folder }, NullLogger.Instance, CancellationToken.None);

    // What pg_ctl stop -m immediate does: SIGQUIT to the postmaster. The next start recovers from the log.
    private static async Task StopImmediatelyAsync(EmbeddedServer postgres)
    {
        Signals.Send(postgres.ProcessId, Signals.Quit);
        await postgres.Ended.WaitAsync(Until.Limit);
    }
}
