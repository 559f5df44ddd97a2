using System.Numerics;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;

namespace OrderService.Engine.Persistence;

/// <summary>
/// What managed orders have set aside. It moves in the transaction of the slices; the constraints of the table hold its rule.
/// </summary>
internal static class ReservationLedger
{
    private const string MoveStatement =
        """
        WITH moves AS (
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) AS m(order_id, number, kind, amount, spent, reserved, in_flight, returned, at, actor, reservation, token)),
        sums AS (
            SELECT reservation, token, sum(spent) AS spent, sum(reserved) AS reserved, sum(in_flight) AS in_flight, sum(returned) AS returned FROM moves GROUP BY reservation, token),
        moved AS (
            UPDATE reservations r SET spent = r.spent + s.spent, reserved = r.reserved + s.reserved, in_flight = r.in_flight + s.in_flight, returned = r.returned + s.returned
            FROM sums s WHERE r.order_id = s.reservation AND r.token = s.token RETURNING r.order_id, r.account_id, r.token)
        INSERT INTO account_entries (account_id, token, order_id, slice_number, kind, amount, at, actor)
        SELECT d.account_id, d.token, m.order_id, m.number, m.kind, m.amount, m.at, m.actor FROM moves m JOIN moved d ON d.order_id = m.reservation AND d.token = m.token ORDER BY m.order_id, m.number
        """;

    // What was swapped of it is spent by now, and the rest is in no transaction.
    private const string ReleaseStatement =
        """
        WITH rest AS (SELECT order_id, token, reserved FROM reservations WHERE order_id = ANY($1) AND reserved > 0 AND in_flight = 0 ORDER BY order_id, token FOR NO KEY UPDATE),
        released AS (
            UPDATE reservations r SET returned = r.returned + l.reserved, reserved = 0 FROM rest l WHERE r.order_id = l.order_id AND r.token = l.token RETURNING r.order_id, r.account_id, r.token, l.reserved)
        INSERT INTO account_entries (account_id, token, order_id, kind, amount, at, actor) SELECT account_id, token, order_id, 'returned', reserved, $2, $3 FROM released
        """;

    private const string TopUpStatement =
        """
        WITH raised AS (
            UPDATE reservations SET initial = initial + $2, reserved = reserved + $2 WHERE order_id = $1 RETURNING order_id, account_id, token)
        INSERT INTO account_entries (account_id, token, order_id, kind, amount, at, actor) SELECT account_id, token, order_id, 'topped_up', $2, $3, $4 FROM raised
        """;

    private const string OpenStatement =
        """
        WITH opened AS (
            INSERT INTO reservations AS r (order_id, account_id, token, initial, spent, reserved, in_flight, returned) VALUES ($1, $2, $3, $4, 0, $4, 0, 0)
            ON CONFLICT (order_id, token) DO UPDATE SET initial = r.initial + EXCLUDED.initial, reserved = r.reserved + EXCLUDED.reserved)
        INSERT INTO account_entries (account_id, token, order_id, kind, amount, at, actor) VALUES ($2, $3, $7, 'reserved', $4, $5, $6)
        """;

    /// <summary>
    /// Sets a new order's whole amount aside, in the transaction in which it is stored; and what a later <paramref name="leg"/> of a group
    /// sells, by the id of the first and beside what that one had, when its turn comes.
    /// </summary>
    public static async Task OpenAsync(
        OrdersDb db, Reservation reservation, DateTimeOffset at, string actor, CancellationToken token, Guid? leg = null)
    {
        await using var command = new NpgsqlCommand(OpenStatement, db.TransactionConnection());
        command.Add(reservation.OrderId);
        command.Add(reservation.AccountId);
        command.Add(reservation.Token.ToString());
        command.Add<BigInteger>(Sql.Number(reservation.Initial));
        command.Add(at.UtcDateTime);
        command.Add(actor);
        command.Add(leg ?? reservation.OrderId);
        await command.ExecuteNonQueryAsync(token);
    }

    /// <summary>Sets more aside for an order, in the transaction in which it is changed.</summary>
    public static async Task TopUpAsync(
        OrdersDb db, Guid orderId, TokenAmount amount, DateTimeOffset at, string actor, CancellationToken token)
    {
        await using var command = new NpgsqlCommand(TopUpStatement, db.TransactionConnection());
        command.Add(orderId);
        command.Add<BigInteger>(Sql.Number(amount));
        command.Add(at.UtcDateTime);
        command.Add(actor);
        if (await command.ExecuteNonQueryAsync(token) != 1)
            throw new InvalidDataException("a managed order without a reservation was to set more aside");
    }

    /// <summary>
    /// Moves amounts between their states, in the transaction that the connection is in. An order without a reservation is a fault: nothing
    /// of it may start.
    /// </summary>
    public static async Task MoveAsync(NpgsqlConnection connection, IReadOnlyList<SliceMove> moves, CancellationToken token)
    {
        await using var command = new NpgsqlCommand(MoveStatement, connection);
        command.AddColumn(NpgsqlDbType.Uuid, moves, m => m.OrderId);
        command.AddColumn(NpgsqlDbType.Integer, moves, m => m.SliceNumber);
        command.AddColumn(NpgsqlDbType.Text, moves, m => m.Move.Kind);
        command.AddColumn(NpgsqlDbType.Numeric, moves, m => Sql.Number(m.Move.Amount));
        command.AddColumn(NpgsqlDbType.Numeric, moves, m => Change(m.Move, state => state == FundsState.Spent));
        command.AddColumn(NpgsqlDbType.Numeric, moves, m => Change(m.Move, state => state is FundsState.Reserved or FundsState.InFlight));
        command.AddColumn(NpgsqlDbType.Numeric, moves, m => Change(m.Move, state => state == FundsState.InFlight));
        command.AddColumn(NpgsqlDbType.Numeric, moves, m => Change(m.Move, state => state == FundsState.Returned));
        command.AddColumn(NpgsqlDbType.TimestampTz, moves, m => m.At.UtcDateTime);
        command.AddColumn(NpgsqlDbType.Text, moves, m => m.Actor);
        command.AddColumn(NpgsqlDbType.Uuid, moves, m => m.ReservationId);
        command.AddColumn(NpgsqlDbType.Text, moves, m => m.Token);
        if (await command.ExecuteNonQueryAsync(token) != moves.Count)
            throw new InvalidDataException("a managed order without a reservation was to move funds");
    }

    /// <summary>
    /// Gives back what is left of reservations of which nothing will be swapped any more, in the transaction in which that became so. What
    /// was given back before is left alone.
    /// </summary>
    public static async Task ReleaseAsync(NpgsqlConnection connection, Guid[] reservations, DateTimeOffset at, CancellationToken token)
    {
        await using var command = new NpgsqlCommand(ReleaseStatement, connection);
        command.Add(reservations);
        command.Add(at.UtcDateTime);
        command.Add(Domain.Orders.Actors.System);
        await command.ExecuteNonQueryAsync(token);
    }

    /// <summary>The connection of the context's transaction. What is set aside changes in no other.</summary>
    public static NpgsqlConnection TransactionConnection(this OrdersDb db) => db.Database.CurrentTransaction is null
        ? throw new System.Diagnostics.UnreachableException("what is set aside changes only in the transaction of its order")
        : (NpgsqlConnection)db.Database.GetDbConnection();

    private static BigInteger Change(FundsMove move, Func<FundsState, bool> isCounted) =>
        (isCounted(move.To)
            ? Sql.Number(move.Amount) : BigInteger.Zero) - (isCounted(move.From) ? Sql.Number(move.Amount) : BigInteger.Zero);
}
