using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Stacks.Addresses;

namespace OrderService.Accounts;

/// <summary>Asks the venue what addresses hold. An outage is a refusal here, so that whoever asked can wait.</summary>
internal sealed class VenueBalances(ISwapRouter router, IOptions<AccountsOptions> options, TimeProvider time)
{
    private const int KeptMax = 10_000;

    private readonly ConcurrentDictionary<(StacksAddress, ContractId), (TokenAmount Balance, DateTimeOffset At)> _kept = new();

    /// <summary>What the chain has now.</summary>
    public async Task<Result<Dictionary<ContractId, TokenAmount>>> ReadAsync(StacksAddress holder, IReadOnlyCollection<ContractId> tokens, CancellationToken token)
    {
        try
        {
            var balances = await router.BalancesAsync(holder, tokens, token).WaitAsync(options.Value.BalanceTimeout, token);
            return new Dictionary<ContractId, TokenAmount>(balances);
        }
        catch (Exception outage) when (Outage.Is(outage))
        {
            return new OrderError.Unavailable("venue_unavailable", "The venue does not tell what the account holds: try again", TimeSpan.FromSeconds(5));
        }
    }

    /// <summary>Why a slice of this amount cannot start, or null. Asks again only where what was last seen is too old, or too little.</summary>
    public async Task<OrderError?> RefusalAsync(StacksAddress holder, ContractId of, TokenAmount amount, CancellationToken token)
    {
        var now = time.GetUtcNow();
        if (_kept.TryGetValue((holder, of), out var kept) && kept.At + options.Value.BalanceMaxAge > now && kept.Balance >= amount) return null;
        if ((await ReadAsync(holder, [of], token)).IsRejected(out var why, out var balances)) return why;
        if (_kept.Count >= KeptMax) _kept.Clear();
        _kept[(holder, of)] = (balances[of], now);
        return new AccountFunds(balances[of], TokenAmount.Zero, TokenAmount.Zero).Refusal(amount);
    }
}
