using Npgsql;

namespace OrderService.Engine.Clock;

/// <summary>
/// Lets engine time run at another pace, for all nodes. It begins in the near future, when every node knows of it: engine time of a node
/// that does not stands where it last knew, so that none is ever ahead of the others and none has to go back.
/// </summary>
internal sealed class SetPace(NpgsqlDataSource source, EngineClock clock, FasterTime may)
{
    /// <summary>How far ahead a change is made.</summary>
    public static readonly TimeSpan Lead = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);

    /// <summary>Takes a pace of 1 to <see cref="FasterTime.PaceMax"/>; the caller has asked <see cref="FasterTime.WhyNot"/>.</summary>
    public async Task HandleAsync(int pace, CancellationToken token)
    {
        await using var connection = await source.OpenConnectionAsync(token);
        await using var transaction = await connection.BeginTransactionAsync(token);
        await using (var wait = new NpgsqlCommand("LOCK TABLE clock_paces IN EXCLUSIVE MODE", connection))
            await wait.ExecuteNonQueryAsync(token);
        await using var read = connection.CreateCommand();
        var (now, before) = await PaceRows.ReadAsync(read, token);
        var after = before.Changed(now + Lead, pace, may.Lasts);
        await PaceRows.ReplaceAsync(connection, after, now + Lead, now - KeptFor, token);
        await transaction.CommitAsync(token);
        // read again, since this node may have looked between the two
        await using var anew = new NpgsqlCommand { Connection = connection };
        var (readAt, paces) = await PaceRows.ReadAsync(anew, token);
        clock.Follow(paces, readAt);
    }
}
