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

    /// <summary>The account, or why it cannot be told.</summary>
    public async Task<Result<ManagedAccount>> HandleAsync(StacksAddress owner, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        return await db.Accounts.AsNoTracking().Where(a => a.Owner == owner).OrderBy(a => a.CreatedAt).Take(2).ToListAsync(token) switch
        {
            [var only] => only,
            [] => new OrderError.Unprocessable(None, "This wallet has no managed account to pay from: open one with POST /api/v1/accounts and fund it"),
            _ => new OrderError.Unprocessable(Several, "This wallet has several managed accounts: name the address of the one that pays"),
        };
    }
}
