using System.Text.Json.Nodes;
using Npgsql;
using OrderService.Tests.Reliability;

namespace OrderService.Tests.StacksVenue;

/// <summary>
/// Looks all the while whether the orders that are shown as confirmed are those that the chain shows as swapped, and counts in blocks how
/// long the two ever differ: in both directions, since a reorg takes evidence back.
/// </summary>
internal sealed class TruthWatch : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(40);

    private readonly DevnetProcess _devnet;
    private readonly NpgsqlDataSource[] _databases;
    private readonly long _from;
    private readonly List<(string Uuid, int Blocks)> _late = [];
    private readonly CancellationTokenSource _over = new();
    private readonly Dictionary<string, int> _since = [];
    private readonly HashSet<string> _before = [];
    private readonly Task _loop;
    private string _tip = "";
    private int _tips;
    private long _looks;

    public TruthWatch(DevnetProcess devnet, IEnumerable<NpgsqlDataSource> databases, long from)
    {
        (_devnet, _databases, _from) = (devnet, [.. databases], from);
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>The longest difference: new tips since it began.</summary>
    public int Longest { get; private set; }

    /// <summary>How often chain and service were compared.</summary>
    public long Looks => Interlocked.Read(ref _looks);

    /// <summary>The orders that differed for more blocks than these.</summary>
    public List<string> Untrue(int blocks) =>
        [.. _late.Where(late => late.Blocks > blocks).Select(late => $"{late.Uuid} differed for {late.Blocks} blocks")];

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _loop;
        _over.Dispose();
    }

    private async Task LoopAsync()
    {
        while (!_over.IsCancellationRequested)
        {
            await LookAsync();
            Interlocked.Increment(ref _looks);
            await Task.Delay(Pause);
        }
        foreach (var uuid in _since.Keys.ToArray()) Settle(uuid);
    }

    private async Task LookAsync()
    {
        var (shown, known) = (new HashSet<string>(), new HashSet<string>());
        foreach (var database in _databases)
        {
            foreach (var row in await Verdict.ReadAsync(database,
                "SELECT uuid || CASE status WHEN 'completed' THEN '+' ELSE '-' END FROM orders"))
            {
                known.Add(row[..^1]);
                if (row[^1] == '+') shown.Add(row[..^1]);
            }
        }
        // The ledger first: a block between the two makes a difference look younger by one tip, and one between the databases and here
        // older.
        var swapped = ((JsonArray)JsonNode.Parse(await _devnet.LedgerTextAsync(_from))!)
            .Where(entry => (string?)entry!["status"] == "success" && (string?)entry["uuid"] is not null)
            .Select(entry => (string)entry!["uuid"]!).Where(known.Contains).ToHashSet();
        var tip = (await _devnet.TipAsync()).Hash;
        if (tip != _tip) _tips++;
        _tip = tip;
        var differing = shown.Except(swapped).Concat(swapped.Except(shown)).ToHashSet();
        foreach (var uuid in _since.Keys.Where(uuid => !differing.Contains(uuid)).ToArray()) Settle(uuid);
        // What differs at the first look does so since before the service was there to know it; the verdict at the end is enough for that.
        if (_tips == 1) _before.UnionWith(differing);
        foreach (var uuid in differing.Except(_before)) _since.TryAdd(uuid, _tips);
    }

    private void Settle(string uuid)
    {
        var blocks = _tips - _since[uuid];
        _since.Remove(uuid);
        Longest = Math.Max(Longest, blocks);
        if (blocks > 0) _late.Add((uuid, blocks));
    }
}
