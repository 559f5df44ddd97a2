using Microsoft.EntityFrameworkCore;
using OrderService.Domain.Ports;
using OrderService.Engine.Persistence;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Execution;

/// <summary>The accounts that pay, made known to the nonce ledger at the chain's own next nonce.</summary>
internal sealed class Solvers(IDbContextFactory<OrdersDb> databases, ISwapRouter router)
{
    public async Task RegisterAsync(CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        foreach (var solver in router.Solvers) await NonceLedger.RegisterAsync(db, solver, await router.NextNonceAsync(solver, token), token);
    }
}
