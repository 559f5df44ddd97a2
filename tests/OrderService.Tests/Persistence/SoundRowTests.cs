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
        INSERT INTO price_pairs (id, watched, base) VALUES (1, 'w', 'b');
        INSERT INTO orders (id, uuid, dialect, owner, recipient, sell_token, buy_token, amount_in, router, chain_id, trigger, condition_token, direction, target_price, signature, status, created_at)
        VALUES (gen_random_uuid(), repeat('u', 36), 'charisma', 'o', 'r', 's', 'b', 1, 'x', 1, 'price', 'c', 'gt', 5, decode(repeat('aa', 101), 'hex'), 'open', now());
        INSERT INTO slices (order_id, number, amount_in, trigger, pair_id, price_min, price_max, status, wait_side, wait_price, attempts_used, attempts_max, unquoted, was_sent, created_at)
        SELECT o.id, 1, 1, 'price', p.id, 5, 9, 'waiting', 'rise', 5, 0, 3, 0, false, now() FROM orders o, price_pairs p;
        """;

    [Theory]
    [InlineData("uuid = repeat('u', 35)", "uuid")]
    [InlineData("amount_in = 0", "amount_in")]
    [InlineData("amount_in = " + BeyondUInt128, "amount_in")]
    [InlineData("trigger = 'never'", "trigger")]
    [InlineData("direction = 'eq'", "direction")]
    [InlineData("target_price = -1, trigger = 'time'", "target_price")]
    [InlineData("target_price = 0", "trigger_by_price")]
    [InlineData("condition_token = NULL", "trigger_by_price")]
    [InlineData("direction = NULL", "trigger_by_price")]
    [InlineData("min_amount_out = -1", "min_amount_out")]
    [InlineData("min_amount_out = " + BeyondUInt128, "min_amount_out")]
    [InlineData("slippage_bps = -1", "slippage_bps")]
    [InlineData("slippage_bps = 10001", "slippage_bps")]
    [InlineData("max_deviation_bps = -1", "max_deviation_bps")]
    [InlineData("max_deviation_bps = 10001", "max_deviation_bps")]
    [InlineData("price_band_bps = -1", "price_band_bps")]
    [InlineData("price_band_bps = 10001", "price_band_bps")]
    [InlineData("signature = decode(repeat('aa', 100), 'hex')", "signature")]
    [InlineData("terms_bound = true, terms_signature = decode(repeat('aa', 102), 'hex')", "terms_signature")]
    [InlineData("terms_signature = decode(repeat('aa', 101), 'hex')", "terms_bound")]
    [InlineData("funding = 'gift'", "funding")]
    [InlineData("signature = NULL", "signature_until_ended")]
    [InlineData("account = 'a'", "account_of_funding")]
    [InlineData("funding = 'managed', signature = NULL", "account_of_funding")]
    [InlineData("interval_count = 0, interval_unit = 'day'", "interval_count")]
    [InlineData("interval_count = 1, interval_unit = 'fortnight'", "interval_unit")]
    [InlineData("interval_count = 1", "whole_interval")]
    [InlineData("attempts_max = 0", "attempts_max")]
    [InlineData("on_part_failed = 'weep'", "on_part_failed")]
    [InlineData("slippage_from = 'air'", "slippage_from")]
    [InlineData("status = 'lost'", "status")]
    [InlineData("status = 'cancelled'", "ended_at")]
    [InlineData("ended_at = now()", "ended_at")]
    public Task An_order_is_refused_with(string change, string rule) => RefusedAsync("orders", change, rule);

    [Theory]
    [InlineData("number = 0", "number")]
    [InlineData("amount_in = 0", "amount_in")]
    [InlineData("amount_in = " + BeyondUInt128, "amount_in")]
    [InlineData("trigger = 'never'", "trigger")]
    [InlineData("price_min = -1", "price_min")]
    [InlineData("price_max = -1", "price_max")]
    [InlineData("price_min = NULL, price_max = NULL", "trigger_by_price")]
    [InlineData("pair_id = NULL, wait_side = NULL, wait_price = NULL", "trigger_by_price")]
    [InlineData("rate_min = -1", "rate_min")]
    [InlineData("rate_max = -1", "rate_max")]
    [InlineData("rate_min = 2, rate_max = 1", "rates")]
    [InlineData("wait_side = 'sideways'", "wait_side")]
    [InlineData("wait_price = NULL", "wait_price")]
    [InlineData("wait_side = NULL", "wait_price")]
    [InlineData("wake_at = now()", "wait_for_one")]
    [InlineData("trigger = 'time', pair_id = NULL", "wait_for_one")]
    [InlineData("attempts_used = -1", "attempts_used")]
    [InlineData("attempts_max = 0", "attempts_max")]
    [InlineData("unquoted = -1", "unquoted")]
    [InlineData("below_min = -1", "below_min")]
    [InlineData("quote_route = 'a>b'", "whole_quote")]
    [InlineData("quote_route = 'a>b', quote_side = 'up', quote_rate = 1", "quote_side")]
    [InlineData("quote_route = 'a>b', quote_side = 'rise', quote_rate = -1", "quote_rate")]
    [InlineData("quote_route = 'a>b', quote_side = 'rise', quote_rate = 1, wake_at = now()", "wait_for_one")]
    [InlineData("end_as = 'confirmed'", "end_as")]
    [InlineData("intent_uuid = 'short'", "intent_uuid")]
    [InlineData("amount_out = -1", "amount_out")]
    [InlineData("amount_out = " + BeyondUInt128, "amount_out")]
    [InlineData("status = 'lost', wait_side = NULL, wait_price = NULL", "status")]
    [InlineData("status = 'executing', claim_id = gen_random_uuid()", "wait_while_waiting")]
    [InlineData("status = 'executing', wait_side = NULL, wait_price = NULL", "claim_id")]
    [InlineData("status = 'broadcast', wait_side = NULL, wait_price = NULL, tx_id = '0x'", "broadcast")]
    [InlineData("status = 'broadcast', wait_side = NULL, wait_price = NULL, was_sent = true", "broadcast")]
    [InlineData("status = 'confirmed', wait_side = NULL, wait_price = NULL", "ended_at")]
    [InlineData("ended_at = now()", "ended_at")]
    [InlineData("status = 'executing', wait_side = NULL, wait_price = NULL, claim_id = gen_random_uuid()", "stand")]
    [InlineData("queue_place = 1", "stand")]
    [InlineData("lease_until = now()", "stand")]
    [InlineData("not_after = now()", "stand")]
    [InlineData("closes_at = now()", "stand")]
    [InlineData("not_after = now(), closes_at = now(), end_as = 'expired'", "stand")]
    public Task A_slice_is_refused_with(string change, string rule) => RefusedAsync("slices", change, rule);

    [Theory]
    [InlineData("orders", "status = 'expired', ended_at = now()")]
    [InlineData("orders", "status = 'expired', ended_at = now(), signature = NULL")]
    [InlineData("orders", "terms_bound = true, terms_signature = decode(repeat('aa', 101), 'hex')")]
    [InlineData("orders", "funding = 'managed', signature = NULL, account = 'a', interval_count = 2, interval_unit = 'month'")]
    [InlineData("slices", "status = 'waiting', wait_side = NULL, wait_price = NULL, wake_at = now()")]
    [InlineData("slices", "not_after = now(), closes_at = now()")]
    [InlineData("slices", "status = 'executing', wait_side = NULL, wait_price = NULL, claim_id = gen_random_uuid(), queue_place = 1")]
    [InlineData("slices", "status = 'executing', wait_side = NULL, wait_price = NULL, claim_id = gen_random_uuid(), lease_until = now(), not_after = now()")]
    [InlineData("slices", "status = 'broadcast', wait_side = NULL, wait_price = NULL, tx_id = '0x', was_sent = true")]
    [InlineData("slices", "status = 'confirmed', wait_side = NULL, wait_price = NULL, ended_at = now(), amount_out = 0")]
    public async Task What_may_be_is_taken(string table, string change)
    {
        await using var connection = await SoundAsync();
        (await ChangeAsync(connection, table, change)).ShouldBe(1);
    }

    private async Task RefusedAsync(string table, string change, string rule)
    {
        await using var connection = await SoundAsync();
        var refused = await Should.ThrowAsync<PostgresException>(() => ChangeAsync(connection, table, change));
        refused.SqlState.ShouldBe(PostgresErrorCodes.CheckViolation);
        refused.TableName.ShouldBe(table);
        refused.ConstraintName.ShouldBe($"{table}_{rule}", "a row that breaks a rule names it");
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
