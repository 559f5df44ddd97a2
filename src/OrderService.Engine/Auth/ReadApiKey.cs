using Microsoft.EntityFrameworkCore;
using OrderService.Domain;
using OrderService.Engine.Clock;
using OrderService.Engine.Persistence;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Auth;

/// <summary>A key with its latest requests, newest first.</summary>
internal sealed record ApiKeyView(ApiKey Key, IReadOnlyList<ApiKeyRequest> RecentActivity, DateTimeOffset ReadAt);

/// <summary>Reads one key and what it did lately.</summary>
internal sealed class ReadApiKey(IDbContextFactory<OrdersDb> databases, TimeProvider time)
{
    private const int ActivityMax = 50;

    public async Task<Result<ApiKeyView>> HandleAsync(Guid id, StacksAddress owner, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        if (Owned(await db.Set<ApiKey>().AsNoTracking().SingleOrDefaultAsync(k => k.Id == id, token), owner)
            .IsRejected(out var why, out var key))
        {
            return why;
        }
        var activity = await db.Set<ApiKeyRequest>().AsNoTracking().Where(r => r.KeyId == id).OrderByDescending(r => r.Id).Take(ActivityMax)
            .ToListAsync(token);
        return new ApiKeyView(key, activity, time.RealNow());
    }

    /// <summary>The key where it is the wallet's. Its id is random, so telling "not yours" from "not there" gives nothing away.</summary>
    internal static Result<ApiKey> Owned(ApiKey? key, StacksAddress owner)
    {
        if (key is null) return NotFound();
        return key.Owner == owner ? key : new OrderError.Forbidden("wrong_wallet", "Unauthorized: the API key belongs to another wallet");
    }

    /// <summary>No such key.</summary>
    internal static OrderError NotFound() => new OrderError.NotFound { Message = "API key not found" };
}
