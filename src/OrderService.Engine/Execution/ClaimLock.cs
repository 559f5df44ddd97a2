using Npgsql;
using NpgsqlTypes;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Execution;

/// <summary>
/// Locks claimed slices, and they alone, until the end of a transaction, and tells which of the claims still hold. While one does, only its
/// holder changes the slice.
/// </summary>
internal sealed class ClaimLock(IEnumerable<ClaimedSlice> claims)
{
    // One look by key for each claim, in the order in which every transaction locks slices. A row that had to be waited for is compared as
    // the holder of its lock before us left it.
    private const string Statement =
        """
        SELECT s.order_id, s.number, c.id, s.status = 'executing' AND s.claim_id = c.id, s.tx_id
        FROM unnest($1, $2, $3) AS c (order_id, number, id) JOIN slices s ON s.order_id = c.order_id AND s.number = c.number
        FOR NO KEY UPDATE OF s
        """;

    private readonly ClaimedSlice[] _claims = [.. claims.OrderBy(claim => claim.OrderId).ThenBy(claim => claim.Number)];
    private readonly HashSet<ClaimedSlice> _held = [];
    private readonly Dictionary<ClaimedSlice, string?> _lost = [];

    /// <summary>Those that hold.</summary>
    public IReadOnlySet<ClaimedSlice> Held => _held;

    /// <summary>Those that do not, each with the last transaction of its slice.</summary>
    public IReadOnlyDictionary<ClaimedSlice, string?> Lost => _lost;

    /// <summary>The statement, for a batch.</summary>
    public NpgsqlBatchCommand Command()
    {
        var command = new NpgsqlBatchCommand(Statement);
        command.AddColumn(NpgsqlDbType.Uuid, _claims, claim => claim.OrderId);
        command.AddColumn(NpgsqlDbType.Integer, _claims, claim => claim.Number);
        command.AddColumn(NpgsqlDbType.Uuid, _claims, claim => claim.ClaimId);
        return command;
    }

    /// <summary>Reads its answer.</summary>
    public async Task ReadAsync(NpgsqlDataReader reader, CancellationToken token)
    {
        while (await reader.ReadAsync(token))
        {
            var claim = new ClaimedSlice(reader.GetGuid(0), reader.GetInt32(1), reader.GetGuid(2));
            if (reader.GetBoolean(3)) _held.Add(claim);
            else _lost[claim] = reader.TextOrNull(4);
        }
    }
}
