using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OrderService.Domain.Events;
using OrderService.Domain.Orders;
using OrderService.Engine.Clock;
using OrderService.Engine.Events;
using OrderService.Engine.Persistence;
using OrderService.Engine.Sealing;
using OrderService.Engine.Telemetry;
using OrderService.Engine.Workers;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Webhooks;

/// <summary>
/// Queues what happened for those who want to be told, and sends what is due: many endpoints beside each other, the messages of one after
/// the other. One that does not answer holds up nothing but itself: it rests, those that failed share half of the room, and after days
/// without a success it is disabled, which is told.
/// </summary>
internal sealed class WebhookWorker(
    WebhookQueue queue, SendWebhook send, EventHead head, MasterKeyRing ring, IDbContextFactory<OrdersDb> databases,
    IOptions<WebhooksOptions> options, WorkerContext context)
    : PeriodicWorker(WorkerNames.Webhooks, context)
{
    private const int BatchMax = 50;
    private const int ForgetMax = 1_000;
    private const int RoundsMax = 20;

    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<Guid, (bool Fails, Task Served)> _serving = new();
    private EventFollower? _follower;
    private DateTimeOffset _forgotAt;

    /// <inheritdoc/>
    protected override TimeSpan Pause => options.Value.Interval;

    /// <summary>One pass to its end, everything that it sends included; returns how many endpoints it served.</summary>
    public async Task<int> TickAsync(CancellationToken token)
    {
        var begun = await BeginAsync(token);
        await Task.WhenAll(_serving.Values.Select(one => one.Served));
        return begun;
    }

    /// <inheritdoc/>
    protected override async Task WorkAsync(CancellationToken token)
    {
        if (!options.Value.Enabled || ring.Key is null) return;
        // While somebody wants to be told, events get their positions at their full pace.
        var before = _follower;
        _follower = await queue.IsWantedAsync(token) ? before ?? head.Follow() : null;
        if (_follower is not null)
        {
            await BeginAsync(token);
            return;
        }
        before?.Dispose();
        await ForgetAsync(Time.RealNow(), token);
    }

    /// <inheritdoc/>
    protected override async Task RestAsync(TimeSpan pause, CancellationToken token)
    {
        await base.RestAsync(pause < Together ? pause : Together, token); // what happens at once is looked at once
        if (_follower is { } following) await following.WaitAsync(pause, Time, token);
        else if (pause > Together) await base.RestAsync(pause - Together, token);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _follower?.Dispose();
        base.Dispose();
    }

    private async Task<int> BeginAsync(CancellationToken token)
    {
        var now = Time.RealNow();
        for (var rounds = 0; rounds < RoundsMax && await queue.QueueAsync(now, token) > 0;) rounds++;
        await ForgetAsync(now, token);
        var begun = 0;
        foreach (var thatFail in (bool[])[false, true])
        {
            var room = options.Value.AtOnce - _serving.Count;
            if (thatFail) room = Math.Min(room, options.Value.AtOnce / 2 - _serving.Values.Count(one => one.Fails));
            if (room <= 0) continue;
            foreach (var endpoint in await queue.LeaseAsync(now, now + LeaseOf(), thatFail, room, token))
            {
                begun++;
                // before it ends it is there, so that its end takes it away
                var isNoted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _serving[endpoint.Id] = (thatFail, ServeAsync(endpoint, isNoted.Task, token));
                isNoted.SetResult();
            }
        }
        return begun;
    }

    private async Task ForgetAsync(DateTimeOffset now, CancellationToken token)
    {
        if (now - _forgotAt <= TimeSpan.FromMinutes(1)) return;
        _forgotAt = now;
        await queue.ForgetAsync(now - options.Value.KeepFor, ForgetMax, token);
    }

    // Long enough for a few that do not answer; what is left is for the next who takes it.
    private TimeSpan LeaseOf() => options.Value.Timeout * 4 + TimeSpan.FromSeconds(10);

    private async Task ServeAsync(LeasedEndpoint endpoint, Task isNoted, CancellationToken token)
    {
        await isNoted;
        try
        {
            await SendDueAsync(endpoint, token);
            await queue.ReleaseAsync(endpoint, token);
        }
        catch (Exception failure) when (!token.IsCancellationRequested)
        {
            Telemetry.WorkerFailed(WorkerNames.Webhooks, failure); // the lease ends by itself
        }
        catch (Exception) when (token.IsCancellationRequested)
        {
            // The service stops: whoever takes the endpoint next sends what was not written down as sent.
        }
        finally
        {
            _serving.TryRemove(endpoint.Id, out _);
        }
    }

    private async Task SendDueAsync(LeasedEndpoint endpoint, CancellationToken token)
    {
        if (SecretsOf(endpoint) is not { } secrets) return;
        var waiting = new HashSet<Guid>();
        foreach (var delivery in await queue.DueAsync(endpoint.Id, Time.RealNow(), BatchMax, token))
        {
            if (Time.RealNow() + options.Value.Timeout > endpoint.LeaseUntil) return;
            if (delivery.OrderId is { } order && waiting.Contains(order)) continue; // in order: what was before it waits
            var outcome = await send.HandleAsync(endpoint.Url, WebhookMessage.Of(delivery.LogId, delivery.Happened), secrets, token);
            var now = Time.RealNow();
            DateTimeOffset? nextAt = outcome.IsDelivered
                ? null : now + WebhookSchedule.After(delivery.Attempts + 1, Random.Shared.NextDouble());
            DateTimeOffset? rests = outcome.IsDown ? now + WebhookSchedule.Rest(endpoint.Failures + 1, Random.Shared.NextDouble()) : null;
            var since = await queue.RecordAsync(endpoint, delivery.Happened.Position, outcome, nextAt, rests, now, token);
            if (outcome.IsDelivered) continue;
            if (outcome.IsGone || now - since >= options.Value.DisableAfter)
                await DisableAsync(endpoint, outcome.IsGone ? "gone" : "failing", now, token);
            if (outcome.IsDown || outcome.IsGone) return;
            if (nextAt is not null && delivery.OrderId is { } held) waiting.Add(held);
        }
    }

    private List<byte[]>? SecretsOf(LeasedEndpoint endpoint)
    {
        if (ring.Key is not { } master || WebhookSecrets.Open(endpoint.Secret, endpoint.Id, master) is not { } secret) return null;
        var secrets = new List<byte[]> { secret };
        if (endpoint.SecretBefore is { } stored && endpoint.BeforeUntil > Time.RealNow()
            && WebhookSecrets.Open(stored, endpoint.Id, master) is { } before)
        {
            secrets.Add(before);
        }
        return secrets;
    }

    private async Task DisableAsync(LeasedEndpoint endpoint, string reason, DateTimeOffset now, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        await using var transaction = await db.Database.BeginTransactionAsync(token);
        var disabled = await db.Database.ExecuteSqlAsync($"UPDATE webhook_endpoints SET status = 'disabled', disabled_reason = {reason} WHERE id = {endpoint.Id} AND status = 'active'", token);
        if (disabled == 0) return;
        db.Tell(new WebhookDisabled(endpoint.Id, reason), StacksAddress.Parse(endpoint.Owner, null), Actors.System, Time.GetUtcNow());
        await db.SaveChangesAsync(token);
        await transaction.CommitAsync(token);
    }
}
