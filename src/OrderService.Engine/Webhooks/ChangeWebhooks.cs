using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using OrderService.Domain;
using OrderService.Domain.Events;
using OrderService.Engine.Auth;
using OrderService.Engine.Clock;
using OrderService.Engine.Persistence;
using OrderService.Engine.Sealing;

namespace OrderService.Engine.Webhooks;

/// <summary>
/// What a wallet does with its endpoints. The message that asks for a change is used up in the transaction of the change, which is told as
/// an event.
/// </summary>
internal sealed class ChangeWebhooks(
    IDbContextFactory<OrdersDb> databases, MessageLedger messages, WebhookDirectory directory, SendWebhook send, MasterKeyRing ring,
    IOptions<WebhooksOptions> options, TimeProvider time)
{
    private const int RedeliveredMax = 10_000;

    /// <summary>The refusal where there is none of that id, or it is another wallet's.</summary>
    public static OrderError.NotFound NotFound { get; } = new();

    /// <summary>Adds one, and gives the secret that its messages are signed with. It is told what happens from now on.</summary>
    public async Task<Result<(WebhookEndpoint Endpoint, WebhookSecret Secret)>> AddAsync(
        SignedMessage message, Uri url, IReadOnlyList<string>? kinds, CancellationToken token)
    {
        if (!options.Value.Enabled) return new OrderError.Unprocessable("webhooks_off", "This service sends no webhooks");
        if (ring.Key is not { } master) return MasterKeyRing.Missing;
        var (id, secret, now) = (Guid.NewGuid(), WebhookSecret.New(), time.RealNow());
        var (owner, sealedSecret) = (message.Signer.ToString(), WebhookSecrets.Close(secret.Bytes, id, master));
        var changed = await ChangeAsync(message, id, new WebhookAdded(id, url.ToString(), kinds), async db =>
        {
            // of two at once the second counts the first
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext({owner}))", token);
            var most = options.Value.EndpointsMax;
            if (await db.Database.SqlQuery<long>($"SELECT count(*) AS \"Value\" FROM webhook_endpoints WHERE owner = {owner}")
                .SingleAsync(token) >= most)
            {
                return new OrderError.TooMany("too_many_webhooks", $"This wallet has {most} webhooks: remove one first",
                    TimeSpan.FromMinutes(1));
            }
            var words = new NpgsqlParameter
            {
                Value = (object?)kinds?.ToArray() ?? DBNull.Value,
                NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Text,
            };
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO webhook_endpoints (id, owner, url, kinds, secret, created_at, position)
                VALUES ({id}, {owner}, {url.ToString()}, {words}, {sealedSecret}, {now.UtcDateTime}, (SELECT head FROM event_rounds ORDER BY head DESC LIMIT 1))
                """, token);
            return null;
        }, now, token);
        return changed.IsRejected(out var why, out var endpoint) ? why : (endpoint!, secret);
    }

    /// <summary>Removes one with all that waits for it.</summary>
    public async Task<OrderError?> RemoveAsync(SignedMessage message, Guid id, CancellationToken token) =>
        (await ChangeAsync(message, id, new WebhookRemoved(id), async db =>
            await db.Database.ExecuteSqlAsync($"DELETE FROM webhook_endpoints WHERE id = {id} AND owner = {message.Signer.ToString()}",
                token) == 0 ? NotFound : null, time.RealNow(), token)).Error;

    /// <summary>Makes a new secret; the one before signs beside it for a while.</summary>
    public async Task<Result<(WebhookEndpoint Endpoint, WebhookSecret Secret)>> RotateAsync(
        SignedMessage message, Guid id, CancellationToken token)
    {
        if (ring.Key is not { } master) return MasterKeyRing.Missing;
        var (secret, now) = (WebhookSecret.New(), time.RealNow());
        var (sealedSecret, until) = (WebhookSecrets.Close(secret.Bytes, id, master), (now + options.Value.SecretOverlap).UtcDateTime);
        var changed = await ChangeAsync(message, id, new WebhookSecretRotated(id), async db => await db.Database.ExecuteSqlAsync($"""
            UPDATE webhook_endpoints SET secret_before = secret, before_until = {until}, secret = {sealedSecret} WHERE id = {id} AND owner = {message.Signer.ToString()}
            """, token) == 0 ? NotFound : null, now, token);
        return changed.IsRejected(out var why, out var endpoint) ? why : (endpoint!, secret);
    }

    /// <summary>Enables one that was disabled; it goes on where it stopped, and what waits is due at once.</summary>
    public async Task<Result<WebhookEndpoint>> EnableAsync(SignedMessage message, Guid id, CancellationToken token)
    {
        var now = time.RealNow();
        var changed = await ChangeAsync(message, id, new WebhookEnabled(id), async db =>
        {
            var found = await db.Database.ExecuteSqlAsync($"""
                UPDATE webhook_endpoints SET status = 'active', disabled_reason = NULL, failures = 0, failing_since = NULL, rests_until = NULL WHERE id = {id} AND owner = {message.Signer.ToString()}
                """, token);
            await db.Database.ExecuteSqlAsync(
                $"UPDATE webhook_deliveries SET next_at = {now.UtcDateTime} WHERE endpoint_id = {id} AND status = 'pending'", token);
            return found == 0 ? NotFound : null;
        }, now, token);
        return changed.IsRejected(out var why, out var endpoint) ? why : endpoint!;
    }

    /// <summary>
    /// Sends again what was queued for one at these positions, both included, and queues what was not; returns how many that are.
    /// </summary>
    public async Task<Result<long>> RedeliverAsync(SignedMessage message, Guid id, long from, long to, CancellationToken token)
    {
        var (now, queued) = (time.RealNow(), 0L);
        var changed = await ChangeAsync(message, id, happened: null, async db =>
        {
            await using var command = new NpgsqlCommand("""
                INSERT INTO webhook_deliveries AS d (endpoint_id, position, order_id, kind, next_at, created_at)
                SELECT w.id, p.position, e.order_id, e.kind, $5, $5
                FROM webhook_endpoints w JOIN event_positions p ON p.owner = w.owner AND p.position BETWEEN $3 AND least($4, w.position) JOIN order_events e ON e.id = p.event_id
                WHERE w.id = $1 AND w.owner = $2 AND (w.kinds IS NULL OR e.kind = ANY(w.kinds)) ORDER BY p.position LIMIT $6
                ON CONFLICT (endpoint_id, position) DO UPDATE SET status = 'pending', attempts = 0, next_at = excluded.next_at
                """, db.TransactionConnection());
            command.Add(id);
            command.Add(message.Signer.ToString());
            command.Add(from);
            command.Add(to);
            command.Add(now.UtcDateTime);
            command.Add(RedeliveredMax);
            queued = await command.ExecuteNonQueryAsync(token);
            return null;
        }, now, token);
        return changed.IsRejected(out var why) ? why : queued;
    }

    /// <summary>Sends a message that says nothing, now, and tells what was answered. It is not tried again.</summary>
    public async Task<Result<WebhookOutcome>> TestAsync(SignedMessage message, Guid id, CancellationToken token)
    {
        if (ring.Key is not { } master) return MasterKeyRing.Missing;
        if ((await ChangeAsync(message, id, happened: null, _ => Task.FromResult<OrderError?>(null), time.RealNow(), token)).IsRejected(
            out var why, out var endpoint))
        {
            return why;
        }
        var secrets =
            (await directory.SecretsAsync(id, time.RealNow(), token)).ConvertAll(stored => WebhookSecrets.Open(stored, id, master));
        if (secrets is not [{ }, ..]) return MasterKeyRing.Rotated;
        return await send.HandleAsync(endpoint!.Url, WebhookMessage.Test(id, time.RealNow()), [.. secrets.OfType<byte[]>()], token);
    }

    // What is not the signer's is not there. The endpoint as it is after the change; null where it is gone.
    private async Task<Result<WebhookEndpoint?>> ChangeAsync(
        SignedMessage message, Guid id, OwnerEvent? happened, Func<OrdersDb, Task<OrderError?>> change, DateTimeOffset now,
        CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        await using var transaction = await db.Database.BeginTransactionAsync(token);
        if ((await messages.RecordAsync(db, message, now, token)).IsRejected(out var used)) return used;
        if (await change(db) is { } refused) return refused;
        if (happened is not null) db.Tell(happened, message.Signer, message.Signer.ToString(), time.GetUtcNow());
        await db.SaveChangesAsync(token);
        var endpoint = await WebhookDirectory.FindAsync(db.TransactionConnection(), id, message.Signer, token);
        if (endpoint is null && happened is not WebhookRemoved) return NotFound;
        await transaction.CommitAsync(token);
        return endpoint;
    }
}
