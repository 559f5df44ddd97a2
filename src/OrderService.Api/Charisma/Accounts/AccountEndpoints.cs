using OrderService.Api.Wire;
using OrderService.Engine.Auth;

namespace OrderService.Api.Charisma.Accounts;

/// <summary>
/// A wallet's managed accounts. Each route is proven by the wallet's signature, or by a key of its with the permission <c>accounts</c>.
/// </summary>
internal static class AccountEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        var accounts = routes.MapGroup($"{CharismaEndpoints.BasePath}/accounts").WithTags("Accounts");
        accounts.MapPost("", PostAccount.HandleAsync).Needs(new CallProof<NewAccountRecord>(WalletActions.CreateAccount))
            .AddEndpointFilter(CallProof<NewAccountRecord>.Once);
        accounts.MapGet("", GetAccounts.HandleAsync).Needs(new AccountProof());
        accounts.MapGet("/{accountId}", GetAccount.HandleAsync).Needs(new AccountProof());
        accounts.MapGet("/{accountId}/history", GetAccountHistory.HandleAsync).Needs(new AccountProof());
        accounts.MapPost("/{accountId}/withdraw", PostWithdrawal.HandleAsync)
            .Needs(new CallProof<NewWithdrawalRecord>(WalletActions.Withdraw)).AddEndpointFilter(CallProof<NewWithdrawalRecord>.Once);
    }
}
