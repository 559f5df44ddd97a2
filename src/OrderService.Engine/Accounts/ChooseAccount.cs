using Microsoft.EntityFrameworkCore;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Engine.Persistence;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Accounts;

/// <summary>Finds the account that pays where a call names none: a wallet's only one.</summary>
internal sealed class ChooseAccount(IDbContextFactory<OrdersDb> databases)
{
    /// <summary>The wallet has no account.</summary>
    public const string None = "no_managed_account";

    /// <summary>The wallet has several.</summary>
    public const string Several = "several_managed_accounts";

    /// <summary>
    /// The account, or why it cannot be told. A dialect that makes an account of its own does not stand in the way of another's: of
    /// several, the one with the <paramref name="preferred"/> name is taken, else the only one that is none of <paramref name="others"/>.
    /// </summary>
    public async Task<Result<ManagedAccount>> HandleAsync(
        StacksAddress owner, string preferred, IReadOnlyCollection<string> others, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        var accounts = await db.Accounts.AsNoTracking().Where(a => a.Owner == owner).OrderBy(a => a.CreatedAt).ToListAsync(token);
        if (accounts is [])
        {
            return new OrderError.Unprocessable(None,
                "This wallet has no managed account to pay from: open one with POST /api/v1/accounts and fund it");
        }
        if (accounts is [var only]) return only;
        if (accounts.Find(a => a.Name == preferred) is { } own) return own;
        return accounts.FindAll(a => !others.Contains(a.Name)) is [var left]
            ? left
            : new OrderError.Unprocessable(Several,
                $"This wallet has several managed accounts: name the address of the one that pays, or call one of them {preferred}");
    }
}
