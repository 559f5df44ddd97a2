using Npgsql;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Engine.Persistence;
using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Execution;

/// <summary>
/// Names the accounts that cannot pay: for the operator, who alone can mend it. It holds up sends and nothing else, so it is a warning.
/// </summary>
internal sealed class PayerWatch(
    ISwapRouter router, AblePayers able, FeeWatch fees, NpgsqlDataSource source, TimeProvider time, EngineTelemetry telemetry)
{
    /// <summary>The readiness check.</summary>
    public ReadinessCheck Check => new("payers", AskAsync);

    /// <summary>Measures what each account can still pay for.</summary>
    public async Task TickAsync(CancellationToken token)
    {
        foreach (var (payer, left) in await LookAsync(token))
            telemetry.PayerSeen(payer.Address.ToString(), (long)UInt128.Min(left, long.MaxValue));
        var doubted = (await DoubtedNonces.ReadAsync(source, token)).ConvertAll(one => one.Address);
        foreach (var payer in router.Solvers) telemetry.NonceDoubtSeen(payer.ToString(), doubted.Contains(payer.ToString()));
        await fees.TickAsync(token);
    }

    private async Task<ReadinessResult> AskAsync(CancellationToken token)
    {
        var (now, warnings) = (time.GetUtcNow(), new List<string>(await fees.WarningsAsync(token)));
        var solvers = router.Solvers.Select(solver => solver.ToString()).ToHashSet(StringComparer.Ordinal);
        foreach (var (address, next, said) in await DoubtedNonces.ReadAsync(source, token))
        {
            if (solvers.Contains(address))
            {
                warnings.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture,
                    $"a node says that {address} has used the nonces up to {said - 1}, and shows no transaction that did; the next one here is {next}. Nothing is signed for it until a node says what can be, or you set it with the verb nonces"));
            }
        }
        foreach (var (payer, left) in await LookAsync(token))
        {
            if (left == 0)
                warnings.Add($"{payer.Address} holds {payer.Balance} base units of STX, too little for another transaction beside what it has in flight: send it STX");
        }
        foreach (var (payer, rest) in able.Rests)
        {
            if (rest.Until > now)
                warnings.Add($"a node refused what {payer} pays for with {rest.Reason}, {rest.Times} times in a row: look at its balance and at the venue's fees");
        }
        return new ReadinessResult(true) { Warnings = warnings };
    }

    /// <summary>How many more transactions each can pay for. An account whose balance is not known has nothing to be said of.</summary>
    public async Task<List<(Payer Payer, UInt128 Left)>> LookAsync(CancellationToken token)
    {
        var seen = router.Payers.Where(payer => payer.Balance is not null).ToList();
        if (seen.Count == 0) return [];
        var loads = await PayerLoad.ReadAsync(source, seen, token);
        return seen.ConvertAll(payer => (payer, LeftOf(payer, loads[payer.Address.ToString()].Unpaid)));
    }

    private static UInt128 LeftOf(Payer payer, TokenAmount unpaid) =>
        payer.Balance is { } held && held > unpaid ? (held - unpaid).Units / UInt128.Max(payer.Fee.Units, 1) : 0;
}
