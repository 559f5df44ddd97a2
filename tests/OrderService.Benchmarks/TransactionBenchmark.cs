using System.Diagnostics;
using OrderService.Benchmarks.Ground;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Clarity;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Transactions;
using static OrderService.Benchmarks.Ground.Report;

namespace OrderService.Benchmarks;

/// <summary>
/// From the values of a swap to its bytes and id: an x-swap-3 with three hops and five post-conditions is built, signed and serialized,
/// with another nonce each time. The two native calls inside, the public key and the signature, are measured in the same turns as the
/// limit.
/// </summary>
internal static class TransactionBenchmark
{
    private const int Count = 5_000;
    private const int TargetMicroseconds = 100;

    private static readonly ContractId Router = ContractId.Parse("SP2ZNGJ85ENDY6QRHQ5P2D4FXKGZWCKTB2T0Z55KS.x-multihop-rc9");
    private static readonly ContractId[] Vaults =
        [.. Enumerable.Range(1, 3).Select(hop => new ContractId(Router.Issuer, $"liquidity-pool-vault-{hop}"))];
    private static readonly AssetId[] Tokens =
        [.. Enumerable.Range(1, 4).Select(token => new AssetId(new ContractId(Router.Issuer, $"example-token-{token}"), "example"))];
    private static readonly ReadOnlyMemory<byte> IntentSignature = new byte[RecoverableSignature.Size];
    private static readonly ReadOnlyMemory<byte> Opcode = new byte[1];
    private static readonly PrivateKey Key = PrivateKey.Generate();

    public static Task<Report> RunAsync(Arguments arguments)
    {
        var report = new Report();
        var runs = Math.Max(3, arguments.Whole("runs", 5));
        var (whole, native) = (new List<double>(), new List<double>());
        for (var run = 0; run <= runs; run++)
        {
            var nonce = (ulong)run * Count;
            var before = GC.GetAllocatedBytesForCurrentThread();
            var size = 0;
            var swaps = Microseconds(() => size = Swap(nonce++).Sign(Key).Raw.Length);
            var allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / Count;
            var calls = Microseconds(() => Secp256k1.Sign(new byte[32], Key).GetHashCode() ^ Key.PublicKey().GetHashCode());
            report.Note($"run {run}{(run == 0 ? " (warm-up)" : "")}: p50 {swaps.Median * 1000:F1} µs, p99 {swaps.P99 * 1000:F1} µs, {size} bytes, {allocated} bytes allocated; key and signature alone {calls.Median * 1000:F1} µs");
            if (run == 0) continue;
            whole.Add(swaps.Median * 1000);
            native.Add(calls.Median * 1000);
        }
        var (median, limit) = (Samples.MedianOf(whole), Samples.MedianOf(native));
        report.Add(
            "build, sign and serialize an x-swap-3 with five post-conditions, p50", Number($"≤ {TargetMicroseconds} µs"),
            Number($"{median:F1} µs"),
            Number($"{limit:F1} µs (key and signature alone)"), Number($"{median / limit:F2}"), median <= TargetMicroseconds);
        return Task.FromResult(report);
    }

    private static Samples Microseconds(Func<int> work)
    {
        var samples = new Samples();
        for (var i = 0; i < Count; i++)
        {
            var started = Stopwatch.GetTimestamp();
            _ = work();
            samples.Add(Stopwatch.GetElapsedTime(started));
        }
        return samples;
    }

    private static UnsignedTransaction Swap(ulong nonce)
    {
        var input = new ClarityValue.Tuple(
            ("token", Contract(Tokens[0].Contract)), ("amount", new ClarityValue.UInt(1_000_000 + nonce)),
            ("signature", new ClarityValue.Buffer(IntentSignature)),
            ("uuid", new ClarityValue.StringAscii("669e8e74-6b2b-477e-9e4d-cd1399a0ef20")));
        var output = new ClarityValue.Tuple(("token", Contract(Tokens[3].Contract)),
            ("to", new ClarityValue.PrincipalValue(Principal.From(Router.Issuer))));
        return new(
            StacksNetwork.Mainnet, nonce, 1000,
            new TransactionPayload.ContractCall(Router, "x-swap-3", [input, Hop(0), Hop(1), Hop(2), output]),
            [
                Sends(Router, Tokens[0], FungibleCondition.LessOrEqual, 1_010_000 + nonce),
                Sends(Vaults[0], Tokens[1], FungibleCondition.GreaterOrEqual, 990_000),
                Sends(Vaults[1], Tokens[2], FungibleCondition.GreaterOrEqual, 980_000),
                Sends(Vaults[2], Tokens[3], FungibleCondition.GreaterOrEqual, 970_000),
                Sends(Router, Tokens[3], FungibleCondition.GreaterOrEqual, 970_000),
            ]);
    }

    private static ClarityValue.Tuple Hop(int hop) => new(("vault", Contract(Vaults[hop])), ("opcode", new ClarityValue.Buffer(Opcode)));

    private static ClarityValue.PrincipalValue Contract(ContractId contract) => new(Principal.From(contract));

    private static PostCondition.Fungible Sends(ContractId sender, AssetId asset, FungibleCondition condition, ulong amount) =>
        new(Principal.From(sender), asset, condition, amount);
}
