using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Ports;
using OrderService.Engine.Persistence;
using OrderService.Engine.Sealing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;

namespace OrderService.Engine.Accounts;

/// <summary>
/// Signs for the accounts. A key is decrypted for one signature and not kept; what is kept is its encrypted row. It signs two things only:
/// what swaps a slice, a transfer to the router or a call of one, and what pays the account's owner.
/// </summary>
internal sealed class AccountKeys(IDbContextFactory<OrdersDb> databases, MasterKeyRing ring, ISwapRouter router) : IManagedSigner
{
    private const int RowsMax = 10_000;

    private readonly ConcurrentDictionary<StacksAddress, Row> _rows = new();

    /// <inheritdoc/>
    public async Task<Result<RecoverableSignature>> SignAsync(StacksAddress account, TransferIntent intent, CancellationToken token)
    {
        if (intent.ChainId != router.Terms.Network.ChainId)
            return new OrderError.WrongNetwork(router.Terms.Network.Name, router.Terms.Network.ChainId);
        if (ring.Key is not { } master) return MasterKeyRing.Missing;
        if ((await FindAsync(account, master, token)).IsRejected(out var why, out var found)) return why;
        var isAllowed = intent.Target == Principal.From(router.Terms.Router) || intent.Target == Principal.From(found.Account.Owner);
        if (!isAllowed)
        {
            return new OrderError.NotExecutable("foreign_target",
                $"an account signs transfers to the router or to its owner, not to {intent.Target}");
        }
        if (found.Key.Open(found.Account, router.Terms.Network, master) is not { } key) return Unreadable(account);
        Span<byte> hash = stackalloc byte[StructuredMessage.HashSize];
        intent.Hash(hash);
        return Secp256k1.Sign(hash, key);
    }

    /// <inheritdoc/>
    public async Task<Result<IAccountSigner>> OfAsync(StacksAddress account, CancellationToken token)
    {
        if (ring.Key is not { } master) return MasterKeyRing.Missing;
        if ((await FindAsync(account, master, token)).IsRejected(out var why, out var found)) return why;
        var signer = new Signer(found, router.Terms.Network, master);
        return signer.Opens ? signer : Unreadable(account);
    }

    private static OrderError.NotExecutable Unreadable(StacksAddress account) =>
        new("account_key_unreadable", $"the stored key of {account} was changed and cannot be opened");

    // A row under another master key is read anew: a rotation may have replaced it.
    private async Task<Result<Row>> FindAsync(StacksAddress address, MasterKey master, CancellationToken token)
    {
        if (_rows.TryGetValue(address, out var known) && known.Key.KeyId == master.Id) return known;
        await using var db = await databases.CreateDbContextAsync(token);
        var account = await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Address == address, token);
        var key = account is null
            ? null : await db.Set<AccountKey>().AsNoTracking().SingleOrDefaultAsync(k => k.AccountId == account.Id, token);
        if (account is null || key is null)
            return new OrderError.NotExecutable("unknown_account", $"this service holds no key of {address}");
        if (key.KeyId != master.Id) return MasterKeyRing.Rotated;
        if (_rows.Count >= RowsMax) _rows.Clear();
        return _rows[address] = new Row(account, key);
    }

    private sealed record Row(ManagedAccount Account, AccountKey Key);

    private sealed class Signer(Row row, StacksNetwork network, MasterKey master) : IAccountSigner
    {
        public StacksAddress Account => row.Account.Address;

        public bool Opens => row.Key.Open(row.Account, network, master) is not null;

        public RecoverableSignature Sign(RouterCall call, ReadOnlySpan<byte> hash)
        {
            var isAllowed = call switch
            {
                RouterCall.OwnSwap or RouterCall.Noop => true,
                RouterCall.OwnTransfer transfer => transfer.Recipient == row.Account.Owner,
                _ => false,
            };
            if (!isAllowed) throw new UnreachableException($"an account calls swaps and pays its owner, and not {call.GetType().Name}");
            return Secp256k1.Sign(hash,
                row.Key.Open(row.Account, network, master) ?? throw new UnreachableException($"the key of {Account} opened a moment ago"));
        }
    }
}
