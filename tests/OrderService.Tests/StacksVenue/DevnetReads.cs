using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OrderService.Stacks.Clarity;

namespace OrderService.Tests.StacksVenue;

/// <summary>What a judge asks the devnet: past every fault, which strike the node's own routes only.</summary>
internal static class DevnetReads
{
    /// <summary>The mined transactions of the canonical chain from a height on, as JSON.</summary>
    public static Task<string> LedgerTextAsync(this DevnetProcess devnet, long from) =>
        devnet.Http.GetStringAsync($"/devnet/ledger?from={from}");

    /// <summary>The tip's height and hash.</summary>
    public static async Task<(long Height, string Hash)> TipAsync(this DevnetProcess devnet)
    {
        var status = (await devnet.Http.GetFromJsonAsync<JsonNode>("/devnet/status"))!;
        return ((long)status["height"]!, (string)status["hash"]!);
    }

    /// <summary>How often each uuid was swapped, of those that ever were tried.</summary>
    public static async Task<Dictionary<string, int>> SwapsAsync(this DevnetProcess devnet)
    {
        var uuids = (JsonObject)(await devnet.Http.GetFromJsonAsync<JsonNode>("/devnet/uuids"))!;
        return uuids.ToDictionary(entry => entry.Key, entry => (int)entry.Value!["successes"]!);
    }

    /// <summary>True where the verifier accepts this uuid no more.</summary>
    public static async Task<bool> IsSpentAsync(this DevnetProcess devnet, string uuid)
    {
        var argument = "0x" + Convert.ToHexStringLower(ClarityWriter.ToBytes(new ClarityValue.StringAscii(uuid)));
        return (string?)(await devnet.CallAsync("blaze-v1", "check", devnet.Deployer.ToString(), argument))["repr"] == "true";
    }

    /// <summary>An account's next nonce on the chain, and the nonces that wait in the mempool.</summary>
    public static async Task<(long Next, IReadOnlyList<long> Waiting)> NoncesAsync(this DevnetProcess devnet, string address)
    {
        var nonces = (await devnet.Http.GetFromJsonAsync<JsonNode>($"/extended/v1/address/{address}/nonces"))!;
        return ((long?)nonces["last_executed_tx_nonce"] + 1 ?? 0,
            [.. ((JsonArray)nonces["detected_mempool_nonces"]!).Select(nonce => (long)nonce!)]);
    }
}
