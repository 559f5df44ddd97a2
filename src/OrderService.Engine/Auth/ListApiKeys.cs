using Microsoft.EntityFrameworkCore;
using OrderService.Engine.Clock;
using OrderService.Engine.Persistence;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Auth;

/// <summary>A wallet's keys with the moment they were read at, which decides what has expired.</summary>
internal sealed record ApiKeyList(IReadOnlyList<ApiKey> Keys, DateTimeOffset ReadAt);

/// <summary>Reads a wallet's keys, newest first, revoked ones too.</summary>
internal sealed class ListApiKeys(IDbContextFactory<OrdersDb> databases, TimeProvider time)
{
    private const int KeysMax = 1_000;

    public async Task<ApiKeyList> HandleAsync(StacksAddress owner, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        var keys = await db.Set<ApiKey>().AsNoTracking().Where(k => k.Owner == owner).OrderByDescending(k => k.CreatedAt)
            .ThenByDescending(k => k.Id).Take(KeysMax).ToListAsync(token);
        return new ApiKeyList(keys, time.RealNow());
    }
}
