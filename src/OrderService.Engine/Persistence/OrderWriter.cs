using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Persistence;

/// <summary>The group-commit writer: drains concurrent creates from a bounded channel, writes them in one statement, and completes each
/// after its commit. No timer: what is queued is the batch. It has a thread of its own that waits for the store: in the pool, the answer of
/// a batch would wait behind the very requests that wait for it.</summary>
internal sealed class OrderWriter(
    WriterSource source, IDbContextFactory<OrdersDb> databases, EndedOrders ended, StoreWrites writes, EngineTelemetry telemetry)
    : BackgroundService
{
    private const int BatchMax = 64; // more gain little for each row, and while the store works on them nobody else has any work left
    private const int QueueMax = 8192;
    private const int SlicesMax = 10_000; // of a batch, whatever the number of its orders
    private const int SlicesQueuedMax = 200_000;
    private readonly Channel<Pending> _queue =
        Channel.CreateBounded<Pending>(new BoundedChannelOptions(QueueMax) { SingleReader = true, AllowSynchronousContinuations = true });

    private int _slicesQueued;

    private sealed record Pending(OrderRow Row, TaskCompletionSource<Result<Order>> Done);

    /// <summary>
    /// Stores an order, or finds the one that is stored under its uuid with equal terms; refused where the terms differ or the queue is
    /// full.
    /// </summary>
    public Task<Result<Order>> WriteAsync(OrderRow row)
    {
        var pending = new Pending(row, new TaskCompletionSource<Result<Order>>(TaskCreationOptions.RunContinuationsAsynchronously));
        var slices = row.Order.Slices.Count;
        if (Interlocked.Add(ref _slicesQueued, slices) <= SlicesQueuedMax && _queue.Writer.TryWrite(pending)) return pending.Done.Task;
        Interlocked.Add(ref _slicesQueued, -slices);
        return Task.FromResult<Result<Order>>(
            new OrderError.Unavailable("busy", "The service is busy: too many orders are being stored", TimeSpan.FromSeconds(1)));
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Factory.StartNew(() => Run(stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Run(CancellationToken stopping)
    {
        var held = new List<Pending>();
        try
        {
            while (held.Count > 0 || _queue.Reader.WaitToReadAsync(stopping).AsTask().GetAwaiter().GetResult())
            {
                WriteBatch(Drain(held));
                stopping.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Those who wait hear of it.
        }
        finally
        {
            _queue.Writer.TryComplete();
            while (_queue.Reader.TryRead(out var left)) held.Add(left);
            foreach (var pending in held)
                pending.Done.TrySetResult(new OrderError.Unavailable("stopping", "The service is stopping", TimeSpan.FromSeconds(5)));
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

    private void WriteBatch(List<Pending> batch)
    {
        try
        {
            var started = System.Diagnostics.Stopwatch.GetTimestamp();
            using var connection = source.Open();
            var stored = OrderInsert.Write(connection, batch.ConvertAll(p => p.Row));
            writes.Took();
            telemetry.CreateBatchWritten(stored.Count, System.Diagnostics.Stopwatch.GetElapsedTime(started));
            var known = batch.FindAll(p => !stored.Contains(p.Row.Order.Id));
            foreach (var pending in batch) if (stored.Contains(pending.Row.Order.Id)) pending.Done.TrySetResult(pending.Row.Order);
            if (known.Count > 0) Compare(known);
        }
        catch (PostgresException refused) when (refused.SqlState.StartsWith("22", StringComparison.Ordinal)
            || refused.SqlState.StartsWith("23", StringComparison.Ordinal))
        {
            // One bad row must not fail its neighbours.
            if (batch.Count == 1) batch[0].Done.TrySetException(refused);
            else foreach (var pending in batch) WriteBatch([pending]);
        }
        catch (Exception failure)
        {
            // Each caller hears of it and answers 5xx; the outcome may be stored all the same, which a retry of the same body finds out.
            writes.Refused(failure);
            foreach (var pending in batch) pending.Done.TrySetException(failure);
        }
    }

    // In a statement of its own: the row that was in the way is invisible to the statement it was in the way of.
    private void Compare(List<Pending> known)
    {
        var ids = known.Select(p => p.Row.Order.Id).ToArray();
        using var db = databases.CreateDbContext();
        var stored = db.Orders.AsNoTracking().Include(o => o.Slices).Where(o => ids.Contains(o.Id)).ToDictionary(o => o.Id);
        foreach (var (id, left) in ended.Read([.. ids.Where(id => !stored.ContainsKey(id))])) stored[id] = left;
        foreach (var pending in known)
        {
            if (!stored.TryGetValue(pending.Row.Order.Id, out var existing))
            {
                var end = ended.End(pending.Row.Order.Id)
                    ?? throw new System.Diagnostics.UnreachableException($"order {pending.Row.Order.Id} was in the way and is nowhere");
                pending.Done.TrySetResult(end.Refusal);
                continue;
            }
            pending.Done.TrySetResult(existing.FirstDifference(pending.Row.Order) is { } field ? new OrderError.Exists(field) : existing);
        }
    }
}
