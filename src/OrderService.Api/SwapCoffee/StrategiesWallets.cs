using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Engine.Accounts;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.SwapCoffee;

/// <summary>The strategies wallet of an owner: the managed account of this name, which pays for the orders and signs for them.</summary>
internal sealed class StrategiesWallets(CreateAccount create, FindAccount accounts)
{
    /// <summary>The account's name among its owner's.</summary>
    public const string Name = "strategies";

    private static readonly OrderError.NotFound None = new() { Message = "No strategies wallet yet: create it first" };

    /// <summary>The wallet, or not found.</summary>
    public async Task<Result<ManagedAccount>> FindAsync(StacksAddress owner, CancellationToken token)
    {
        var found = await accounts.ByNameAsync(owner, Name, token);
        return found.Error is OrderError.NotFound ? None : found;
    }

    /// <summary>The wallet; opened where there is none. Of two who open it at once, both get the one that there is.</summary>
    public async Task<Result<ManagedAccount>> OpenAsync(StacksAddress owner, CancellationToken token)
    {
        if (await FindAsync(owner, token) is { Error: null } found) return found;
        var opened = await create.HandleAsync(new NewAccount(Guid.NewGuid(), owner, Name, Message: null), token);
        return opened.Error is OrderError.Conflict { Code: CreateAccount.DuplicateName } ? await FindAsync(owner, token) : opened;
    }
}
