using System.Text.Json.Nodes;

namespace OrderService.Tests.StacksVenue;

/// <summary>
/// One way in which a chain or a node goes wrong for a while. While one that blinds is on, nobody can expect the service to know what the
/// chain does.
/// </summary>
internal sealed record DevnetFault(string Name, Func<DevnetProcess, Random, Task> Begin, bool Blinds = false)
{
    /// <summary>Blocks that a reorg takes back at most; what is deeper is final.</summary>
    public const int ReorgMax = 3;

    private const double Often = 0.6;

    public static readonly DevnetFault[] All =
    [
        new("none", (_, _) => Task.CompletedTask),
        Broadcasts("drop", new() { ["kind"] = "drop" }),
        // beyond the patience of the sender, and sent again before it arrives
        Broadcasts("delay", new() { ["kind"] = "delay", ["ms"] = 1_500 }),
        Broadcasts("duplicate", new() { ["kind"] = "duplicate" }),
        Broadcasts("reject ConflictingNonceInMempool", new() { ["kind"] = "reject", ["reason"] = "ConflictingNonceInMempool" }),
        Broadcasts("reject TooMuchChaining", new() { ["kind"] = "reject", ["reason"] = "TooMuchChaining" }),
        Broadcasts("reject BadNonce", new() { ["kind"] = "reject", ["reason"] = "BadNonce" }),
        Broadcasts("reject in unknown words", new() { ["kind"] = "reject", ["reason"] = "NobodyKnowsThisReason" }),
        Broadcasts("reject FeeTooLow", new() { ["kind"] = "reject", ["reason"] = "FeeTooLow" }),
        Broadcasts("timeout", new() { ["kind"] = "timeout" }),
        Broadcasts("lose", new() { ["kind"] = "lose", ["ms"] = 100 }),
        new("error 500", (devnet, _) => devnet.FaultsAsync(new JsonObject { ["match"] = "all", ["kind"] = "error", ["probability"] = 0.3 }),
            Blinds: true),
        new("receipts lag", (devnet, _) => devnet.LagReceiptsAsync(4), Blinds: true),
        new("reorg", ReorgAsync),
        new("away", (devnet, _) => devnet.GoAwayAsync(TimeSpan.FromSeconds(3)), Blinds: true),
    ];

    /// <summary>Ends whatever was begun. Who is away comes back by himself.</summary>
    public static async Task EndAsync(DevnetProcess devnet)
    {
        await devnet.ClearFaultsAsync();
        await devnet.LagReceiptsAsync(0);
    }

    public override string ToString() => Name;

    private static DevnetFault Broadcasts(string name, JsonObject rule)
    {
        (rule["match"], rule["probability"]) = ("broadcast", Often);
        return new DevnetFault(name, (devnet, _) => devnet.FaultsAsync(rule.DeepClone()));
    }

    // At a random moment; some of what it takes back is forgotten by everybody.
    private static async Task ReorgAsync(DevnetProcess devnet, Random random)
    {
        await Task.Delay(random.Next(2_000));
        var height = await devnet.HeightAsync();
        var depth = 1 + random.Next(ReorgMax);
        var last = (JsonArray)JsonNode.Parse(await devnet.LedgerTextAsync(height - depth + 1))!;
        await devnet.ReorgAsync(depth, [.. last.Where(_ => random.Next(4) == 0).Select(entry => (string)entry!["txid"]!)]);
    }
}
