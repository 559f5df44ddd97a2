using System.Numerics;
using Npgsql;
using NpgsqlTypes;
using OrderService.Domain.Orders;

namespace OrderService.Persistence;

/// <summary>An order on its way into the store, with the number of the pair it watches.</summary>
internal sealed record OrderRow(Order Order, int? PairId);

/// <summary>Inserts a batch of orders with their slices and first events in one statement; returns the ids that were new.</summary>
internal static class OrderInsert
{
    // The slices and events join the orders that were really inserted: a uuid that is taken inserts nothing at all.
    private const string Statement =
        """
        WITH input AS (
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
                    $25, $26, $27, $28, $29, $30, $31, $32)
                AS t(id, uuid, dialect, owner, recipient, sell_token, buy_token, amount_in, router, chain_id, trigger, condition_token, base_asset,
                     direction, target_price, valid_from, valid_to, min_amount_out, slippage_bps, signature, terms_signature, client_fields, created_at, accepts_unprotected,
                     funding, account, interval_count, interval_unit, keeps_distance, attempts_max, on_part_failed, slippage_from)),
        stored AS (
            INSERT INTO orders (id, uuid, dialect, owner, recipient, sell_token, buy_token, amount_in, router, chain_id, trigger, condition_token, base_asset,
                     direction, target_price, valid_from, valid_to, min_amount_out, slippage_bps, signature, terms_signature, client_fields, created_at, accepts_unprotected,
                     funding, account, interval_count, interval_unit, keeps_distance, attempts_max, on_part_failed, slippage_from, status)
            SELECT id, uuid, dialect, owner, recipient, sell_token, buy_token, amount_in, router, chain_id, trigger, condition_token, base_asset,
                     direction, target_price, valid_from, valid_to, min_amount_out, slippage_bps, signature, terms_signature, client_fields::json, created_at, accepts_unprotected,
                     funding, account, interval_count, interval_unit, keeps_distance, attempts_max, on_part_failed, slippage_from, 'open'
            FROM input
            ON CONFLICT (id) DO NOTHING RETURNING id),
        parts AS (
            SELECT * FROM unnest($33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49)
                AS p(id, number, amount_in, trigger, pair_id, price_min, price_max, not_before, not_after, wake_at, wait_side, wait_price, attempts_max, created_at,
                     intent_uuid, rate_min, rate_max)),
        sliced AS (
            INSERT INTO slices (order_id, number, amount_in, trigger, pair_id, price_min, price_max, not_before, not_after, wake_at, wait_side, wait_price,
                     attempts_max, created_at, intent_uuid, rate_min, rate_max, status, attempts_used, unquoted, was_sent)
            SELECT p.id, p.number, p.amount_in, p.trigger, p.pair_id, p.price_min, p.price_max, p.not_before, p.not_after, p.wake_at, p.wait_side, p.wait_price,
                     p.attempts_max, p.created_at, p.intent_uuid, p.rate_min, p.rate_max, 'waiting', 0, 0, false
            FROM parts p JOIN stored USING (id)),
        told AS (
            INSERT INTO order_events (order_id, kind, at) SELECT i.id, 'created', i.created_at FROM input i JOIN stored USING (id))
        SELECT id FROM stored
        """;

    public static async Task<HashSet<Guid>> WriteAsync(NpgsqlConnection connection, IReadOnlyList<OrderRow> rows, CancellationToken token)
    {
        await using var command = new NpgsqlCommand(Statement, connection);
        AddOrders(command, rows);
        AddSlices(command, rows.SelectMany(r => r.Order.Slices, (row, slice) => (row.PairId, Slice: slice)).ToArray());
        await using var reader = await command.ExecuteReaderAsync(token);
        var stored = new HashSet<Guid>(rows.Count);
        while (await reader.ReadAsync(token)) stored.Add(reader.GetGuid(0));
        return stored;
    }

    private static void AddOrders(NpgsqlCommand command, IReadOnlyList<OrderRow> rows)
    {
        command.AddColumn(NpgsqlDbType.Uuid, rows, r => r.Order.Id);
        command.AddColumn(NpgsqlDbType.Text, rows, r => r.Order.Terms.Uuid.ToString());
        command.AddColumn(NpgsqlDbType.Text, rows, r => r.Order.Dialect);
        command.AddColumn(NpgsqlDbType.Text, rows, r => r.Order.Terms.Owner.ToString());
        command.AddColumn(NpgsqlDbType.Text, rows, r => r.Order.Terms.Recipient.ToString());
        command.AddColumn(NpgsqlDbType.Text, rows, r => r.Order.Terms.SellToken.ToString());
        command.AddColumn(NpgsqlDbType.Text, rows, r => r.Order.Terms.BuyToken.ToString());
        command.AddColumn(NpgsqlDbType.Numeric, rows, r => Sql.Number(r.Order.Terms.AmountIn));
        command.AddColumn(NpgsqlDbType.Text, rows, r => r.Order.Terms.Router.ToString());
        command.AddColumn(NpgsqlDbType.Bigint, rows, r => (long)r.Order.Terms.ChainId);
        command.AddColumn(NpgsqlDbType.Text, rows, r => Words.Of(r.Order.Terms.Trigger));
        command.AddColumn(NpgsqlDbType.Text, rows, r => r.Order.Terms.ConditionToken?.ToString());
        command.AddColumn(NpgsqlDbType.Text, rows, r => r.Order.Terms.BaseAsset?.ToString());
        command.AddColumn(NpgsqlDbType.Text, rows, r => r.Order.Terms.Direction is { } direction ? Words.Of(direction) : null);
        command.AddColumn<OrderRow, BigInteger?>(NpgsqlDbType.Numeric, rows, r => Sql.Number(r.Order.Terms.TargetPrice));
        command.AddColumn(NpgsqlDbType.TimestampTz, rows, r => Sql.Moment(r.Order.Terms.ValidFrom));
        command.AddColumn(NpgsqlDbType.TimestampTz, rows, r => Sql.Moment(r.Order.Terms.ValidTo));
        command.AddColumn<OrderRow, BigInteger?>(NpgsqlDbType.Numeric, rows, r => Sql.Number(r.Order.Terms.MinAmountOut));
        command.AddColumn(NpgsqlDbType.Integer, rows, r => r.Order.Terms.SlippageBps);
        command.AddColumn(NpgsqlDbType.Text, rows, r => r.Order.Signature);
        command.AddColumn(NpgsqlDbType.Text, rows, r => r.Order.TermsSignature);
        command.AddColumn(NpgsqlDbType.Text, rows, r => r.Order.ClientFields);
        command.AddColumn(NpgsqlDbType.TimestampTz, rows, r => r.Order.CreatedAt.UtcDateTime);
        command.AddColumn(NpgsqlDbType.Boolean, rows, r => r.Order.Terms.AcceptsUnprotectedOutput);
        AddRules(command, rows);
    }

    private static void AddRules(NpgsqlCommand command, IReadOnlyList<OrderRow> rows)
    {
        command.AddColumn(NpgsqlDbType.Text, rows, r => Words.Of(r.Order.Funding));
        command.AddColumn(NpgsqlDbType.Text, rows, r => r.Order.Account?.ToString());
        command.AddColumn(NpgsqlDbType.Integer, rows, r => r.Order.Rules.IntervalCount);
        command.AddColumn(NpgsqlDbType.Text, rows, r => r.Order.Rules.IntervalUnit is { } unit ? Words.Of(unit) : null);
        command.AddColumn(NpgsqlDbType.Boolean, rows, r => r.Order.Rules.KeepsDistance);
        command.AddColumn(NpgsqlDbType.Integer, rows, r => r.Order.Rules.AttemptsMax);
        command.AddColumn(NpgsqlDbType.Text, rows, r => Words.Of(r.Order.Rules.OnPartFailed));
        command.AddColumn(NpgsqlDbType.Text, rows, r => Words.Of(r.Order.Rules.Slippage));
    }

    private static void AddSlices(NpgsqlCommand command, IReadOnlyList<(int? PairId, Slice Slice)> rows)
    {
        command.AddColumn(NpgsqlDbType.Uuid, rows, r => r.Slice.OrderId);
        command.AddColumn(NpgsqlDbType.Integer, rows, r => r.Slice.Number);
        command.AddColumn(NpgsqlDbType.Numeric, rows, r => Sql.Number(r.Slice.AmountIn));
        command.AddColumn(NpgsqlDbType.Text, rows, r => Words.Of(r.Slice.Trigger));
        command.AddColumn(NpgsqlDbType.Integer, rows, r => r.PairId);
        command.AddColumn<(int?, Slice Slice), BigInteger?>(NpgsqlDbType.Numeric, rows, r => Sql.Number(r.Slice.PriceMin));
        command.AddColumn<(int?, Slice Slice), BigInteger?>(NpgsqlDbType.Numeric, rows, r => Sql.Number(r.Slice.PriceMax));
        command.AddColumn(NpgsqlDbType.TimestampTz, rows, r => Sql.Moment(r.Slice.NotBefore));
        command.AddColumn(NpgsqlDbType.TimestampTz, rows, r => Sql.Moment(r.Slice.NotAfter));
        command.AddColumn(NpgsqlDbType.TimestampTz, rows, r => Sql.Moment(r.Slice.WakeAt));
        command.AddColumn(NpgsqlDbType.Text, rows, r => r.Slice.WaitSide is { } side ? Words.Of(side) : null);
        command.AddColumn<(int?, Slice Slice), BigInteger?>(NpgsqlDbType.Numeric, rows, r => Sql.Number(r.Slice.WaitPrice));
        command.AddColumn(NpgsqlDbType.Integer, rows, r => r.Slice.AttemptsMax);
        command.AddColumn(NpgsqlDbType.TimestampTz, rows, r => r.Slice.CreatedAt.UtcDateTime);
        command.AddColumn(NpgsqlDbType.Text, rows, r => r.Slice.IntentUuid);
        command.AddColumn<(int?, Slice Slice), BigInteger?>(NpgsqlDbType.Numeric, rows, r => Sql.Number(r.Slice.RateMin));
        command.AddColumn<(int?, Slice Slice), BigInteger?>(NpgsqlDbType.Numeric, rows, r => Sql.Number(r.Slice.RateMax));
    }
}
