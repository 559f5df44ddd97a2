using Microsoft.Extensions.Options;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Execution;

/// <summary>
/// What fees may come to within an hour: of one owner, of one account that pays, and of that account for owners without an API key.
/// </summary>
internal sealed record FeeLimits(TokenAmount PerOwner, TokenAmount PerPayer, TokenAmount PerPayerKeyless);

/// <summary>The budgets of this venue. The installation's is shared out evenly among the accounts that pay.</summary>
internal sealed class FeeBudgets(ISwapRouter router, IOptions<OrdersOptions> options)
{
    private const long PerOwnerOnChain = 10_000_000;
    private const long PerInstallationOnChain = 100_000_000;
    private static readonly TokenAmount Unlimited = new(UInt128.MaxValue);

    /// <summary>The limits; null where there is none.</summary>
    public FeeLimits? Limits()
    {
        var isPlay = router.Terms.Venue == "simulated"; // play money pays no fee
        var (owner, installation) = (options.Value.FeesPerOwner ?? (isPlay ? 0 : PerOwnerOnChain),
            options.Value.FeesPerInstallation ?? (isPlay ? 0 : PerInstallationOnChain));
        if (owner == 0 && installation == 0) return null;
        var share = (UInt128)(installation / Math.Max(1, router.SolversOfAll));
        var keyless = share * (UInt128)(100 - options.Value.FeesForKeysPercent) / 100;
        return new FeeLimits(
            owner == 0 ? Unlimited : new TokenAmount((UInt128)owner), installation == 0 ? Unlimited : new TokenAmount(share),
            installation == 0 ? Unlimited : new TokenAmount(keyless));
    }

    /// <summary>What locks the budgets of these owners, with those of the accounts that pay.</summary>
    public FeeLock Lock(IEnumerable<StacksAddress> owners, DateTimeOffset now) =>
        Limits() is { } limits ? new FeeLock(limits, owners, now) : FeeLock.None;
}
