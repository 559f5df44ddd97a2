using System.Numerics;
using Npgsql;
using OrderService.Domain.Orders;
using OrderService.Engine.Persistence;
using OrderService.Engine.Sealing;
using static NpgsqlTypes.NpgsqlDbType;

namespace OrderService.Engine.Execution;

/// <summary>
/// The hot half of step 3: what claimed slices, locked before, have become and the attempts that are about to be sent, written and
/// committed in one round trip, whatever their number. Of a slice only what broadcasting, queueing or lacking funds changes is written.
/// </summary>
internal sealed class PreparedWrite(StoredBytes bytes)
{
    private const string SlicesStatement = SetSlices +
        """

        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
            AS b (order_id, number, status, reason, lease_until, tx_id, was_sent, unquoted, below_min, attempts_used, wake_at, funds_of, unfunded_since, queue_place, closes_at)
        """ + OfTheRow;

    // Where accounts call themselves, the nonce too that a slice holds until the chain has decided it, and whose calls it waits behind.
    private const string CalledSlicesStatement = SetSlices +
        """
        , calls_of = b.calls_of, origin_nonce = b.origin_nonce
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
            AS b (order_id, number, status, reason, lease_until, tx_id, was_sent, unquoted, below_min, attempts_used, wake_at, funds_of, unfunded_since, queue_place, closes_at, calls_of, origin_nonce)
        """ + OfTheRow;

    private const string SetSlices =
        """
        UPDATE slices s SET status = b.status, reason = b.reason, lease_until = b.lease_until, tx_id = b.tx_id, was_sent = b.was_sent,
            unquoted = b.unquoted, below_min = b.below_min, attempts_used = b.attempts_used, wake_at = b.wake_at, funds_of = b.funds_of, unfunded_since = b.unfunded_since,
            queue_place = b.queue_place, closes_at = b.closes_at
        """;

    private const string OfTheRow = " WHERE s.order_id = b.order_id AND s.number = b.number";

    // Of an order that is planned slice by slice, what a slice sells may be found when it is quoted.
    private const string SizesStatement =
        "UPDATE slices s SET amount_in = b.amount_in FROM unnest($1, $2, $3) AS b (order_id, number, amount_in) WHERE s.order_id = b.order_id AND s.number = b.number";

    private const string AttemptsStatement =
        """
        INSERT INTO outgoing_transactions (order_id, slice_number, kind, status, tx_id, raw, solver, nonce, fee, quoted_amount_out, min_amount_out, prepared_at, sends_count, last_sent_at, seen_height, is_final)
        SELECT a.*, false FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) AS a
        RETURNING id, tx_id
        """;

    // Where accounts call themselves, their nonces too.
    private const string CalledStatement =
        """
        INSERT INTO outgoing_transactions (order_id, slice_number, kind, status, tx_id, raw, solver, nonce, fee, quoted_amount_out, min_amount_out, prepared_at, sends_count, last_sent_at, seen_height,
            origin, origin_nonce, is_final)
        SELECT a.*, false FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) AS a
        RETURNING id, tx_id
        """;

    private readonly List<SliceOfOrder> _told = [];
    private readonly List<Slice> _slices = [];
    private readonly List<SwapAttempt> _attempts = [];
    private readonly List<SliceMove> _moves = [];

    /// <summary>Adds a slice that was moved to broadcast, with its attempt.</summary>
    public void Add(SliceOfOrder of, SwapAttempt attempt)
    {
        Add(of);
        _attempts.Add(attempt);
        if (of.Header.Account is not null)
            _moves.AddRange(SliceMove.OfBroadcast(of.Slice, attempt.PreparedAt).Select(move => move.For(of.Header)));
    }

    /// <summary>Adds a slice that went back to the queue, or waits for its funds.</summary>
    public void Add(SliceOfOrder of)
    {
        _told.Add(of);
        _slices.Add(of.Slice);
    }

    /// <summary>Writes it all and commits the transaction that the connection is in. The attempts have their keys from here on.</summary>
    public async Task CommitAsync(
        NpgsqlConnection connection, GroupLock groups, HoldLock holds, PayerQueues payers, CancellationToken token)
    {
        if (_moves.Count > 0) await ReservationLedger.MoveAsync(connection, _moves, token);
        await using var batch = new NpgsqlBatch(connection);
        foreach (var slot in groups.Writes()) batch.BatchCommands.Add(slot);
        foreach (var move in HoldLedger.Move(holds.Moves)) batch.BatchCommands.Add(move);
        foreach (var write in payers.Writes()) batch.BatchCommands.Add(write);
        batch.BatchCommands.Add(Slices());
        if (_slices.Exists(IsSized)) batch.BatchCommands.Add(Sizes());
        var events = _told.SelectMany(of => of.TakeNews()).ToArray();
        if (events.Length > 0) batch.BatchCommands.Add(EventRows.Append(events));
        // The only one of them that answers rows.
        if (_attempts.Count > 0) batch.BatchCommands.Add(Attempts());
        batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        await using var reader = await batch.ExecuteReaderAsync(token);
        var attempts = _attempts.ToDictionary(attempt => attempt.TxId);
        while (await reader.ReadAsync(token)) attempts[reader.GetString(1)].Stored(reader.GetInt64(0));
        await reader.NextResultAsync(token); // throws where what followed the rows did not succeed
    }

    private NpgsqlBatchCommand Slices()
    {
        var isCalled = _told.Exists(of => of.Header.IsCalled);
        var command = new NpgsqlBatchCommand(isCalled ? CalledSlicesStatement : SlicesStatement);
        command.AddColumn(Uuid, _slices, s => s.OrderId);
        command.AddColumn(Integer, _slices, s => s.Number);
        command.AddColumn(Text, _slices, s => Words.Of(s.Status));
        command.AddColumn(Text, _slices, s => s.Reason);
        command.AddColumn(TimestampTz, _slices, s => Sql.Moment(s.LeaseUntil));
        command.AddColumn(Text, _slices, s => s.TxId);
        command.AddColumn(NpgsqlTypes.NpgsqlDbType.Boolean, _slices, s => s.WasSent);
        command.AddColumn(Integer, _slices, s => s.Unquoted);
        command.AddColumn(Integer, _slices, s => s.BelowMin);
        command.AddColumn(Integer, _slices, s => s.AttemptsUsed);
        command.AddColumn(TimestampTz, _slices, s => Sql.Moment(s.WakeAt));
        command.AddColumn(Text, _slices, s => s.FundsOf);
        command.AddColumn(TimestampTz, _slices, s => Sql.Moment(s.UnfundedSince));
        command.AddColumn(Bigint, _slices, s => s.QueuePlace);
        command.AddColumn(TimestampTz, _slices, s => Sql.Moment(s.ClosesAt));
        if (!isCalled) return command;
        command.AddColumn(Text, _slices, s => s.CallsOf);
        command.AddColumn(Bigint, _slices, s => s.OriginNonce);
        return command;
    }

    // One that goes back to the queue may take as much as before, and is sized again when its turn comes.
    private static bool IsSized(Slice slice) => slice is { Planned: not null, Status: SliceStatus.Broadcast };

    private NpgsqlBatchCommand Sizes()
    {
        var planned = _slices.FindAll(IsSized);
        var command = new NpgsqlBatchCommand(SizesStatement);
        command.AddColumn(Uuid, planned, s => s.OrderId);
        command.AddColumn(Integer, planned, s => s.Number);
        command.AddColumn(Numeric, planned, s => Sql.Number(s.AmountIn));
        return command;
    }

    // Sealed until their first send, which follows this commit: what reads them again opens them.
    private NpgsqlBatchCommand Attempts()
    {
        var isCalled = _attempts.Exists(attempt => attempt.Origin is not null);
        var command = new NpgsqlBatchCommand(isCalled ? CalledStatement : AttemptsStatement);
        command.AddColumn(Uuid, _attempts, a => a.OrderId);
        command.AddColumn(Integer, _attempts, a => a.SliceNumber);
        command.AddColumn(Text, _attempts, a => Words.Of(a.Kind));
        command.AddColumn(Text, _attempts, a => Words.Of(a.Status));
        command.AddColumn(Text, _attempts, a => a.TxId);
        command.AddColumn(Bytea, _attempts, a => bytes.Close(a.Raw, a.TxId));
        command.AddColumn(Text, _attempts, a => a.Solver.ToString());
        command.AddColumn(Bigint, _attempts, a => a.Nonce);
        command.AddColumn(Numeric, _attempts, a => Sql.Number(a.Fee));
        command.AddColumn<SwapAttempt, BigInteger?>(Numeric, _attempts, a => Sql.Number(a.QuotedAmountOut));
        command.AddColumn<SwapAttempt, BigInteger?>(Numeric, _attempts, a => Sql.Number(a.MinAmountOut));
        command.AddColumn(TimestampTz, _attempts, a => a.PreparedAt.UtcDateTime);
        command.AddColumn(Integer, _attempts, a => a.SendsCount);
        command.AddColumn(TimestampTz, _attempts, a => a.LastSentAt.UtcDateTime);
        command.AddColumn(Bigint, _attempts, a => a.SeenHeight);
        if (!isCalled) return command;
        command.AddColumn(Text, _attempts, a => a.Origin?.ToString());
        command.AddColumn(Bigint, _attempts, a => a.OriginNonce);
        return command;
    }
}
