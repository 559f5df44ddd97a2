using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Events;
using OrderService.Domain.Ports;
using OrderService.Engine.Auth;
using OrderService.Engine.Persistence;
using OrderService.Engine.Sealing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;

namespace OrderService.Engine.Accounts;

/// <summary>
/// An account that is wanted. Its id is made by whoever asks, so that asking again finds it; the message is the one that asks for it, where
/// a wallet does.
/// </summary>
internal sealed record NewAccount(Guid Id, StacksAddress Owner, string Name, SignedMessage? Message)
{
    /// <summary>Who asks, as events name them.</summary>
    public string Actor { get; init; } = Owner.ToString();
}

/// <summary>Opens an account: a fresh key, encrypted before it is stored. The same id again answers the stored account.</summary>
internal sealed class CreateAccount(
    IDbContextFactory<OrdersDb> databases, MasterKeyRing ring, MessageLedger messages, ISwapRouter router,
    IOptions<AccountsOptions> options, TimeProvider time)
{
    /// <summary>The code of the refusal where the owner has an account of this name.</summary>
    public const string DuplicateName = "duplicate_account_name";

    public async Task<Result<ManagedAccount>> HandleAsync(NewAccount wanted, CancellationToken token)
    {
        if (ring.Key is not { } master) return MasterKeyRing.Missing;
        if (!ManagedAccount.IsName(wanted.Name))
        {
            return new OrderError.Field("name",
                $"must be 1 to {ManagedAccount.NameMax} letters, digits, spaces, hyphens, underscores and dots");
        }
        await using var db = await databases.CreateDbContextAsync(token);
        await using var transaction = await db.Database.BeginTransactionAsync(token);
        if (await db.Accounts.SingleOrDefaultAsync(a => a.Id == wanted.Id && a.Owner == wanted.Owner, token) is { } stored) return stored;
        var now = time.GetUtcNow();
        if (wanted.Message is { } message && (await messages.RecordAsync(db, message, now, token)).IsRejected(out var used)) return used;
        var record = await db.Set<MasterKeyRecord>().FromSql($"SELECT * FROM master_key FOR SHARE").SingleAsync(token);
        if (!record.IsOf(master)) return MasterKeyRing.Rotated;
        var max = options.Value.MaxPerOwner;
        if (await db.Accounts.CountAsync(a => a.Owner == wanted.Owner, token) >= max)
            return new OrderError.TooMany("too_many_accounts", $"This wallet has {max} accounts", TimeSpan.FromMinutes(10));
        var account = Add(db, wanted, master, now);
        try
        {
            await db.SaveChangesAsync(token);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return new OrderError.Conflict(DuplicateName, "This wallet has an account with this name already");
        }
        await transaction.CommitAsync(token);
        return account;
    }

    private ManagedAccount Add(OrdersDb db, NewAccount wanted, MasterKey master, DateTimeOffset now)
    {
        var network = router.Terms.Network;
        var key = PrivateKey.Generate();
        var account = new ManagedAccount(wanted.Id, wanted.Owner, wanted.Name, key.PublicKey().ToAddress(network), now);
        db.Add(account);
        db.Add(AccountKey.Seal(key, account, network, master));
        db.Tell(new AccountOpened(account.Id, account.Address, account.Name), account.Owner, wanted.Actor, now);
        return account;
    }
}
