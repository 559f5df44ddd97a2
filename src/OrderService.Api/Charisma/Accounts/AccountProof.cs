using OrderService.Api.Charisma.ApiKeys;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Engine.Accounts;
using OrderService.Engine.Auth;

namespace OrderService.Api.Charisma.Accounts;

/// <summary>Lets the wallet through that asks about its accounts, by a message or by a key of it.</summary>
internal sealed class AccountProof() : CallerProof(Asker.Owner, WalletActions.ListAccounts)
{
    /// <inheritdoc/>
    protected override async ValueTask<IResult?> RefusalAsync(HttpContext http)
    {
        var authenticator = http.RequestServices.GetRequiredService<Authenticator>();
        if ((await authenticator.AuthenticateAsync(http, Action!, uuid: null, owner: null, http.RequestAborted)).IsRejected(out var why,
            out var caller))
        {
            return CharismaErrors.From(why);
        }
        http.Features.Set(caller);
        return null;
    }
}

/// <summary>The account that a path names.</summary>
internal static class PathAccount
{
    /// <summary>What a path calls its id.</summary>
    public const string Name = "accountId";

    /// <summary>Its id, where it is one.</summary>
    public static bool TryReadId(HttpContext context, out Guid id) =>
        WalletCall.TryParseId(context.Request.RouteValues[Name] as string ?? "", out id);

    /// <summary>It, where it is the caller's.</summary>
    public static async Task<Result<ManagedAccount>> InPathAsync(
        this FindAccount accounts, HttpContext context, Caller caller, CancellationToken token) =>
            TryReadId(context, out var id) ? await accounts.HandleAsync(id, caller.Owner, token) : FindAccount.NotFound();
}
