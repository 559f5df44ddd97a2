using Npgsql;
using OrderService.Domain.Accounts;
using OrderService.Domain.Orders;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Execution;

/// <summary>
/// Locks the holds of what is about to be sent until the end of a transaction: what is decided over them stays true until it is written.
/// Only sends of the same funds wait for each other.
/// </summary>
internal sealed class HoldLock(IEnumerable<HoldKey> keys)
{
    private readonly HoldKey[] _keys = [.. keys.Distinct().Order(HoldKey.LockOrder)];
    private readonly List<HoldMove> _moves = [];
    private Dictionary<HoldKey, Hold> _holds = [];

    /// <summary>What was taken of them, to be written.</summary>
    public IReadOnlyList<HoldMove> Moves => _moves;

    /// <summary>The hold as it stands, with what was taken here.</summary>
    public Hold Of(HoldKey key) => _holds[key];

    /// <summary>The statements, for a batch; none where there is nothing to lock.</summary>
    public IEnumerable<NpgsqlBatchCommand> Commands() => _keys.Length == 0 ? [] : HoldLedger.Lock(_keys);

    /// <summary>Reads their answer and goes to the next one.</summary>
    public async Task ReadAsync(NpgsqlDataReader reader, CancellationToken token)
    {
        if (_keys.Length == 0) return;
        _holds = await HoldLedger.ReadAsync(reader, token);
        await reader.NextResultAsync(token);
    }

    /// <summary>Takes what a slice is about to send.</summary>
    public void Take(HoldKey key, FundsMove move)
    {
        _holds[key] = _holds[key].After(move);
        _moves.Add(new HoldMove(key, move));
    }
}
