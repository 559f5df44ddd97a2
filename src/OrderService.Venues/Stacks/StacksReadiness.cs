using Npgsql;
using OrderService.Domain.Ports;
using OrderService.Engine.Persistence;
using OrderService.Engine.Telemetry;

namespace OrderService.Venues.Stacks;

/// <summary>
/// How the chain is, for an operator: the node, the age of its tip, what each account can still pay for, gaps in its nonces, and what has
/// been in flight the longest.
/// </summary>
internal sealed class StacksReadiness(
    ChainWatch watch, StacksChain chain, StacksFees fees, StacksOptions options, NpgsqlDataSource source, TimeProvider time)
{
    private static readonly TimeSpan SilenceMax = TimeSpan.FromMinutes(1);

    /// <summary>The check.</summary>
    public ReadinessCheck Check => new("stacks", AskAsync);

    private async Task<ReadinessResult> AskAsync(CancellationToken token)
    {
        var (now, seen, ledger) = (time.GetUtcNow(), watch.Last, await ReadAsync(token));
        var why = WhyNot(now, seen);
        return new ReadinessResult(why is null, why, new
        {
            node = seen is null
                ? null
                : new { tipHeight = seen.Tip.Height, tipAgeSeconds = Seconds(now - seen.Since),
                    answeredSecondsAgo = Seconds(now - seen.AnsweredAt) },
            solvers = chain.Solvers.Select(solver =>
                Show(solver.ToString(), watch.Accounts.GetValueOrDefault(solver), ledger.GetValueOrDefault(solver.ToString()), now)),
        });
    }

    private string? WhyNot(DateTimeOffset now, ChainWatch.Seen? seen)
    {
        if (seen is null) return "the node has not answered yet";
        if (now - seen.AnsweredAt > SilenceMax) return "the node does not answer";
        return now - seen.Since > options.TipMaxAge ? "the chain's tip is old" : null;
    }

    private object Show(string solver, OrderService.Venues.Stacks.Node.NodeAccount? account, PayerLedger? ledger, DateTimeOffset now) => new
    {
        solver,
        balance = account?.Balance.ToString(),
        transactionsLeft = account is null
            ? null
            : (account.Balance.Units / UInt128.Max(fees.Brisk.Units, 1)).ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        chainNonce = account?.Nonce,
        nextNonce = ledger?.NextNonce,
        inFlight = ledger?.InFlight ?? 0,
        nonceGaps = ledger?.Gaps ?? 0,
        oldestUnsettledSeconds = ledger?.OldestAt is { } oldest ? Seconds(now - oldest) : (long?)null,
    };

    private Task<Dictionary<string, PayerLedger>> ReadAsync(CancellationToken token) =>
        PayerLedger.ReadAsync(source,
            [.. chain.Solvers.Select(solver => new Payer(solver, NextNonce: watch.Accounts.GetValueOrDefault(solver)?.Nonce ?? 0))], token);

    private static long Seconds(TimeSpan span) => (long)span.TotalSeconds;
}
