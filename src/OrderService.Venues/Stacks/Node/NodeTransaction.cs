using System.Text.Json;
using OrderService.Stacks.Clarity;

namespace OrderService.Venues.Stacks.Node;

/// <summary>A transaction as the API shows it (<c>/extended/v1/tx/{txid}</c>). The block is null while it was not mined, or where its block was orphaned.</summary>
internal sealed record NodeTransaction(string Status, NodeBlock? Block, ClarityValue? Result)
{
    /// <summary>Mined and successful.</summary>
    public bool IsSuccess => Block is not null && Status == "success";

    /// <summary>Mined without effect but for its fee.</summary>
    public bool IsAborted => Block is not null && Status.StartsWith("abort_", StringComparison.Ordinal);

    /// <summary>Waits in the mempool.</summary>
    public bool IsPending => Status == "pending";

    /// <summary>Reads the API's object.</summary>
    public static NodeTransaction Of(JsonElement json)
    {
        var isCanonical = json.TryGetProperty("canonical", out var canonical) && canonical.ValueKind == JsonValueKind.True;
        var block = isCanonical && json.TryGetProperty("block_height", out var height) && height.ValueKind == JsonValueKind.Number && height.GetInt64() > 0
            ? new NodeBlock(height.GetInt64(), DateTimeOffset.FromUnixTimeSeconds(json.TryGetProperty("block_time", out var time) && time.TryGetInt64(out var seconds) ? seconds : 0))
            : null;
        var result = json.TryGetProperty("tx_result", out var outcome) && outcome.ValueKind == JsonValueKind.Object
            && ClarityReader.TryReadHex(outcome.GetProperty("hex").GetString(), out var value) ? value : null;
        return new NodeTransaction(json.GetProperty("tx_status").GetString() ?? "", block, result);
    }
}

/// <summary>The block of a transaction.</summary>
internal sealed record NodeBlock(long Height, DateTimeOffset Time);
