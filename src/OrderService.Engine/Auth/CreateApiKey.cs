using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using OrderService.Domain;
using OrderService.Domain.Events;
using OrderService.Engine.Clock;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Auth;

/// <summary>What a wallet asks for: a name that <see cref="ApiKey.IsName"/> accepts, permissions, an end in the future.</summary>
internal sealed record NewApiKey(string Name, IReadOnlySet<ApiKeyPermission> Permissions, DateTimeOffset? ExpiresAt)
{
    /// <summary>What it may do of that.</summary>
    public KeyLimits Limits { get; init; } = new();
}

/// <summary>A key with the secret that is shown this once.</summary>
internal sealed record CreatedApiKey(ApiKey Key, ApiKeySecret Secret);

/// <summary>Makes a key for a wallet. The message that asked for it is used up in the same transaction.</summary>
internal sealed class CreateApiKey(
    IDbContextFactory<OrdersDb> databases, MessageLedger messages, IOptions<AuthOptions> options, TimeProvider time)
{
    /// <summary>The code of the refusal where the wallet has an active key of this name.</summary>
    public const string DuplicateName = "duplicate_key_name";

    private const string NameIndex = "api_keys_active_name";

    public async Task<Result<CreatedApiKey>> HandleAsync(SignedMessage message, NewApiKey wanted, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        await using var transaction = await db.Database.BeginTransactionAsync(token);
        var now = time.RealNow();
        if ((await messages.RecordAsync(db, message, now, token)).IsRejected(out var used)) return used;
        await RetireExpiredAsync(db, message, now, token);
        var keysMax = options.Value.ActiveKeysMax;
        if (await db.Set<ApiKey>().CountAsync(k => k.Owner == message.Signer && k.Status == ApiKey.Active, token) >= keysMax)
        {
            return new OrderError.TooMany("too_many_api_keys", $"This wallet has {keysMax} active API keys: revoke one first",
                TimeSpan.FromMinutes(1));
        }
        var secret = ApiKeySecret.New();
        var key = ApiKey.Create(message.Signer, wanted.Name, wanted.Permissions, secret, options.Value.RequestsPerMinute, wanted.Limits,
            wanted.ExpiresAt, now);
        db.Add(key);
        db.Tell(new ApiKeyCreated(key.Id, key.Name, key.PermissionNames, key.ExpiresAt), key.Owner, key.Owner.ToString(), time.GetUtcNow());
        try
        {
            await db.SaveChangesAsync(token);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation,
            ConstraintName: NameIndex })
        {
            return new OrderError.Conflict(DuplicateName, "An active API key with this name already exists");
        }
        await transaction.CommitAsync(token);
        return new CreatedApiKey(key, secret);
    }

    // An expired key gives its name back.
    private static Task<int> RetireExpiredAsync(OrdersDb db, SignedMessage message, DateTimeOffset now, CancellationToken token) =>
        db.Set<ApiKey>().Where(k => k.Owner == message.Signer && k.Status == ApiKey.Active && k.ExpiresAt <= now)
            .ExecuteUpdateAsync(set => set.SetProperty(k => k.Status, ApiKey.Revoked).SetProperty(k => k.RevokedAt, k => k.ExpiresAt),
                token);
}
