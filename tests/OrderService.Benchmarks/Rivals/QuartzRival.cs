using System.Globalization;
using Npgsql;
using OrderService.Benchmarks.Ground;
using Quartz;

namespace OrderService.Benchmarks.Rivals;

/// <summary>Quartz.NET with its AdoJobStore, clustered, taking as many triggers at once as it has threads.</summary>
internal sealed class QuartzRival : IRival
{
    private const int Threads = 16;
    private const int Together = 500;

    public string Name => "Quartz.NET 4.7";

    public async Task StoreAsync(string connectionString, IReadOnlyList<DateTimeOffset> due)
    {
        await DoneRows.PrepareAsync(connectionString);
        var scheduler = await BuildAsync(connectionString);
        await scheduler.Start();
        await scheduler.Standby();
        foreach (var some in Enumerable.Range(0, due.Count).Chunk(Together))
        {
            await scheduler.ScheduleJobs(some.ToDictionary(id => Job(id, due[id]),
                id => (IReadOnlyCollection<ITrigger>)[TriggerBuilder.Create().WithIdentity(Text(id)).StartAt(due[id]).Build()]),
                new ScheduleJobOptions());
        }
        await scheduler.Shutdown(true);
    }

    public async Task<IAsyncDisposable> WorkAsync(string connectionString)
    {
        await DoneRows.PrepareAsync(connectionString);
        var scheduler = await BuildAsync(connectionString);
        await scheduler.Start();
        return new Running(scheduler);
    }

    public Task<long> DoneAsync(string connectionString) => DoneRows.CountAsync(connectionString);

    public Task<Samples> LatenessAsync(string connectionString) => DoneRows.LatenessAsync(connectionString);

    private static IJobDetail Job(int id, DateTimeOffset due) =>
        JobBuilder.Create<RowJob>().WithIdentity(Text(id)).UsingJobData("id", Text(id))
            .UsingJobData("due", due.UtcTicks.ToString(CultureInfo.InvariantCulture)).Build();

    private static string Text(int id) => id.ToString(CultureInfo.InvariantCulture);

    private static async Task<IScheduler> BuildAsync(string connectionString) => await QuartzSchedulerBuilder.Create(builder => builder
        .ConfigureScheduler(options => (options.MaxBatchSize, options.IdleWaitTime) = (Threads, TimeSpan.FromSeconds(1)))
        .UseDefaultThreadPool(Threads)
        .UsePersistentStore(store =>
        {
            store.UsePostgres(NpgsqlFactory.Instance, connectionString);
            store.UseClustering(_ => { });
            store.ProvisionSchema();
        })).BuildScheduler();

    private sealed class RowJob : IJob
    {
        public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
        {
            var data = context.MergedJobDataMap;
            await DoneRows.AddAsync(int.Parse(data.GetString("id")!, CultureInfo.InvariantCulture),
                long.Parse(data.GetString("due")!, CultureInfo.InvariantCulture));
        }
    }

    private sealed class Running(IScheduler scheduler) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await scheduler.Shutdown(true);
    }
}
