using System.Globalization;
using System.Text.Json;
using OrderService.Stacks.Clarity;

namespace OrderService.Venues.Stacks.Node;

/// <summary>
/// A transaction as the API shows it (<c>/extended/v1/tx/{txid}</c>): others' words, taken as evidence only where all of them can be read.
/// The block is null while it was not mined, or where its block was orphaned; with a block the result is there, and fits the status.
/// </summary>
internal sealed record NodeTransaction(string Status, NodeBlock? Block, ClarityValue? Result, IReadOnlyList<NodeTransfer> Transfers)
{
    private const string Success = "success", AbortByResponse = "abort_by_response", AbortByPostCondition = "abort_by_post_condition";

    /// <summary>Mined and successful.</summary>
    public bool IsSuccess => Block is not null && Status == Success;

    /// <summary>Mined without effect but for its fee.</summary>
    public bool IsAborted => Block is not null && Status is AbortByResponse or AbortByPostCondition;

    /// <summary>Waits in the mempool.</summary>
    public bool IsPending => Status == "pending";

    /// <summary>
    /// Reads the API's object; what cannot be read in it throws, so that a missing word is never taken for one that was said.
    /// </summary>
    public static NodeTransaction Of(JsonElement json, string txId)
    {
        if (json.GetProperty("tx_id").GetString() != $"0x{txId}") throw new FormatException("another transaction than the one asked about");
        var status = json.GetProperty("tx_status").GetString() ?? throw new FormatException("a transaction without a status");
        if (status is not (Success or AbortByResponse or AbortByPostCondition))
        {
            return status == "pending" || status.StartsWith("dropped_", StringComparison.Ordinal)
                ? new(status, null, null, []) : throw new FormatException("a status that is not known");
        }
        if (!json.GetProperty("canonical").GetBoolean()) return new(status, null, null, []);
        var block = new NodeBlock(Positive(json, "block_height"), DateTimeOffset.FromUnixTimeSeconds(Positive(json, "block_time")));
        if (!ClarityReader.TryReadHex(json.GetProperty("tx_result").GetProperty("hex").GetString(), out var result))
            throw new FormatException("a result that is no Clarity value");
        if (status == Success && result is not ClarityValue.Ok) throw new FormatException("a success whose result is none");
        if (status == AbortByResponse && result is not ClarityValue.Err) throw new FormatException("an abort whose result is none");
        return new NodeTransaction(status, block, result, TransfersOf(json));
    }

    /// <summary>True where both say the same of what became of it.</summary>
    public bool Agrees(NodeTransaction? other) =>
        other is not null && Status == other.Status && Block?.Height == other.Block?.Height && Equals(Result, other.Result);

    private static long Positive(JsonElement json, string name) =>
        json.GetProperty(name).GetInt64() is > 0 and var number ? number : throw new FormatException($"a {name} that is none");

    // Those of STX and of fungible tokens. An API that was asked for none shows none.
    private static List<NodeTransfer> TransfersOf(JsonElement json)
    {
        var transfers = new List<NodeTransfer>();
        if (!json.TryGetProperty("events", out var events)) return transfers;
        foreach (var one in events.EnumerateArray())
        {
            if (one.GetProperty("event_type").GetString() is not ("stx_asset" or "fungible_token_asset")) continue;
            var asset = one.GetProperty("asset");
            if (asset.GetProperty("asset_event_type").GetString() != "transfer") continue;
            var id = asset.TryGetProperty("asset_id", out var named) ? named.GetString() : null;
            transfers.Add(new NodeTransfer(id, asset.GetProperty("recipient").GetString() ?? "",
                UInt128.Parse(asset.GetProperty("amount").GetString() ?? "", NumberStyles.None, CultureInfo.InvariantCulture)));
        }
        return transfers;
    }
}

/// <summary>The block of a transaction.</summary>
internal sealed record NodeBlock(long Height, DateTimeOffset Time);

/// <summary>An asset that moved; STX has no id.</summary>
internal sealed record NodeTransfer(string? AssetId, string Recipient, UInt128 Amount);
