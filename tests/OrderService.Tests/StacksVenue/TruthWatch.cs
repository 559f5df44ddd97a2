using System.Diagnostics;
using System.Text.Json.Nodes;
using Npgsql;
using OrderService.Tests.Reliability;

namespace OrderService.Tests.StacksVenue;

/// <summary>
/// Looks all the while whether the orders that are shown as confirmed are those that the chain shows as swapped, and measures in blocks how long
/// the two ever differ: in both directions, since a reorg takes evidence back.
/// </summary>
internal sealed class TruthWatch : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(1_100);

    private readonly DevnetProcess _devnet;
    private readonly NpgsqlDataSource[] _databases;
    private readonly long _from;
    private readonly TimeSpan _pace;
    private readonly List<(string Uuid, int Blocks, TimeSpan Time)> _late = [];
    private readonly CancellationTokenSource _over = new();
    private readonly Dictionary<string, (int Tips, long At)> _since = [];
    private readonly HashSet<string> _before = [];
    private readonly Task _loop;
    private string _tip = "";
    private int _tips;

    public TruthWatch(DevnetProcess devnet, IEnumerable<NpgsqlDataSource> databases, long from, int blockMs)
    {
        (_devnet, _databases, _from, _pace) = (devnet, [.. databases], from, TimeSpan.FromMilliseconds(blockMs));
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>The longest difference: new tips since it began, and how long it took.</summary>
    public (int Blocks, TimeSpan Time) Longest { get; private set; }

    /// <summary>
    /// The orders that differed for more blocks than these, and for a second and the settle interval beyond. Where the machine was too busy to mine
    /// at the chain's pace it was too busy to settle at its own, and that says nothing of the service.
    /// </summary>
    public List<string> Untrue(int blocks) =>
    [
        .. _late.Where(late => late.Blocks > blocks && late.Time > (blocks * _pace) + Slack && late.Time < late.Blocks * _pace * 1.5)
            .Select(late => $"{late.Uuid} differed for {late.Blocks} blocks, {late.Time.TotalMilliseconds:F0} ms"),
    ];

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
            await Task.Delay(Pause);
        }
        foreach (var uuid in _since.Keys.ToArray()) Settle(uuid);
    }

    private async Task LookAsync()
    {
        var (shown, known) = (new HashSet<string>(), new HashSet<string>());
        foreach (var database in _databases)
        {
            foreach (var row in await Verdict.ReadAsync(database, "SELECT uuid || CASE status WHEN 'completed' THEN '+' ELSE '-' END FROM orders"))
            {
                known.Add(row[..^1]);
                if (row[^1] == '+') shown.Add(row[..^1]);
            }
        }
        // The ledger first: a block between the two makes a difference look younger by one tip, and one between the databases and here older.
        var swapped = ((JsonArray)JsonNode.Parse(await _devnet.LedgerTextAsync(_from))!)
            .Where(entry => (string?)entry!["status"] == "success" && (string?)entry["uuid"] is not null).Select(entry => (string)entry!["uuid"]!).Where(known.Contains).ToHashSet();
        var tip = (await _devnet.TipAsync()).Hash;
        if (tip != _tip) _tips++;
        _tip = tip;
        var differing = shown.Except(swapped).Concat(swapped.Except(shown)).ToHashSet();
        foreach (var uuid in _since.Keys.Where(uuid => !differing.Contains(uuid)).ToArray()) Settle(uuid);
        // What differs at the first look does so since before the service was there to know it; the verdict at the end is enough for that.
        if (_tips == 1) _before.UnionWith(differing);
        foreach (var uuid in differing.Except(_before)) _since.TryAdd(uuid, (_tips, Stopwatch.GetTimestamp()));
    }

    private void Settle(string uuid)
    {
        var (tips, at) = _since[uuid];
        _since.Remove(uuid);
        var (blocks, time) = (_tips - tips, Stopwatch.GetElapsedTime(at));
        if (time > Longest.Time) Longest = (blocks, time);
        if (blocks > 0) _late.Add((uuid, blocks, time));
    }
}
