using Microsoft.EntityFrameworkCore;
using OrderService.Domain;
using OrderService.Domain.Events;
using OrderService.Engine.Clock;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Auth;

/// <summary>Ends a key for good. The message that asked for it is used up in the same transaction.</summary>
internal sealed class RevokeApiKey(IDbContextFactory<OrdersDb> databases, MessageLedger messages, TimeProvider time)
{
    public async Task<Result<ApiKey>> HandleAsync(Guid id, SignedMessage message, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        await using var transaction = await db.Database.BeginTransactionAsync(token);
        var now = time.RealNow();
        if ((await messages.RecordAsync(db, message, now, token)).IsRejected(out var used)) return used;
        var found = await db.Set<ApiKey>().SingleOrDefaultAsync(k => k.Id == id, token);
        if (ReadApiKey.Owned(found, message.Signer).IsRejected(out var why, out var key) || key.Revoke(now).IsRejected(out why)) return why;
        db.Tell(new ApiKeyRevoked(key.Id), key.Owner, message.Signer.ToString(), time.GetUtcNow());
        await db.SaveChangesAsync(token);
        await transaction.CommitAsync(token);
        return key;
    }
}
