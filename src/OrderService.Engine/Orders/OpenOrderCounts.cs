using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Npgsql;
using OrderService.Engine.Clock;
using OrderService.Engine.Execution;
using OrderService.Engine.Persistence;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Orders;

/// <summary>
/// How many open orders each owner has, counted every few seconds and in between by what came in here: a limit against floods, not an
/// account.
/// </summary>
internal sealed class OpenOrderCounts(NpgsqlDataSource source, IOptions<OrdersOptions> options, TimeProvider time)
{
    private const int OwnersMax = 50_000;
    private static readonly TimeSpan Trust = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<StacksAddress, Count> _counts = new();

    private sealed class Count
    {
        public long Orders;
        private int _isAsked;

        public required DateTimeOffset At { get; init; }

        /// <summary>True for one caller alone, until it gives its turn back.</summary>
        public bool TakeTurn() => Interlocked.Exchange(ref _isAsked, 1) == 0;

        public void GiveBack() => Volatile.Write(ref _isAsked, 0);
    }

    /// <summary>True where the owner may open one more; counts it.</summary>
    public async ValueTask<bool> HasRoomAsync(StacksAddress owner, CancellationToken token)
    {
        if (!_counts.TryGetValue(owner, out var count))
        {
            if (_counts.Count > OwnersMax) _counts.Clear();
            count = await CountAsync(owner, token);
        }
        // Of many at once one counts anew, and the others trust the old count a little longer.
        else if (time.RealNow() - count.At > Trust && count.TakeTurn())
        {
            try
            {
                count = await CountAsync(owner, token);
            }
            catch
            {
                count.GiveBack();
                throw;
            }
        }
        return Interlocked.Increment(ref count.Orders) <= options.Value.OpenMaxPerOwner;
    }

    private async Task<Count> CountAsync(StacksAddress owner, CancellationToken token) =>
        _counts[owner] = new Count { Orders = await ReadAsync(owner, token), At = time.RealNow() };

    private async Task<long> ReadAsync(StacksAddress owner, CancellationToken token)
    {
        await using var command = source.CreateCommand("SELECT count(*) FROM (SELECT 1 FROM orders WHERE owner = $1 AND status IN ('open', 'paused', 'cancelling') LIMIT $2) AS counted");
        command.Add(owner.ToString());
        command.Add(options.Value.OpenMaxPerOwner);
        return (long)(await command.ExecuteScalarAsync(token))!;
    }
}
