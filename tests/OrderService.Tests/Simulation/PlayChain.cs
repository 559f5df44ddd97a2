using OrderService.Domain.Orders;
using OrderService.Domain.Ports;

namespace OrderService.Tests.Simulation;

/// <summary>What a transaction is: a swap, the spend of a uuid, or nothing but a nonce.</summary>
internal enum CallKind
{
    Swap,
    Spend,
    Fill,
}

/// <summary>Bytes with what they do.</summary>
internal sealed record PlayCall(PreparedTransaction Bytes, CallKind Kind, string Uuid, HoldKey? Funds, UInt128 Amount, UInt128 Out)
{
    public string Id => Bytes.TxId;

    public string Solver => Bytes.Solver.ToString();

    public ulong Nonce => Bytes.Nonce;

    /// <summary>The account that calls, where the solver only pays: its nonce is then what the chain takes once.</summary>
    public TransactionOrigin? Origin => Bytes.Origin;

    /// <summary>The same in any run of a seed, whatever its random ids are.</summary>
    public required string Label { get; init; }
}

/// <summary>A call in a block, and why it moved nothing where it did not.</summary>
internal sealed record MinedCall(PlayCall Call, string? Abort, bool UuidUsed);

/// <summary>
/// A chain in memory that does what the contracts do: the nonces of who pays and of who calls in turn, each uuid once, no funds that are
/// not there. It tells the truth; the node in front of it may not.
/// </summary>
internal sealed class PlayChain
{
    public const int FinalDepth = 2;

    private readonly List<List<MinedCall>> _blocks = [];
    private readonly Dictionary<string, PlayCall> _waiting = [];
    private readonly Dictionary<HoldKey, UInt128> _given = [];

    public int Height => _blocks.Count;

    public IEnumerable<PlayCall> Waiting => _waiting.Values;

    /// <summary>Swaps that were made.</summary>
    public int SwapsCount => Mined(final: false).Count(mined => mined is { Abort: null, Call.Kind: CallKind.Swap });

    /// <summary>Those that accounts called for.</summary>
    public int CalledCount => Mined(final: false).Count(mined => mined is { Abort: null, Call: { Kind: CallKind.Swap, Origin: not null } });

    // What was final once stays so.
    private int _finalHeight;

    public void Give(HoldKey holder, UInt128 amount) => _given[holder] = _given.GetValueOrDefault(holder) + amount;

    public void Take(PlayCall call) => _waiting[call.Id] = call;

    public (MinedCall Call, int Height)? Find(string id)
    {
        for (var height = 0; height < _blocks.Count; height++)
            if (_blocks[height].Find(mined => mined.Call.Id == id) is { } found) return (found, height + 1);
        return null;
    }

    public bool IsFinal(int height) => height <= _finalHeight;

    public ulong NextNonce(string address, bool final = false) =>
        (ulong)Mined(final).Count(mined => mined.Call.Solver == address || mined.Call.Origin?.Account.ToString() == address);

    /// <summary>The swap or spend that used a uuid.</summary>
    public PlayCall? UserOf(string uuid, bool final = false) =>
        Mined(final).FirstOrDefault(mined => mined.Abort is null && mined.Call.Kind != CallKind.Fill && mined.Call.Uuid == uuid)?.Call;

    public UInt128 BalanceOf(HoldKey holder) =>
        _given.GetValueOrDefault(holder) - Mined(final: false)
            .Where(mined => mined.Abort is null && mined.Call.Kind == CallKind.Swap && mined.Call.Funds == holder)
            .Aggregate(UInt128.Zero, (sum, mined) => sum + mined.Call.Amount);

    /// <summary>
    /// True where these bytes could still be mined: their nonce, and their uuid or the account's nonce, are not used for good.
    /// </summary>
    public bool IsMinable(PlayCall call) =>
        call.Nonce >= NextNonce(call.Solver, final: true)
            && (call.Origin is { } origin
                ? origin.Nonce >= NextNonce(origin.Account.ToString(), final: true) : UserOf(call.Uuid, final: true) is null);

    /// <summary>
    /// One block of so many calls at most, each account's in turn and the dearest of a nonce. A swap may fail for the market's sake.
    /// </summary>
    public void Mine(int callsMax, Func<PlayCall, bool> slips)
    {
        var block = new List<MinedCall>();
        _blocks.Add(block);
        _finalHeight = Math.Max(_finalHeight, _blocks.Count - FinalDepth);
        foreach (var solver in _waiting.Values.Select(call => call.Solver).Distinct().Order(StringComparer.Ordinal).ToArray())
        {
            while (block.Count < callsMax
                && _waiting.Values.Where(call => call.Solver == solver && IsNext(call)).MaxBy(call => call.Bytes.Fee.Units) is { } next)
            {
                _waiting.Remove(next.Id);
                block.Add(Run(next, slips(next)));
            }
        }
    }

    /// <summary>Takes the last block back, unless that is final; what was in it waits again, or is gone.</summary>
    public bool TakeBack(Func<PlayCall, bool> isGone)
    {
        if (_blocks.Count <= _finalHeight) return false;
        var block = _blocks[^1];
        _blocks.RemoveAt(_blocks.Count - 1);
        foreach (var mined in block) if (!isGone(mined.Call)) _waiting[mined.Call.Id] = mined.Call;
        return block.Count > 0;
    }

    private bool IsNext(PlayCall call) =>
        call.Nonce == NextNonce(call.Solver) && (call.Origin is not { } origin || origin.Nonce == NextNonce(origin.Account.ToString()));

    private MinedCall Run(PlayCall call, bool slips)
    {
        if (call.Kind == CallKind.Fill) return new MinedCall(call, null, false);
        if (call.Origin is null && UserOf(call.Uuid) is not null) return new MinedCall(call, "uuid_used", true);
        if (call.Kind == CallKind.Spend) return new MinedCall(call, null, false);
        if (BalanceOf(call.Funds!.Value) < call.Amount) return new MinedCall(call, "insufficient_balance", false);
        return new MinedCall(call, slips ? "below_min" : null, false);
    }

    private IEnumerable<MinedCall> Mined(bool final) => _blocks.Take(final ? _finalHeight : _blocks.Count).SelectMany(block => block);
}
