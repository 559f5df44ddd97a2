using Microsoft.Extensions.Options;
using Npgsql;
using OrderService.Engine.Clock;

namespace OrderService.Engine.Persistence;

/// <summary>
/// Where the store commits to a standby too, keeps an answer of success from resting on what only the primary has: a row whose own commit
/// still waits, or waited in vain before the primary started again. Passing it means that the standby has all that was committed before.
/// Without a standby that commits wait for, it costs a question a second.
/// </summary>
internal sealed class StandbyBarrier(NpgsqlDataSource source, IOptions<StoreOptions> options, TimeProvider time)
{
    // Writes nothing but a record in the log, whose commit waits as any other does. A server that is a standby itself, as a primary is that
    // came back as one under a session, has no word on what others have.
    private const string Statement =
        """
        SELECT CASE WHEN pg_is_in_recovery() THEN 'standby' WHEN current_setting('synchronous_standby_names') <> ''
            THEN pg_logical_emit_message(true, 'orderservice', '')::text END
        """;

    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private Task _running = Task.CompletedTask;
    private Task? _next;
    private DateTimeOffset _alone = DateTimeOffset.MinValue;

    /// <summary>
    /// Comes back when the standby has what the primary has now; throws <see cref="TimeoutException"/> where that takes too long.
    /// </summary>
    public Task PassAsync(CancellationToken token)
    {
        Task round;
        lock (_lock)
        {
            var age = time.RealNow() - _alone;
            var isAlone = age >= TimeSpan.Zero && age < Grace;
            if (isAlone && age < Memory) return Task.CompletedTask;
            // A round that has begun may have been written before what the caller saw: the next one is his, and that of all who come until
            // it begins.
            var before = _running;
            round = _next ??= Task.Run(() => RoundAsync(before), CancellationToken.None);
            if (isAlone) return Task.CompletedTask; // asked beside the answers, so that none waits for it
        }
        return round.WaitAsync(options.Value.AnswerWithin, time, token);
    }

    private async Task RoundAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock)
        {
            (_running, _next) = (_next!, null);
        }
        var now = time.RealNow();
        await using var command = source.CreateCommand(Statement);
        switch (await command.ExecuteScalarAsync(CancellationToken.None))
        {
            case "standby": throw new TimeoutException("the server is a standby");
            case string: return;
        }
        lock (_lock)
        {
            _alone = now;
        }
    }
}
