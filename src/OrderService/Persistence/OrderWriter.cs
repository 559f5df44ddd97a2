using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Telemetry;

namespace OrderService.Persistence;

/// <summary>The group-commit writer: drains concurrent creates from a bounded channel, writes them in one statement, and completes each after its commit. No timer: what is queued is the batch.</summary>
internal sealed class OrderWriter(NpgsqlDataSource source, IDbContextFactory<OrdersDb> databases, EngineTelemetry telemetry) : BackgroundService
{
    private const int BatchMax = 512;
    private const int QueueMax = 8192;
    private const int SlicesMax = 10_000; // of a batch, whatever the number of its orders
    private const int SlicesQueuedMax = 200_000;
    private readonly Channel<Pending> _queue = Channel.CreateBounded<Pending>(new BoundedChannelOptions(QueueMax) { SingleReader = true });

    private int _slicesQueued;

    private sealed record Pending(OrderRow Row, TaskCompletionSource<Result<Order>> Done);

    /// <summary>Stores an order, or finds the one that is stored under its uuid with equal terms; refused where the terms differ or the queue is full.</summary>
    public Task<Result<Order>> WriteAsync(OrderRow row)
    {
        var pending = new Pending(row, new TaskCompletionSource<Result<Order>>(TaskCreationOptions.RunContinuationsAsynchronously));
        var slices = row.Order.Slices.Count;
        if (Interlocked.Add(ref _slicesQueued, slices) <= SlicesQueuedMax && _queue.Writer.TryWrite(pending)) return pending.Done.Task;
        Interlocked.Add(ref _slicesQueued, -slices);
        return Task.FromResult<Result<Order>>(new OrderError.Unavailable("busy", "The service is busy: too many orders are being stored", TimeSpan.FromSeconds(1)));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var held = new List<Pending>();
        try
        {
            while (held.Count > 0 || await _queue.Reader.WaitToReadAsync(stoppingToken))
            {
                var batch = Drain(held);
                await WriteBatchAsync(batch, stoppingToken);
            }
        }
        finally
        {
            _queue.Writer.TryComplete();
            while (_queue.Reader.TryRead(out var left)) held.Add(left);
            foreach (var pending in held) pending.Done.TrySetResult(new OrderError.Unavailable("stopping", "The service is stopping", TimeSpan.FromSeconds(5)));
        }
    }

    // A second order of the same uuid waits for the next batch, where it finds the first one stored.
    private List<Pending> Drain(List<Pending> held)
    {
        var uuids = new HashSet<Guid>();
        var batch = new List<Pending>();
        var later = new List<Pending>();
        var slices = 0;
        foreach (var pending in held) Take(pending);
        while (batch.Count < BatchMax && slices < SlicesMax && _queue.Reader.TryRead(out var next)) Take(next);
        Interlocked.Add(ref _slicesQueued, -slices);
        held.Clear();
        held.AddRange(later);
        batch.Sort((a, b) => a.Row.Order.Id.CompareTo(b.Row.Order.Id)); // two writers lock uuids in one order
        return batch;

        void Take(Pending pending)
        {
            var isFirst = uuids.Add(pending.Row.Order.Id);
            (isFirst ? batch : later).Add(pending);
            if (isFirst) slices += pending.Row.Order.Slices.Count;
        }
    }

    private async Task WriteBatchAsync(List<Pending> batch, CancellationToken token)
    {
        try
        {
            var started = System.Diagnostics.Stopwatch.GetTimestamp();
            await using var connection = await source.OpenConnectionAsync(token);
            var stored = await OrderInsert.WriteAsync(connection, batch.ConvertAll(p => p.Row), token);
            telemetry.CreateBatchWritten(stored.Count, System.Diagnostics.Stopwatch.GetElapsedTime(started));
            var known = batch.FindAll(p => !stored.Contains(p.Row.Order.Id));
            foreach (var pending in batch) if (stored.Contains(pending.Row.Order.Id)) pending.Done.TrySetResult(pending.Row.Order);
            if (known.Count > 0) await CompareAsync(known, token);
        }
        catch (PostgresException refused) when (refused.SqlState.StartsWith("22", StringComparison.Ordinal) || refused.SqlState.StartsWith("23", StringComparison.Ordinal))
        {
            // One bad row must not fail its neighbours.
            if (batch.Count == 1) batch[0].Done.TrySetException(refused);
            else foreach (var pending in batch) await WriteBatchAsync([pending], token);
        }
        catch (Exception failure)
        {
            // Each caller hears of it and answers 5xx; the outcome may be stored all the same, which a retry of the same body finds out.
            foreach (var pending in batch) pending.Done.TrySetException(failure);
            if (token.IsCancellationRequested) throw;
        }
    }

    // In a statement of its own: the row that was in the way is invisible to the statement it was in the way of.
    private async Task CompareAsync(List<Pending> known, CancellationToken token)
    {
        var ids = known.Select(p => p.Row.Order.Id).ToArray();
        await using var db = await databases.CreateDbContextAsync(token);
        var stored = await db.Orders.AsNoTracking().Include(o => o.Slices).Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, token);
        foreach (var pending in known)
        {
            var existing = stored[pending.Row.Order.Id];
            pending.Done.TrySetResult(existing.FirstDifference(pending.Row.Order) is { } field ? new OrderError.Exists(field) : existing);
        }
    }
}
