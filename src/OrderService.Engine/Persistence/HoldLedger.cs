using System.Numerics;
using Npgsql;
using NpgsqlTypes;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Persistence;

/// <summary>What changes of one hold.</summary>
internal readonly record struct HoldMove(HoldKey Key, FundsMove Move);

/// <summary>
/// The holds: what the sends of each holder take of each token. They are locked sorted, after slices and before the accounts that pay, and
/// move in the transaction of the slices. An earlier version of this program that runs beside it holds nothing, so what it sent comes back
/// from zero.
/// </summary>
internal static class HoldLedger
{
    private const string AddStatement = "INSERT INTO holds (holder, token, in_flight, spent) SELECT holder, token, 0, 0 FROM unnest($1, $2) AS k (holder, token) ON CONFLICT DO NOTHING";

    private const string LockStatement =
        """
        SELECT h.holder, h.token, h.in_flight, h.spent FROM unnest($1, $2) AS k (holder, token) JOIN holds h ON h.holder = k.holder AND h.token = k.token
        FOR NO KEY UPDATE OF h
        """;

    private const string MoveStatement =
        """
        UPDATE holds h SET in_flight = greatest(0, h.in_flight + m.in_flight), spent = h.spent + m.spent
        FROM unnest($1, $2, $3, $4) AS m (holder, token, in_flight, spent) WHERE h.holder = m.holder AND h.token = m.token
        """;

    // What lacked these funds looks again now. What another transaction has locked is on its way already.
    private const string WakeStatement =
        """
        UPDATE slices s SET wake_at = $2 FROM (
            SELECT order_id, number FROM slices WHERE funds_of = ANY($1) AND wake_at > $2 ORDER BY wake_at LIMIT 100 FOR NO KEY UPDATE SKIP LOCKED) AS due
        WHERE s.order_id = due.order_id AND s.number = due.number
        """;

    /// <summary>
    /// The statements that lock the holds of these keys, made where they are not there yet, for a batch. The last one answers them.
    /// </summary>
    public static IEnumerable<NpgsqlBatchCommand> Lock(IReadOnlyList<HoldKey> sorted) =>
        [Keyed(AddStatement, sorted), Keyed(LockStatement, sorted)];

    /// <summary>Reads what they answer.</summary>
    public static async Task<Dictionary<HoldKey, Hold>> ReadAsync(NpgsqlDataReader reader, CancellationToken token)
    {
        var holds = new Dictionary<HoldKey, Hold>();
        while (await reader.ReadAsync(token))
        {
            holds[new HoldKey(StacksAddress.Parse(reader.GetString(0), null), TokenId.Parse(reader.GetString(1)))] = new Hold(
                reader.GetFieldValue<BigInteger>(2), reader.GetFieldValue<BigInteger>(3));
        }
        return holds;
    }

    /// <summary>The funds that a swap of these terms pays into, where they can be held.</summary>
    public static bool TryKeyOfPaid(OrderTerms terms, out HoldKey key) => TryKeyOf(terms.Recipient, terms.BuyToken, out key);

    /// <summary>The key of what an account has of a token, where it can be held: contracts sign nothing.</summary>
    public static bool TryKeyOf(Principal account, TokenId token, out HoldKey key)
    {
        key = default;
        if (!StacksAddress.TryParse(account.ToString(), null, out var holder) || token == TokenId.Usd) return false;
        key = new HoldKey(holder, token);
        return true;
    }

    /// <summary>What was ever swapped, read before a balance is.</summary>
    public static async Task<BigInteger> SpentAsync(NpgsqlDataSource source, HoldKey key, CancellationToken token)
    {
        await using var command = source.CreateCommand("SELECT spent FROM holds WHERE holder = $1 AND token = $2");
        command.Add(key.Holder.ToString());
        command.Add(key.Token.ToString());
        await using var reader = await command.ExecuteReaderAsync(token);
        return await reader.ReadAsync(token) ? reader.GetFieldValue<BigInteger>(0) : 0;
    }

    /// <summary>The statement that moves locked holds, for a batch; none where nothing moves.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Move(IEnumerable<HoldMove> moves)
    {
        var sums = moves.GroupBy(one => one.Key).Select(group => (
            group.Key, InFlight: group.Aggregate(BigInteger.Zero, (sum, one) => sum + Hold.InFlightBy(one.Move)),
            Spent: group.Aggregate(BigInteger.Zero, (sum, one) => sum + Hold.SpentBy(one.Move)))).ToList();
        if (sums.Count == 0) yield break;
        var command = Keyed(MoveStatement, sums.ConvertAll(sum => sum.Key));
        command.AddColumn(NpgsqlDbType.Numeric, sums, sum => sum.InFlight);
        command.AddColumn(NpgsqlDbType.Numeric, sums, sum => sum.Spent);
        yield return command;
    }

    /// <summary>The statements that lock and move holds, for a batch.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Settle(IReadOnlyList<HoldMove> moves)
    {
        HoldKey[] keys = [.. moves.Select(one => one.Key).Distinct().Order()];
        return [.. Lock(keys), .. Move(moves)];
    }

    /// <summary>Wakes what lacked the funds that came back or came in, for a batch; none where none did.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Wake(
        IReadOnlyList<HoldMove> moves, IEnumerable<HoldKey> credited, DateTimeOffset now)
    {
        HoldKey[] back = [.. moves.Where(one => one.Move.From == FundsState.InFlight).Select(one => one.Key), .. credited];
        return back.Length == 0 ? [] : [Wake(back, now)];
    }

    /// <summary>Wakes what lacked funds that came in by no swap.</summary>
    public static async Task WakeAsync(NpgsqlDataSource source, HoldKey credited, DateTimeOffset now, CancellationToken token)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(Wake([credited], now));
        await batch.ExecuteNonQueryAsync(token);
    }

    private static NpgsqlBatchCommand Wake(IEnumerable<HoldKey> keys, DateTimeOffset now)
    {
        var wake = new NpgsqlBatchCommand(WakeStatement);
        wake.Add(keys.Select(key => key.ToString()).Distinct().ToArray());
        wake.Add(now.UtcDateTime);
        return wake;
    }

    private static NpgsqlBatchCommand Keyed(string statement, IReadOnlyList<HoldKey> keys)
    {
        var command = new NpgsqlBatchCommand(statement);
        command.AddColumn(NpgsqlDbType.Text, keys, key => key.Holder.ToString());
        command.AddColumn(NpgsqlDbType.Text, keys, key => key.Token.ToString());
        return command;
    }
}
