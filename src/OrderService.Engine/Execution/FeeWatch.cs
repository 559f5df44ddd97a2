using System.Globalization;
using Npgsql;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Execution;

/// <summary>Tells how much of the installation's hourly fee budget is left, and warns where it holds swaps back.</summary>
internal sealed class FeeWatch(
    ISwapRouter router, FeeBudgets budgets, NpgsqlDataSource source, TimeProvider time, EngineTelemetry telemetry)
{
    /// <summary>Measures what is left.</summary>
    public async Task TickAsync(CancellationToken token)
    {
        if (budgets.Limits() is not { } limits || limits.PerPayer.Units == UInt128.MaxValue) return;
        var spent = await PayerFees.ReadAsync(source, router.Payers, token);
        foreach (var hasKey in new[] { true, false })
            telemetry.FeesLeft(hasKey, (long)UInt128.Min(LeftOf(spent, limits, hasKey), long.MaxValue));
    }

    /// <summary>What was spent within this hour, and what is left of the installation's budget; null where nothing is limited.</summary>
    public async Task<StandingFees?> ReadAsync(CancellationToken token)
    {
        if (budgets.Limits() is not { } limits) return null;
        var (now, fees) = (time.GetUtcNow(), await PayerFees.ReadAsync(source, router.Payers, token));
        var spent = fees.Values.Aggregate(UInt128.Zero, (sum, one) => sum + one.All.At(now).Spent.Units);
        string? Left(bool hasKey) =>
            limits.PerPayer.Units == UInt128.MaxValue ? null : LeftOf(fees, limits, hasKey).ToString(CultureInfo.InvariantCulture);
        return new StandingFees(spent.ToString(CultureInfo.InvariantCulture), Left(hasKey: true), Left(hasKey: false));
    }

    private UInt128 LeftOf(Dictionary<string, PayerFees> spent, FeeLimits limits, bool hasKey) =>
        spent.Values.Aggregate(UInt128.Zero, (sum, fees) => sum + fees.At(time.GetUtcNow()).LeftOf(limits, hasKey).Units);

    /// <summary>What readiness says: nothing while one account can still pay within its share.</summary>
    public async Task<IReadOnlyList<string>> WarningsAsync(CancellationToken token)
    {
        if (budgets.Limits() is not { } limits) return [];
        var (now, payers) = (time.GetUtcNow(), router.Payers);
        var spent = await PayerFees.ReadAsync(source, payers, token);
        bool IsReached(bool hasKey) =>
            payers.All(payer => spent.TryGetValue(payer.Address.ToString(), out var fees)
                && fees.At(now).LeftOf(limits, hasKey) < TokenAmount.Max(payer.Fee, new TokenAmount(1)));
        if (payers.Count == 0 || !IsReached(hasKey: false)) return [];
        var (whose, end) = (IsReached(hasKey: true) ? "all" : "those of owners without an API key",
            new HourlyFees(default, default).At(now).End);
        return [$"the fees of this hour have reached Orders:FeesPerInstallation: swaps, {whose}, wait with fee_budget until {end:HH:mm} UTC; raise it if the orders are wanted"];
    }
}
