using Npgsql;
using OrderService.Engine.Persistence;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Webhooks;

/// <summary>One line of the log of deliveries.</summary>
internal sealed record WebhookDelivery(long Position, string LogId, string Kind, string Status, int Attempts, DateTimeOffset CreatedAt)
{
    public string? Order { get; init; }

    public DateTimeOffset? NextAt { get; init; }

    public DateTimeOffset? TriedAt { get; init; }

    public int? TookMs { get; init; }

    public int? AnswerStatus { get; init; }

    public string? Answer { get; init; }

    public string? Error { get; init; }
}

/// <summary>Reads endpoints and what was sent to them.</summary>
internal sealed class WebhookDirectory(NpgsqlDataSource source)
{
    private const string Columns =
        """
        w.id, w.owner, w.url, w.kinds, w.status, w.created_at, w.position, w.disabled_reason, w.failing_since, w.before_until,
        (SELECT count(*) FROM webhook_deliveries d WHERE d.endpoint_id = w.id AND d.status = 'pending')
        """;

    /// <summary>A wallet's endpoints, oldest first.</summary>
    public async Task<List<WebhookEndpoint>> OfAsync(StacksAddress owner, CancellationToken token)
    {
        await using var command =
            source.CreateCommand($"SELECT {Columns} FROM webhook_endpoints w WHERE w.owner = $1 ORDER BY w.created_at, w.id LIMIT 1000");
        command.Add(owner.ToString());
        await using var reader = await command.ExecuteReaderAsync(token);
        var found = new List<WebhookEndpoint>();
        while (await reader.ReadAsync(token)) found.Add(Read(reader));
        return found;
    }

    /// <summary>One of a wallet; null where there is none of that id, or it is another's.</summary>
    public async Task<WebhookEndpoint?> FindAsync(Guid id, StacksAddress owner, CancellationToken token)
    {
        await using var connection = await source.OpenConnectionAsync(token);
        return await FindAsync(connection, id, owner, token);
    }

    /// <summary>The same on a connection.</summary>
    public static async Task<WebhookEndpoint?> FindAsync(NpgsqlConnection connection, Guid id, StacksAddress owner, CancellationToken token)
    {
        await using var command =
            new NpgsqlCommand($"SELECT {Columns} FROM webhook_endpoints w WHERE w.id = $1 AND w.owner = $2", connection);
        command.Add(id);
        command.Add(owner.ToString());
        await using var reader = await command.ExecuteReaderAsync(token);
        return await reader.ReadAsync(token) ? Read(reader) : null;
    }

    /// <summary>The secrets of an endpoint that are good at a moment, as the store has them.</summary>
    public async Task<List<byte[]>> SecretsAsync(Guid id, DateTimeOffset now, CancellationToken token)
    {
        await using var command =
            source.CreateCommand("SELECT secret, CASE WHEN before_until > $2 THEN secret_before END FROM webhook_endpoints WHERE id = $1");
        command.Add(id);
        command.Add(now.UtcDateTime);
        await using var reader = await command.ExecuteReaderAsync(token);
        var secrets = new List<byte[]>();
        while (await reader.ReadAsync(token))
        {
            secrets.Add(reader.GetFieldValue<byte[]>(0));
            if (!reader.IsDBNull(1)) secrets.Add(reader.GetFieldValue<byte[]>(1));
        }
        return secrets;
    }

    /// <summary>What was sent to an endpoint, and what waits, the latest first: those before a position.</summary>
    public async Task<List<WebhookDelivery>> DeliveriesAsync(Guid id, long before, int limit, CancellationToken token)
    {
        await using var command = source.CreateCommand("""
            SELECT d.position, l.log_id, d.kind, d.status, d.attempts, d.created_at, coalesce(o.uuid, k.uuid), d.next_at, d.tried_at, d.took_ms, d.answer_status, d.answer, d.error
            FROM webhook_deliveries d CROSS JOIN event_log l LEFT JOIN orders o ON o.id = d.order_id LEFT JOIN order_ids k ON k.id = d.order_id
            WHERE d.endpoint_id = $1 AND d.position < $2 ORDER BY d.position DESC LIMIT $3
            """);
        command.Add(id);
        command.Add(before);
        command.Add(limit);
        await using var reader = await command.ExecuteReaderAsync(token);
        var found = new List<WebhookDelivery>();
        while (await reader.ReadAsync(token))
        {
            found.Add(new WebhookDelivery(reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetString(3),
                reader.GetInt32(4), reader.GetFieldValue<DateTimeOffset>(5))
                {
                    Order = reader.TextOrNull(6), NextAt = Moment(reader, 7), TriedAt = Moment(reader, 8), TookMs = Number(reader, 9),
                    AnswerStatus = Number(reader, 10), Answer = reader.TextOrNull(11), Error = reader.TextOrNull(12),
                });
        }
        return found;
    }

    private static WebhookEndpoint Read(NpgsqlDataReader reader) => new(
        reader.GetGuid(0), StacksAddress.Parse(reader.GetString(1), null), new Uri(reader.GetString(2)),
        reader.IsDBNull(3) ? null : reader.GetFieldValue<string[]>(3), reader.GetString(4),
        reader.GetFieldValue<DateTimeOffset>(5), reader.GetInt64(6))
    {
        DisabledReason = reader.TextOrNull(7), FailingSince = Moment(reader, 8), SecretBeforeUntil = Moment(reader, 9),
        Pending = reader.GetInt64(10),
    };

    private static int? Number(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt32(column);

    private static DateTimeOffset? Moment(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);
}
