using Microsoft.EntityFrameworkCore;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Engine.Persistence;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Accounts;

/// <summary>Finds an account of an owner. One of another wallet is not found.</summary>
internal sealed class FindAccount(IDbContextFactory<OrdersDb> databases)
{
    /// <summary>By its id.</summary>
    public async Task<Result<ManagedAccount>> HandleAsync(Guid id, StacksAddress owner, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        return Found(await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id && a.Owner == owner, token));
    }

    /// <summary>By its name.</summary>
    public async Task<Result<ManagedAccount>> ByNameAsync(StacksAddress owner, string name, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        return Found(await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Owner == owner && a.Name == name, token));
    }

    /// <summary>By where it holds its tokens.</summary>
    public async Task<Result<ManagedAccount>> ByAddressAsync(StacksAddress address, StacksAddress owner, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        return Found(await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Address == address && a.Owner == owner, token));
    }

    /// <summary>By where it holds its tokens, whoever owns it: for the operator.</summary>
    public async Task<Result<ManagedAccount>> ByAddressAsync(StacksAddress address, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        return Found(await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Address == address, token));
    }

    /// <summary>No such account.</summary>
    public static OrderError NotFound() => new OrderError.NotFound { Message = "Account not found" };

    private static Result<ManagedAccount> Found(ManagedAccount? account) => account is null ? NotFound() : account;
}
