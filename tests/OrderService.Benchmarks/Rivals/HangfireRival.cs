using Hangfire;
using Hangfire.Common;
using Hangfire.PostgreSql;
using Hangfire.States;
using OrderService.Benchmarks.Ground;

namespace OrderService.Benchmarks.Rivals;

/// <summary>Hangfire over its Postgres storage, polling as often as it may.</summary>
internal sealed class HangfireRival : IRival
{
    private const int Threads = 16;

    public string Name => "Hangfire.PostgreSql 1.21";

    public async Task StoreAsync(string connectionString, IReadOnlyList<DateTimeOffset> due)
    {
        await DoneRows.PrepareAsync(connectionString);
        var client = new BackgroundJobClient(StorageOf(connectionString));
        await Parallel.ForAsync(0, due.Count, (id, _) =>
        {
            client.Create(Job.FromExpression(() => DoneRows.AddAsync(id, due[id].UtcTicks)), new ScheduledState(due[id].UtcDateTime));
            return ValueTask.CompletedTask;
        });
    }

    public async Task<IAsyncDisposable> WorkAsync(string connectionString)
    {
        await DoneRows.PrepareAsync(connectionString);
        return new Running(new BackgroundJobServer(new BackgroundJobServerOptions { WorkerCount = Threads,
            SchedulePollingInterval = TimeSpan.FromMilliseconds(100) }, StorageOf(connectionString)));
    }

    public Task<long> DoneAsync(string connectionString) => DoneRows.CountAsync(connectionString);

    public Task<Samples> LatenessAsync(string connectionString) => DoneRows.LatenessAsync(connectionString);

    private static PostgreSqlStorage StorageOf(string connectionString)
    {
        var options = new PostgreSqlStorageOptions { QueuePollInterval = TimeSpan.FromMilliseconds(100), PrepareSchemaIfNecessary = true };
        return new PostgreSqlStorage(new Hangfire.PostgreSql.Factories.NpgsqlConnectionFactory(connectionString, options), options);
    }

    private sealed class Running(BackgroundJobServer server) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            server.SendStop();
            await server.WaitForShutdownAsync(CancellationToken.None);
            server.Dispose();
        }
    }
}
