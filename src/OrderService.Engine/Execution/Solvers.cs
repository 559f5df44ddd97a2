using Microsoft.EntityFrameworkCore;
using OrderService.Domain.Ports;
using OrderService.Engine.Persistence;
using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Execution;

/// <summary>The accounts that pay, made known to the nonce ledger at the chain's own next nonce.</summary>
internal sealed class Solvers(IDbContextFactory<OrdersDb> databases, ISwapRouter router, TimeProvider time, EngineTelemetry telemetry)
{
    public async Task RegisterAsync(CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        foreach (var solver in router.Solvers)
        {
            var next = await router.NextNonceAsync(solver, token);
            if (await DoubtedNonces.NextAsync(db, solver, token) is not null) continue;
            if (next == 0 || (next <= long.MaxValue && await router.IsNonceShownAsync(solver, next - 1, token)))
                await NonceLedger.RegisterAsync(db, solver, next, token);
            else if (await DoubtedNonces.DoubtAsync(db, solver, next, time.GetUtcNow(), token))
                telemetry.NonceDoubted(solver.ToString(), 0, next);
        }
    }
}
