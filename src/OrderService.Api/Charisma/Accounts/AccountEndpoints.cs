using OrderService.Api.Wire;
using OrderService.Engine.Auth;

namespace OrderService.Api.Charisma.Accounts;

/// <summary>A wallet's managed accounts. Each route is proven by the wallet's signature, or by a key of its with the permission <c>accounts</c>.</summary>
internal static class AccountEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        var once = new IdempotencyFilter(context => AccountProof.CallOf(context).Caller.Owner.ToString(), CharismaErrors.From);
        var accounts = routes.MapGroup($"{CharismaEndpoints.BasePath}/accounts").WithTags("Accounts");
        accounts.MapPost("", PostAccount.HandleAsync).Needs(new AccountProof(WalletActions.CreateAccount)).AddEndpointFilter(once);
        accounts.MapGet("", GetAccounts.HandleAsync).Needs(new AccountProof(WalletActions.ListAccounts));
        accounts.MapGet("/{accountId}", GetAccount.HandleAsync).Needs(new AccountProof(WalletActions.ListAccounts));
        accounts.MapGet("/{accountId}/history", GetAccountHistory.HandleAsync).Needs(new AccountProof(WalletActions.ListAccounts));
        accounts.MapPost("/{accountId}/withdraw", PostWithdrawal.HandleAsync).Needs(new AccountProof(WalletActions.Withdraw)).AddEndpointFilter(once);
    }
}
