using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Npgsql;
using OrderService.Domain;
using OrderService.Engine.Clock;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Auth;

/// <summary>A creating call that a client may send again. <paramref name="Scope"/> is who asked, and for which route.</summary>
internal sealed record IdempotentCall(string Scope, string Key, byte[] Fingerprint)
{
    /// <summary>How long its answer is given again; null for as long as it is kept.</summary>
    public TimeSpan? Lasts { get; init; }
}

/// <summary>What is known of such a call: an answer to be given again, or (without one) the id of what it is to create.</summary>
internal sealed record IdempotentStart(Guid Id, StoredAnswer? Answer);

/// <summary>An answer that is given again: its body, and the id of the order where its header told one.</summary>
internal sealed record StoredAnswer(string ContentType, byte[] Body, string? OrderId);

/// <summary>
/// The answers of creating calls by the caller's own key. A call that broke off half-way is taken over after its lease, with the id that it
/// had: what it created is then found, not made again.
/// </summary>
internal sealed class IdempotencyLedger(NpgsqlDataSource source, IOptions<AuthOptions> options, TimeProvider time)
{
    // An answer that is not given any more makes room for a call of its own.
    private const string Begin = """
        INSERT INTO idempotency_keys AS k (scope, key, id, fingerprint, leased_until, created_at) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (scope, key) DO UPDATE SET leased_until = $5, id = CASE WHEN k.answer IS NULL THEN k.id ELSE $3 END,
            created_at = CASE WHEN k.answer IS NULL THEN k.created_at ELSE $6 END, content_type = NULL, answer = NULL, order_id = NULL
        WHERE k.fingerprint = $4 AND ((k.answer IS NULL AND k.leased_until < $6) OR (k.answer IS NOT NULL AND k.created_at <= $7))
        RETURNING id
        """;

    private const string Read =
        "SELECT id, fingerprint, content_type, answer, order_id FROM idempotency_keys WHERE scope = $1 AND key = $2";

    /// <summary>Begins a call, or says what became of it: its answer, in flight, or another body under the same key.</summary>
    public async Task<Result<IdempotentStart>> BeginAsync(IdempotentCall call, CancellationToken token)
    {
        var now = time.RealNow();
        await using (var begin = source.CreateCommand(Begin))
        {
            begin.Add(call.Scope);
            begin.Add(call.Key);
            begin.Add(Guid.NewGuid());
            begin.Add(call.Fingerprint);
            begin.Add((now + options.Value.IdempotencyLease).UtcDateTime);
            begin.Add(now.UtcDateTime);
            begin.Add((call.Lasts is { } lasts ? now - lasts : DateTimeOffset.UnixEpoch).UtcDateTime);
            if (await begin.ExecuteScalarAsync(token) is Guid id) return new IdempotentStart(id, null);
        }
        await using var read = source.CreateCommand(Read);
        read.Add(call.Scope);
        read.Add(call.Key);
        await using var reader = await read.ExecuteReaderAsync(token);
        if (!await reader.ReadAsync(token)) return InFlight(); // it was refused just now
        if (!CryptographicOperations.FixedTimeEquals(reader.GetFieldValue<byte[]>(1), call.Fingerprint))
        {
            return new OrderError.Unprocessable("idempotency_key_reused",
                "Idempotency-Key was used for another request: send the same one again, or a new key");
        }
        if (await reader.IsDBNullAsync(3, token)) return InFlight();
        return new IdempotentStart(reader.GetGuid(0),
            new StoredAnswer(reader.GetString(2), reader.GetFieldValue<byte[]>(3),
                await reader.IsDBNullAsync(4, token) ? null : reader.GetString(4)));
    }

    /// <summary>Keeps the answer of a call that created something.</summary>
    public async Task KeepAsync(IdempotentCall call, StoredAnswer answer, CancellationToken token)
    {
        await using var command = source.CreateCommand("UPDATE idempotency_keys SET leased_until = NULL, content_type = $3, answer = $4, order_id = $5 WHERE scope = $1 AND key = $2 AND answer IS NULL");
        command.Add(call.Scope);
        command.Add(call.Key);
        command.Add(answer.ContentType);
        command.Add(answer.Body);
        command.Add(answer.OrderId);
        await command.ExecuteNonQueryAsync(token);
    }

    /// <summary>Forgets a call that was refused: it created nothing, and may be tried again.</summary>
    public async Task ForgetAsync(IdempotentCall call, CancellationToken token)
    {
        await using var command = source.CreateCommand("DELETE FROM idempotency_keys WHERE scope = $1 AND key = $2 AND answer IS NULL");
        command.Add(call.Scope);
        command.Add(call.Key);
        await command.ExecuteNonQueryAsync(token);
    }

    /// <summary>Deletes at most that many that are older than they are kept.</summary>
    public async Task<int> PurgeAsync(int rowsMax, CancellationToken token)
    {
        await using var command = source.CreateCommand("DELETE FROM idempotency_keys WHERE (scope, key) IN (SELECT scope, key FROM idempotency_keys WHERE created_at < $1 ORDER BY created_at LIMIT $2 FOR UPDATE SKIP LOCKED)");
        command.Add((time.RealNow() - options.Value.IdempotencyWindow).UtcDateTime);
        command.Add(rowsMax);
        return await command.ExecuteNonQueryAsync(token);
    }

    private static OrderError.Conflict InFlight() =>
        new("idempotency_in_flight", "The first request with this Idempotency-Key is still running");
}
