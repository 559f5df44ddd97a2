using OrderService.Domain.Ports;

namespace OrderService.Engine.Persistence;

/// <summary>One row that cannot be worked on must not stop its neighbours: a batch that fails is worked on again, row by row.</summary>
internal static class Isolation
{
    /// <summary>
    /// Runs the work over the batch, and after a failure over each row alone; rows that fail alone are told of. An outage of the store is
    /// thrown: it is no row's fault.
    /// </summary>
    public static async Task RunAsync<T>(
        IReadOnlyList<T> batch, Func<IReadOnlyList<T>, Task> work, Action<Exception> tell, CancellationToken token)
    {
        try
        {
            await work(batch);
        }
        catch (Exception fault) when (!Outage.Is(fault) && !token.IsCancellationRequested)
        {
            if (batch.Count == 1) tell(fault);
            else foreach (var row in batch) await RunAsync([row], work, tell, token);
        }
    }

    /// <summary>What a look over the rows yields; after a failure over each row alone, without those that cannot be looked at.</summary>
    public static async Task<List<TSeen>> LookAsync<TRow, TSeen>(
        IReadOnlyList<TRow> rows, Func<IReadOnlyList<TRow>, Task<List<TSeen>>> look, Action<Exception> tell, CancellationToken token)
    {
        var seen = new List<TSeen>();
        await RunAsync(rows, async some => seen.AddRange(await look(some)), tell, token);
        return seen;
    }
}
