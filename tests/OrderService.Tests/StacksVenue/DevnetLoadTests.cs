using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Npgsql;
using OrderService.Tests.Ground;
using OrderService.Tests.Reliability;

namespace OrderService.Tests.StacksVenue;

/// <summary>
/// 300 orders over three accounts that pay, while a fifth of all broadcasts fails in ways that change from one to the next.
/// </summary>
[Collection(ChainProcesses.Name)]
public sealed class DevnetLoadTests
{
    private const int BlockMs = 1_000;
    private const int PassesPerBlock = 8; // of workers that make one each tenth of a second
    private const int OrdersCount = 300;
    private const int SolversCount = 3;
    private const double FailingShare = 0.2;

    private static readonly JsonObject[] Failures =
    [
        new() { ["kind"] = "drop" }, new() { ["kind"] = "lose", ["ms"] = 20 }, new() { ["kind"] = "timeout" }, new()
        {
            ["kind"] = "error", ["status"] = 503,
        },
        new() { ["kind"] = "reject", ["reason"] = "ConflictingNonceInMempool" }, new()
        {
            ["kind"] = "reject", ["reason"] = "TooMuchChaining",
        },
        new() { ["kind"] = "reject", ["reason"] = "FeeTooLow" }, new() { ["kind"] = "reject", ["reason"] = "NobodyKnowsThisReason" },
    ];

    [Fact]
    public async Task All_settle_and_no_nonce_stays_missing_for_longer_than_one_block()
    {
        await using var devnet = await DevnetProcess.StartAsync(BlockMs);
        await using var database = await TestDatabase.CreateAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var service =
            await ServiceProcess.StartAsync(database.ConnectionString, null, [.. devnet.Settings(SolversCount, confirmations: 3), .. Pace]);
        await WarmUpAsync(service, devnet.Wallet(5).DueOrder());
        await devnet.FaultsAsync(Rules());
        var truth = new TruthWatch(devnet, [source], 0);
        var gaps = new NonceGapWatch(devnet, await Verdict.ReadAsync(source, "SELECT address FROM solvers"));
        var blocks = await PacedBlocks.StartAsync(devnet, BlockMs, PassesPerBlock, [service], ["settlement", "nonces"], () => truth.Looks,
            () => gaps.Looks);

        var orders = Enumerable.Range(0, OrdersCount).Select(i => devnet.Wallet(i % 5).DueOrder()).ToArray();
        var refused = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(orders, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (order, _) =>
        {
            if (await service.CreateAsync(order) is not { Status: 200 } and var answer) refused.Enqueue($"{answer}");
        });
        var ended = await Verdict.AwaitEndAsync(source, TimeSpan.FromMinutes(5));
        await blocks.DisposeAsync();
        await truth.DisposeAsync();
        await gaps.DisposeAsync();
        var struck = await StruckAsync(devnet);
        await devnet.ClearFaultsAsync();

        refused.ShouldBeEmpty();
        ended.ShouldBeTrue(service.Output);
        (await DevnetVerdict.FindAsync(source, devnet, 0, TimeSpan.FromMinutes(1))).ShouldBeEmpty(service.Output);
        (await Verdict.LostAsync(source, orders.Select(order => order.Uuid))).ShouldBeEmpty();
        var longest = gaps.Gaps.Select(gap => gap.Blocks).DefaultIfEmpty().Max();
        Tally.Add("devnet load", $"{OrdersCount} orders, {SolversCount} accounts, {FailingShare:P0} of broadcasts failing", 1,
            $"{struck} faults, all ended, {gaps.Gaps.Count} gaps, the longest {longest} blocks, true within {truth.Longest} blocks");
        gaps.Gaps.Where(gap => gap.Blocks > 1).ShouldBeEmpty(); // one block may find it missing
        truth.Untrue(2).ShouldBeEmpty();
        await service.KillAsync(); // or it mends what is broken next
        await ShouldFindWhatIsWrongAsync(source, devnet);
    }

    // The first order of a process is compiled as it goes, which takes longer than a block.
    private static async Task WarmUpAsync(ServiceProcess service, SignedOrder order)
    {
        (await service.CreateAsync(order))!.Status.ShouldBe(200);
        await Until.Async(async () => (string?)(await service.ReadAsync(order.Uuid))?.Body?["data"]?["status"],
            status => status == "confirmed");
    }

    // A judge that found nothing must be one that can.
    private static async Task ShouldFindWhatIsWrongAsync(NpgsqlDataSource source, DevnetProcess devnet)
    {
        await using (var command = source.CreateCommand(
            """
            UPDATE slices SET amount_out = amount_out + 1 WHERE order_id = (SELECT min(order_id::text)::uuid FROM slices WHERE status = 'confirmed');
            UPDATE attempts SET status = 'replaced', void_as = 'replaced' WHERE id = (SELECT max(id) FROM attempts WHERE status = 'confirmed');
            UPDATE solvers SET next_nonce = next_nonce + 1 WHERE address = (SELECT min(address) FROM solvers);
            """))
        {
            await command.ExecuteNonQueryAsync();
        }
        var found = string.Join('\n', await DevnetVerdict.FindAsync(source, devnet, 0, TimeSpan.Zero));
        foreach (var crime in (string[])["a confirmed slice is not what its swap was", "an attempt is not what the chain says",
            "a slice and its attempts disagree", "the nonces have a gap"])
        {
            found.ShouldContain(crime);
        }
    }

    // The first rule that draws its lot strikes, so each has an equal share where its own is that of what the ones before it left over.
    private static JsonNode[] Rules()
    {
        var share = FailingShare / Failures.Length;
        return [.. Failures.Select((failure, i) =>
        {
            var rule = (JsonObject)failure.DeepClone();
            (rule["match"], rule["probability"]) = ("broadcast", share / (1 - (i * share)));
            return rule;
        })];
    }

    private static async Task<int> StruckAsync(DevnetProcess devnet) => (await devnet.HitsAsync()).Sum();

    private static readonly (string, string)[] Pace =
    [
        ("Execution__NonceInterval", "00:00:00.1"), ("Execution__GapFillAfter", "00:00:00.2"), ("Execution__ResendAfter", "00:00:00.15"),
        ("Execution__SettleInterval", "00:00:00.1"),
        ("Execution__RetryAfter", "00:00:00.2"), ("Execution__ReplaceAfter", "00:00:30"), ("Execution__SendTimeout", "00:00:01.5"),
        ("Stacks__RequestTimeout", "00:00:01"),
        ("Stacks__StatusMaxAge", "00:00:00.1"), ("Execution__BatchMax", "20"),
    ];
}
