using Npgsql;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Persistence;

/// <summary>
/// What the store itself refuses of orders and slices, whoever writes: each rule on its own, against rows that break no other.
/// </summary>
public sealed class SoundRowTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    private const string BeyondUInt128 = "340282366920938463463374607431768211456";

    private const string SoundRows =
        """
        INSERT INTO price_pairs (watched, base) VALUES ('w', 'b');
        INSERT INTO orders (id, uuid, dialect, owner, recipient, sell_token, buy_token, amount_in, router, chain_id, trigger, condition_token, direction, target_price, signature, status, created_at)
        VALUES (gen_random_uuid(), repeat('u', 36), 'charisma', 'o', 'r', 's', 'b', 1, 'x', 1, 'price', 'c', 'gt', 5, decode(repeat('aa', 101), 'hex'), 'open', now());
        INSERT INTO slices (order_id, number, amount_in, trigger, pair_id, price_min, price_max, status, wait_side, wait_price, attempts_used, attempts_max, unquoted, was_sent, created_at)
        SELECT o.id, 1, 1, 'price', p.id, 5, 9, 'waiting', 'rise', 5, 0, 3, 0, false, now() FROM orders o, price_pairs p;
        """;

    [Theory]
    [InlineData("uuid = repeat('u', 35)")]
    [InlineData("amount_in = 0")]
    [InlineData("amount_in = " + BeyondUInt128)]
    [InlineData("trigger = 'never'")]
    [InlineData("direction = 'eq'")]
    [InlineData("target_price = -1, trigger = 'time'")]
    [InlineData("target_price = 0")]
    [InlineData("condition_token = NULL")]
    [InlineData("direction = NULL")]
    [InlineData("min_amount_out = -1")]
    [InlineData("min_amount_out = " + BeyondUInt128)]
    [InlineData("slippage_bps = -1")]
    [InlineData("slippage_bps = 10001")]
    [InlineData("max_deviation_bps = -1")]
    [InlineData("max_deviation_bps = 10001")]
    [InlineData("price_band_bps = -1")]
    [InlineData("price_band_bps = 10001")]
    [InlineData("signature = decode(repeat('aa', 100), 'hex')")]
    [InlineData("terms_bound = true, terms_signature = decode(repeat('aa', 102), 'hex')")]
    [InlineData("terms_signature = decode(repeat('aa', 101), 'hex')")]
    [InlineData("funding = 'gift'")]
    [InlineData("signature = NULL")]
    [InlineData("account = 'a'")]
    [InlineData("funding = 'managed', signature = NULL")]
    [InlineData("interval_count = 0, interval_unit = 'day'")]
    [InlineData("interval_count = 1, interval_unit = 'fortnight'")]
    [InlineData("interval_count = 1")]
    [InlineData("attempts_max = 0")]
    [InlineData("on_part_failed = 'weep'")]
    [InlineData("slippage_from = 'air'")]
    [InlineData("status = 'lost'")]
    [InlineData("status = 'cancelled'")]
    [InlineData("ended_at = now()")]
    public Task An_order_is_refused_with(string change) => RefusedAsync("orders", change);

    [Theory]
    [InlineData("number = 0")]
    [InlineData("amount_in = 0")]
    [InlineData("amount_in = " + BeyondUInt128)]
    [InlineData("trigger = 'never'")]
    [InlineData("price_min = -1")]
    [InlineData("price_max = -1")]
    [InlineData("price_min = NULL, price_max = NULL")]
    [InlineData("pair_id = NULL, wait_side = NULL, wait_price = NULL")]
    [InlineData("rate_min = -1")]
    [InlineData("rate_max = -1")]
    [InlineData("rate_min = 2, rate_max = 1")]
    [InlineData("wait_side = 'sideways'")]
    [InlineData("wait_price = NULL")]
    [InlineData("wait_side = NULL")]
    [InlineData("wake_at = now()")]
    [InlineData("trigger = 'time', pair_id = NULL")]
    [InlineData("attempts_used = -1")]
    [InlineData("attempts_max = 0")]
    [InlineData("unquoted = -1")]
    [InlineData("below_min = -1")]
    [InlineData("quote_route = 'a>b'")]
    [InlineData("quote_route = 'a>b', quote_side = 'up', quote_rate = 1")]
    [InlineData("quote_route = 'a>b', quote_side = 'rise', quote_rate = -1")]
    [InlineData("quote_route = 'a>b', quote_side = 'rise', quote_rate = 1, wake_at = now()")]
    [InlineData("end_as = 'confirmed'")]
    [InlineData("intent_uuid = 'short'")]
    [InlineData("amount_out = -1")]
    [InlineData("amount_out = " + BeyondUInt128)]
    [InlineData("status = 'lost', wait_side = NULL, wait_price = NULL")]
    [InlineData("status = 'executing', claim_id = gen_random_uuid()")]
    [InlineData("status = 'executing', wait_side = NULL, wait_price = NULL")]
    [InlineData("status = 'broadcast', wait_side = NULL, wait_price = NULL, tx_id = '0x'")]
    [InlineData("status = 'broadcast', wait_side = NULL, wait_price = NULL, was_sent = true")]
    [InlineData("status = 'confirmed', wait_side = NULL, wait_price = NULL")]
    [InlineData("ended_at = now()")]
    public Task A_slice_is_refused_with(string change) => RefusedAsync("slices", change);

    [Theory]
    [InlineData("orders", "status = 'expired', ended_at = now()")]
    [InlineData("orders", "status = 'expired', ended_at = now(), signature = NULL")]
    [InlineData("orders", "terms_bound = true, terms_signature = decode(repeat('aa', 101), 'hex')")]
    [InlineData("orders", "funding = 'managed', signature = NULL, account = 'a', interval_count = 2, interval_unit = 'month'")]
    [InlineData("slices", "status = 'waiting', wait_side = NULL, wait_price = NULL, wake_at = now()")]
    [InlineData("slices", "status = 'executing', wait_side = NULL, wait_price = NULL, claim_id = gen_random_uuid()")]
    [InlineData("slices", "status = 'broadcast', wait_side = NULL, wait_price = NULL, tx_id = '0x', was_sent = true")]
    [InlineData("slices", "status = 'confirmed', wait_side = NULL, wait_price = NULL, ended_at = now(), amount_out = 0")]
    public async Task What_may_be_is_taken(string table, string change)
    {
        await using var connection = await SoundAsync();
        (await ChangeAsync(connection, table, change)).ShouldBe(1);
    }

    private async Task RefusedAsync(string table, string change)
    {
        await using var connection = await SoundAsync();
        var refused = await Should.ThrowAsync<PostgresException>(() => ChangeAsync(connection, table, change));
        refused.SqlState.ShouldBe(PostgresErrorCodes.CheckViolation);
        refused.ConstraintName.ShouldBe($"{table}_are_sound");
    }

    // In a transaction that nobody commits.
    private async Task<NpgsqlConnection> SoundAsync()
    {
        var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await connection.BeginTransactionAsync();
        await using var rows = new NpgsqlCommand(SoundRows, connection);
        await rows.ExecuteNonQueryAsync();
        return connection;
    }

    private static async Task<int> ChangeAsync(NpgsqlConnection connection, string table, string change)
    {
        await using var command = new NpgsqlCommand($"UPDATE {table} SET {change}", connection);
        return await command.ExecuteNonQueryAsync();
    }
}
