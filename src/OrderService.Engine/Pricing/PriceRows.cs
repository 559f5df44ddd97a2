using System.Numerics;
using Npgsql;
using NpgsqlTypes;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Pricing;

/// <summary>
/// What is believed, in the store: written by the node that asks for all, read by the others. Each statement that writes asks whether the
/// lease's row names the node: one that lost the lease writes nothing.
/// </summary>
internal sealed class PriceRows(NpgsqlDataSource source)
{
    /// <summary>The work that a lease is for.</summary>
    public const string Work = "prices";

    // The same row of the board with each price that is news, or once without one.
    private const string ReadNews =
        """
        SELECT b.revision, b.node, b.polled_at, b.has_loaded, b.doubted, CASE WHEN b.told > $1 THEN b.health END, p.token, p.usd, p.at, p.sources, p.until, p.is_alone
        FROM price_board b LEFT JOIN believed_prices p ON p.revision > $1
        """;

    // The lease's row stays locked until the end, so that nobody takes it meanwhile. A revision that is not the one that this node saw last
    // is another's: then what this node goes by is not what stands there. The first row of all counts from a moment, so that whoever has
    // seen one before a crash of the server sees a greater one after it.
    private const string WriteNews =
        """
        WITH mine AS (SELECT 1 AS one FROM work_leases WHERE work = 'prices' AND node = $1 FOR SHARE),
        board AS (
            INSERT INTO price_board AS b (is_only, revision, node, polled_at, has_loaded, doubted, health, told)
            SELECT true, $3, $1, $4, $5, $6, coalesce($7, '{"Sources":[],"Rejected":[]}'), $3 FROM mine
            ON CONFLICT (is_only) DO UPDATE
            SET revision = b.revision + 1, node = excluded.node, polled_at = excluded.polled_at, has_loaded = excluded.has_loaded, doubted = excluded.doubted,
                health = coalesce($7, b.health), told = CASE WHEN $7 IS NULL THEN b.told ELSE b.revision + 1 END
            WHERE b.revision = $2
            RETURNING b.revision),
        told AS (
            INSERT INTO believed_prices (token, usd, at, sources, until, is_alone, revision)
            SELECT n.token, n.usd, n.at, n.sources, n.until, n.is_alone, board.revision
            FROM board, unnest($8, $9, $10, $11, $12, $13) AS n (token, usd, at, sources, until, is_alone)
            ON CONFLICT (token) DO UPDATE
            SET usd = excluded.usd, at = excluded.at, sources = excluded.sources, until = excluded.until, is_alone = excluded.is_alone, revision = excluded.revision)
        SELECT revision FROM board
        """;

    private const string WriteJumps =
        """
        WITH mine AS (SELECT 1 AS one FROM work_leases WHERE work = 'prices' AND node = $1),
        gone AS (DELETE FROM held_jumps h USING mine, unnest($2, $3) AS g (token, source) WHERE h.token = g.token AND h.source = g.source)
        INSERT INTO held_jumps (token, source, usd_from, usd_to, since, last_at, reason)
        SELECT n.token, n.source, n.usd_from, n.usd_to, n.since, n.last_at, n.reason
        FROM mine, unnest($4, $5, $6, $7, $8, $9, $10) AS n (token, source, usd_from, usd_to, since, last_at, reason)
        ON CONFLICT (token, source) DO UPDATE
        SET usd_from = excluded.usd_from, usd_to = excluded.usd_to, since = excluded.since, last_at = excluded.last_at, reason = excluded.reason
        """;

    private const int timeoutSeconds = 5;

    /// <summary>What is newer than a revision; null where no node has written yet.</summary>
    public async Task<PriceNews?> ReadAsync(long after, CancellationToken token)
    {
        await using var command = Command(ReadNews);
        command.Add(after);
        await using var reader = await command.ExecuteReaderAsync(token);
        if (!await reader.ReadAsync(token)) return null;
        var board = new PriceNews(
            reader.GetInt64(0), reader.GetGuid(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetBoolean(3), [],
            [.. reader.GetFieldValue<string[]>(4).Select(id => TokenId.Parse(id))],
            reader.TextOrNull(5) is { } health ? ToldHealthText.Read(health) : null);
        var believed = new List<BelievedPrice>();
        do
        {
            if (reader.IsDBNull(6)) break;
            believed.Add(new BelievedPrice(TokenId.Parse(reader.GetString(6)), PriceAt(reader, 7), reader.GetFieldValue<DateTimeOffset>(8),
                reader.GetString(9), reader.GetFieldValue<DateTimeOffset>(10), reader.GetBoolean(11)));
        }
        while (await reader.ReadAsync(token));
        return board with { Believed = believed };
    }

    /// <summary>
    /// Writes news over the revision that this node saw last, 0 for none; answers the new one. Null where the lease is another's, or
    /// another has written since.
    /// </summary>
    public async Task<long?> WriteAsync(PriceNews news, DateTimeOffset realNow, CancellationToken token)
    {
        await using var command = Command(WriteNews);
        command.Add(news.Node);
        command.Add(news.Revision);
        command.Add(realNow.ToUnixTimeMilliseconds());
        command.Add(news.PolledAt.UtcDateTime);
        command.Add(news.HasLoaded);
        command.AddColumn(NpgsqlDbType.Text, news.Doubted, id => id.ToString());
        command.AddNullable(NpgsqlDbType.Text, news.Health is { } health ? ToldHealthText.Of(health) : null);
        command.AddColumn(NpgsqlDbType.Text, news.Believed, price => price.Token.ToString());
        command.AddColumn(NpgsqlDbType.Numeric, news.Believed, price => Sql.Number(price.Usd));
        command.AddColumn(NpgsqlDbType.TimestampTz, news.Believed, price => price.At.UtcDateTime);
        command.AddColumn(NpgsqlDbType.Text, news.Believed, price => price.Sources);
        command.AddColumn(NpgsqlDbType.TimestampTz, news.Believed, price => price.Until!.Value.UtcDateTime);
        command.AddColumn(NpgsqlDbType.Boolean, news.Believed, price => price.IsAlone);
        return (long?)await command.ExecuteScalarAsync(token);
    }

    /// <summary>The jumps that were held when they were last written.</summary>
    public async Task<IReadOnlyList<HeldJump>> JumpsAsync(CancellationToken token)
    {
        await using var command = Command("SELECT token, source, usd_from, usd_to, since, last_at, reason FROM held_jumps");
        await using var reader = await command.ExecuteReaderAsync(token);
        var jumps = new List<HeldJump>();
        while (await reader.ReadAsync(token))
        {
            jumps.Add(new HeldJump(TokenId.Parse(reader.GetString(0)), reader.GetString(1), PriceAt(reader, 2), PriceAt(reader, 3),
                reader.GetFieldValue<DateTimeOffset>(4), reader.GetFieldValue<DateTimeOffset>(5),
                Enum.Parse<JumpReason>(reader.GetString(6), ignoreCase: true)));
        }
        return jumps;
    }

    /// <summary>Writes jumps that changed and takes away those that are over, where this node has the lease.</summary>
    public async Task WriteJumpsAsync(
        Guid node, IReadOnlyList<HeldJump> changed, IReadOnlyList<HeldJump> over, CancellationToken token)
    {
        await using var command = Command(WriteJumps);
        command.Add(node);
        command.AddColumn(NpgsqlDbType.Text, over, jump => jump.Token.ToString());
        command.AddColumn(NpgsqlDbType.Text, over, jump => jump.Source);
        command.AddColumn(NpgsqlDbType.Text, changed, jump => jump.Token.ToString());
        command.AddColumn(NpgsqlDbType.Text, changed, jump => jump.Source);
        command.AddColumn(NpgsqlDbType.Numeric, changed, jump => Sql.Number(jump.From));
        command.AddColumn(NpgsqlDbType.Numeric, changed, jump => Sql.Number(jump.To));
        command.AddColumn(NpgsqlDbType.TimestampTz, changed, jump => jump.Since.UtcDateTime);
        command.AddColumn(NpgsqlDbType.TimestampTz, changed, jump => jump.Last.UtcDateTime);
        command.AddColumn(NpgsqlDbType.Text, changed, jump => jump.Why.ToString().ToLowerInvariant());
        await command.ExecuteNonQueryAsync(token);
    }

    private NpgsqlCommand Command(string text)
    {
        var command = source.CreateCommand(text);
        command.CommandTimeout = timeoutSeconds;
        return command;
    }

    private static Price PriceAt(NpgsqlDataReader reader, int column) => new((UInt128)reader.GetFieldValue<BigInteger>(column));
}
