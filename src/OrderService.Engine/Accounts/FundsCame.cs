using Npgsql;
using OrderService.Domain.Accounts;
using OrderService.Domain.Pricing;
using OrderService.Engine.Persistence;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Accounts;

/// <summary>
/// Told of funds that came in by no swap: what was seen of the account before is forgotten, and what lacked them looks again with the next
/// sweep.
/// </summary>
internal sealed class FundsCame(NpgsqlDataSource source, SeenBalances balances, TimeProvider time)
{
    public async Task HandleAsync(Principal account, TokenId id, CancellationToken token)
    {
        if (!HoldLedger.TryKeyOf(account, id, out var key)) return;
        balances.Forget(key);
        await HoldLedger.WakeAsync(source, key, time.GetUtcNow(), token);
    }
}
