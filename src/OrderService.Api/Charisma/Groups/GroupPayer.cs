using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Engine.Accounts;
using OrderService.Engine.Auth;

namespace OrderService.Api.Charisma.Groups;

/// <summary>
/// Who asks for a group, where a key is sent, and the account that pays for it, where one does: that is asked for by a key of its owner.
/// </summary>
internal sealed record GroupPayer(Caller? By, ManagedAccount? Account)
{
    /// <summary>Why what an account pays for is not done without a key.</summary>
    public static OrderError.Unauthenticated NoKey { get; } = new("missing_credentials",
        "Missing authentication: what an account pays for is asked for by an API key of its owner with the permission trade");

    /// <summary>Judges the key that was sent, and finds the account.</summary>
    public static async Task<Result<GroupPayer>> OfAsync(
        HttpContext context, GroupBody group, Authenticator authenticator, FindAccount accounts, CancellationToken token)
    {
        Caller? by = null;
        if (context.Request.Headers.ContainsKey(Authenticator.KeyHeader)
            && (await authenticator.AuthenticateAsync(context, WalletActions.CreateOrder, uuid: null, group.Owner, token)).IsRejected(
                out var why, out by))
        {
            return why;
        }
        if (group.Account is not { } address) return new GroupPayer(by, null);
        if (by is null) return NoKey;
        return (await accounts.ByAddressAsync(address, group.Owner, token)).IsRejected(out why, out var payer)
            ? why : new GroupPayer(by, payer);
    }
}
