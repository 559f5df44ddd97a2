using Microsoft.Extensions.Options;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Accounts;

/// <summary>Asks the venue what addresses hold. An outage is a refusal here, so that whoever asked can wait.</summary>
internal sealed class VenueBalances(ISwapRouter router, IOptions<AccountsOptions> options)
{
    /// <summary>What the chain has now.</summary>
    public async Task<Result<Dictionary<TokenId, TokenAmount>>> ReadAsync(
        StacksAddress holder, IReadOnlyCollection<TokenId> tokens, CancellationToken token)
    {
        try
        {
            var balances = await router.BalancesAsync(holder, tokens, token).WaitAsync(options.Value.BalanceTimeout, token);
            return new Dictionary<TokenId, TokenAmount>(balances);
        }
        catch (Exception outage) when (Outage.Is(outage))
        {
            return new OrderError.Unavailable("venue_unavailable", "The venue does not tell what the account holds: try again",
                TimeSpan.FromSeconds(5));
        }
    }

    /// <summary>All that the chain itself counts of an address; null where it does not tell now.</summary>
    public async Task<IReadOnlyDictionary<TokenId, TokenAmount>?> HoldingsAsync(StacksAddress holder, CancellationToken token)
    {
        try
        {
            return await router.HoldingsAsync(holder, token).WaitAsync(options.Value.BalanceTimeout, token);
        }
        catch (Exception outage) when (Outage.Is(outage))
        {
            return null;
        }
    }
}
