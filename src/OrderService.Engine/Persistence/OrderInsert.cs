using System.Numerics;
using Npgsql;
using OrderService.Domain.Accounts;
using OrderService.Domain.Orders;
using static NpgsqlTypes.NpgsqlDbType;

namespace OrderService.Engine.Persistence;

/// <summary>An order on its way into the store, with the number of the pair it watches.</summary>
internal sealed record OrderRow(Order Order, int? PairId)
{
    /// <summary>What a limited API key sells with it.</summary>
    public KeySale? Sale { get; init; }

    /// <summary>The account that pays; null where a wallet does.</summary>
    public ManagedAccount? Payer { get; init; }
}

/// <summary>
/// Inserts a batch of orders with their slices and first events in one statement; returns the ids that were new. A batch of plain orders,
/// one signed swap each, leaves the columns of schedules and accounts to their defaults: each column costs, and most batches have no need
/// of them.
/// </summary>
internal static class OrderInsert
{
    private sealed record Column<TRow>(string Name, Action<NpgsqlCommand, IReadOnlyList<TRow>> Add, string? Cast = null);

    private sealed record SlicePart(int? PairId, Slice Slice);

    private static readonly Column<OrderRow>[] PlainOrder =
    [
        new("id", (c, rows) => c.AddColumn(Uuid, rows, r => r.Order.Id)),
        new("uuid", (c, rows) => c.AddColumn(Text, rows, r => r.Order.Terms.Uuid.ToString())),
        new("dialect", (c, rows) => c.AddColumn(Text, rows, r => r.Order.Dialect)),
        new("owner", (c, rows) => c.AddColumn(Text, rows, r => r.Order.Terms.Owner.ToString())),
        new("recipient", (c, rows) => c.AddColumn(Text, rows, r => r.Order.Terms.Recipient.ToString())),
        new("sell_token", (c, rows) => c.AddColumn(Text, rows, r => r.Order.Terms.SellToken.ToString())),
        new("buy_token", (c, rows) => c.AddColumn(Text, rows, r => r.Order.Terms.BuyToken.ToString())),
        new("amount_in", (c, rows) => c.AddColumn(Numeric, rows, r => Sql.Number(r.Order.Terms.AmountIn))),
        new("router", (c, rows) => c.AddColumn(Text, rows, r => r.Order.Terms.Router.ToString())),
        new("chain_id", (c, rows) => c.AddColumn(Bigint, rows, r => (long)r.Order.Terms.ChainId)),
        new("trigger", (c, rows) => c.AddColumn(Text, rows, r => Words.Of(r.Order.Terms.Trigger))),
        new("condition_token", (c, rows) => c.AddColumn(Text, rows, r => r.Order.Terms.ConditionToken?.ToString())),
        new("base_asset", (c, rows) => c.AddColumn(Text, rows, r => r.Order.Terms.BaseAsset?.ToString())),
        new("direction", (c, rows) => c.AddColumn(Text, rows, r => r.Order.Terms.Direction is { } direction ? Words.Of(direction) : null)),
        new("target_price", (c, rows) => c.AddColumn<OrderRow, BigInteger?>(Numeric, rows, r => Sql.Number(r.Order.Terms.TargetPrice))),
        new("valid_from", (c, rows) => c.AddColumn(TimestampTz, rows, r => Sql.Moment(r.Order.Terms.ValidFrom))),
        new("valid_to", (c, rows) => c.AddColumn(TimestampTz, rows, r => Sql.Moment(r.Order.Terms.ValidTo))),
        new("min_amount_out", (c, rows) => c.AddColumn<OrderRow, BigInteger?>(Numeric, rows, r => Sql.Number(r.Order.Terms.MinAmountOut))),
        new("slippage_bps", (c, rows) => c.AddColumn(Integer, rows, r => r.Order.Terms.SlippageBps)),
        new("price_band_bps", (c, rows) => c.AddColumn(Integer, rows, r => r.Order.PriceBandBps)),
        new("signature", (c, rows) => c.AddColumn(Bytea, rows, r => r.Order.SealedSignature)),
        new("client_fields", (c, rows) => c.AddColumn(Text, rows, r => r.Order.ClientFields), "json"),
        new("created_at", (c, rows) => c.AddColumn(TimestampTz, rows, r => r.Order.CreatedAt.UtcDateTime)),
    ];

    private static readonly Column<OrderRow>[] AnyOrder =
    [
        .. PlainOrder,
        new("terms_signature", (c, rows) => c.AddColumn(Bytea, rows, r => r.Order.SealedTermsSignature)),
        new("terms_bound", (c, rows) => c.AddColumn(NpgsqlTypes.NpgsqlDbType.Boolean, rows, r => r.Order.IsTermsBound)),
        new("accepts_unprotected",
            (c, rows) => c.AddColumn(NpgsqlTypes.NpgsqlDbType.Boolean, rows, r => r.Order.Terms.AcceptsUnprotectedOutput)),
        new("max_deviation_bps", (c, rows) => c.AddColumn(Integer, rows, r => r.Order.Terms.MaxDeviationBps)),
        new("limit_price", (c, rows) => c.AddColumn<OrderRow, BigInteger?>(Numeric, rows, r => Sql.Number(r.Order.Terms.LimitPrice))),
        new("is_immediate", (c, rows) => c.AddColumn(NpgsqlTypes.NpgsqlDbType.Boolean, rows, r => r.Order.Terms.IsImmediate)),
        new("trailing_bps", (c, rows) => c.AddColumn(Integer, rows, r => r.Order.Terms.TrailingBps)),
        new("trailing_amount",
            (c, rows) => c.AddColumn<OrderRow, BigInteger?>(Numeric, rows, r => Sql.Number(r.Order.Terms.TrailingAmount))),
        new("kind", (c, rows) => c.AddColumn(Text, rows, r => Words.Of(r.Order.Kind))),
        new("group_id", (c, rows) => c.AddColumn(Uuid, rows, r => r.Order.Terms.GroupId)),
        new("leg", (c, rows) => c.AddColumn(Integer, rows, r => r.Order.Terms.Leg)),
        new("public_id", (c, rows) => c.AddColumn(Text, rows, r => r.Order.PublicId)),
        new("strategy_id", (c, rows) => c.AddColumn(Text, rows, r => r.Order.StrategyId)),
        new("funding", (c, rows) => c.AddColumn(Text, rows, r => Words.Of(r.Order.Funding))),
        new("account", (c, rows) => c.AddColumn(Text, rows, r => r.Order.Account?.ToString())),
        new("parts", (c, rows) => c.AddColumn(Integer, rows, r => r.Order.Rules.Parts)),
        new("anchor", (c, rows) => c.AddColumn(TimestampTz, rows, r => Sql.Moment(r.Order.Anchor))),
        new("interval_count", (c, rows) => c.AddColumn(Integer, rows, r => r.Order.Rules.IntervalCount)),
        new("interval_unit", (c, rows) => c.AddColumn(Text, rows, r => r.Order.Rules.IntervalUnit is { } unit ? Words.Of(unit) : null)),
        new("keeps_distance", (c, rows) => c.AddColumn(NpgsqlTypes.NpgsqlDbType.Boolean, rows, r => r.Order.Rules.KeepsDistance)),
        new("attempts_max", (c, rows) => c.AddColumn(Integer, rows, r => r.Order.Rules.AttemptsMax)),
        new("on_part_failed", (c, rows) => c.AddColumn(Text, rows, r => Words.Of(r.Order.Rules.OnPartFailed))),
        new("is_curve", (c, rows) => c.AddColumn(NpgsqlTypes.NpgsqlDbType.Boolean, rows, r => r.Order.IsCurve)),
        new("slippage_from", (c, rows) => c.AddColumn(Text, rows, r => Words.Of(r.Order.Rules.Slippage))),
    ];

    private static readonly Column<SlicePart>[] PlainSlice =
    [
        new("order_id", (c, rows) => c.AddColumn(Uuid, rows, r => r.Slice.OrderId)),
        new("number", (c, rows) => c.AddColumn(Integer, rows, r => r.Slice.Number)),
        new("amount_in", (c, rows) => c.AddColumn(Numeric, rows, r => Sql.Number(r.Slice.AmountIn))),
        new("trigger", (c, rows) => c.AddColumn(Text, rows, r => Words.Of(r.Slice.Trigger))),
        new("pair_id", (c, rows) => c.AddColumn(Integer, rows, r => r.PairId)),
        new("price_min", (c, rows) => c.AddColumn<SlicePart, BigInteger?>(Numeric, rows, r => Sql.Number(r.Slice.PriceMin))),
        new("price_max", (c, rows) => c.AddColumn<SlicePart, BigInteger?>(Numeric, rows, r => Sql.Number(r.Slice.PriceMax))),
        new("not_before", (c, rows) => c.AddColumn(TimestampTz, rows, r => Sql.Moment(r.Slice.NotBefore))),
        new("not_after", (c, rows) => c.AddColumn(TimestampTz, rows, r => Sql.Moment(r.Slice.NotAfter))),
        new("closes_at", (c, rows) => c.AddColumn(TimestampTz, rows, r => Sql.Moment(r.Slice.ClosesAt))),
        new("wake_at", (c, rows) => c.AddColumn(TimestampTz, rows, r => Sql.Moment(r.Slice.WakeAt))),
        new("wait_side", (c, rows) => c.AddColumn(Text, rows, r => r.Slice.WaitSide is { } side ? Words.Of(side) : null)),
        new("wait_price", (c, rows) => c.AddColumn<SlicePart, BigInteger?>(Numeric, rows, r => Sql.Number(r.Slice.WaitPrice))),
        new("attempts_max", (c, rows) => c.AddColumn(Integer, rows, r => r.Slice.AttemptsMax)),
        new("created_at", (c, rows) => c.AddColumn(TimestampTz, rows, r => r.Slice.CreatedAt.UtcDateTime)),
    ];

    private static readonly Column<SlicePart>[] AnySlice =
    [
        .. PlainSlice,
        new("reason", (c, rows) => c.AddColumn(Text, rows, r => r.Slice.Reason)),
        new("intent_uuid", (c, rows) => c.AddColumn(Text, rows, r => r.Slice.IntentUuid)),
        new("trail", (c, rows) => c.AddColumn<SlicePart, BigInteger?>(Numeric, rows, r => Sql.Number(r.Slice.Trail))),
        new("planned", (c, rows) => c.AddColumn<SlicePart, BigInteger?>(Numeric, rows, r => Sql.Number(r.Slice.Planned))),
        new("any_price_from", (c, rows) => c.AddColumn(TimestampTz, rows, r => Sql.Moment(r.Slice.AnyPriceFrom))),
        new("rate_min", (c, rows) => c.AddColumn<SlicePart, BigInteger?>(Numeric, rows, r => Sql.Number(r.Slice.RateMin))),
        new("rate_max", (c, rows) => c.AddColumn<SlicePart, BigInteger?>(Numeric, rows, r => Sql.Number(r.Slice.RateMax))),
    ];

    private static readonly string PlainStatement = Statement(PlainOrder, PlainSlice);
    private static readonly string AnyStatement = Statement(AnyOrder, AnySlice);

    public static async Task<HashSet<Guid>> WriteAsync(NpgsqlConnection connection, IReadOnlyList<OrderRow> rows, CancellationToken token)
    {
        await using var command = Command(connection, rows);
        await using var reader = await command.ExecuteReaderAsync(token);
        var stored = new HashSet<Guid>(rows.Count);
        while (await reader.ReadAsync(token)) stored.Add(reader.GetGuid(0));
        return stored;
    }

    /// <summary>The same, for a thread that may wait.</summary>
    public static HashSet<Guid> Write(NpgsqlConnection connection, IReadOnlyList<OrderRow> rows)
    {
        using var command = Command(connection, rows);
        using var reader = command.ExecuteReader();
        var stored = new HashSet<Guid>(rows.Count);
        while (reader.Read()) stored.Add(reader.GetGuid(0));
        return stored;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, IReadOnlyList<OrderRow> rows)
    {
        var parts = rows.SelectMany(r => r.Order.Slices, (row, slice) => new SlicePart(row.PairId, slice)).ToArray();
        var isPlain = rows.All(IsPlain);
        var command = new NpgsqlCommand(isPlain ? PlainStatement : AnyStatement, connection);
        foreach (var column in isPlain ? PlainOrder : AnyOrder) column.Add(command, rows);
        foreach (var column in isPlain ? PlainSlice : AnySlice) column.Add(command, parts);
        command.AddColumn(Text, rows, r => r.Order.Actor);
        return command;
    }

    private static bool IsPlain(OrderRow row) =>
        row.Order is { Funding: FundingKind.Signed, Kind: OrderKind.Swap, PublicId: null, StrategyId: null, IsTermsBound: false,
            Slices: [{ IntentUuid: null, RateMin: null, RateMax: null, Trail: null }],
            Terms: { AcceptsUnprotectedOutput: false, MaxDeviationBps: null, IsImmediate: false, GroupId: null } } order
        && order.Rules == ScheduleRules.None;

    // The slices and events join the orders that were really inserted: a uuid that is taken inserts nothing at all, nor does one whose
    // order has ended and left.
    private static string Statement(Column<OrderRow>[] order, Column<SlicePart>[] slice)
    {
        var (orderNames, sliceNames) = (string.Join(", ", order.Select(c => c.Name)), string.Join(", ", slice.Select(c => c.Name)));
        return $"""
            WITH input AS (SELECT * FROM unnest({Parameters(1, order.Length)}, ${1 + order.Length + slice.Length}) AS t({orderNames}, actor)),
            stored AS (
                INSERT INTO orders ({orderNames}, status) SELECT {string.Join(", ", order.Select(c => c.Cast is null ? c.Name : $"{c.Name}::{c.Cast}"))}, 'open' FROM input
                WHERE (SELECT k.id FROM order_ids k WHERE k.id = input.id) IS NULL
                ON CONFLICT (id) DO NOTHING RETURNING id),
            parts AS (SELECT * FROM unnest({Parameters(1 + order.Length, slice.Length)}) AS p({sliceNames})),
            sliced AS (
                INSERT INTO slices ({sliceNames}, status, attempts_used, unquoted, was_sent)
                SELECT {string.Join(", ", slice.Select(c => $"p.{c.Name}"))}, 'waiting', 0, 0, false FROM parts p JOIN stored ON stored.id = p.order_id),
            told AS (INSERT INTO order_events (order_id, kind, at, actor, owner, order_status) SELECT i.id, 'created', i.created_at, i.actor, i.owner, 'open' FROM input i JOIN stored USING (id))
            SELECT id FROM stored
            """;
    }

    private static string Parameters(int first, int count) => string.Join(", ", Enumerable.Range(first, count).Select(i => $"${i}"));
}
