using Microsoft.EntityFrameworkCore;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Auth;

/// <summary>The key of a secret, ended or not.</summary>
internal sealed class FindApiKey(IDbContextFactory<OrdersDb> databases)
{
    /// <summary>Null where there is none of that secret.</summary>
    public async Task<ApiKey?> OfAsync(ApiKeySecret secret, CancellationToken token)
    {
        var hash = secret.Hash();
        await using var db = await databases.CreateDbContextAsync(token);
        return await db.Set<ApiKey>().AsNoTracking().SingleOrDefaultAsync(key => key.KeyHash == hash, token);
    }
}
