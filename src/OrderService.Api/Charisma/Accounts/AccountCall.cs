using OrderService.Api.Charisma.ApiKeys;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Engine.Accounts;
using OrderService.Engine.Auth;

namespace OrderService.Api.Charisma.Accounts;

/// <summary>A proven call about accounts. What it asks for stands in the message where a wallet signed one, and in the body where a key is the proof: nothing that is acted on is unsigned.</summary>
internal sealed record AccountCall(Caller Caller, AccountFields Fields)
{
    /// <summary>Proves it, or says why not.</summary>
    public static async Task<Result<AccountCall>> ProveAsync(HttpContext context, string action)
    {
        var authenticator = context.RequestServices.GetRequiredService<Authenticator>();
        var token = context.RequestAborted;
        if (Authenticator.KeyOf(context).Length > 0)
        {
            if ((await authenticator.AuthenticateAsync(context, action, null, null, token)).IsRejected(out var refused, out var caller)) return refused;
            return (await AccountFields.ReadAsync(context, token)).IsRejected(out var malformed, out var fields) ? malformed : new AccountCall(caller, fields);
        }
        var about = action == WalletActions.Withdraw && TryReadId(context, out var id) ? id.ToString("N") : null;
        var proof = await ProofReader.ReadAsync(context, token);
        if (authenticator.Verify(proof, new AuthDemand(action, Owner: null, AccountId: about)).IsRejected(out var why, out var verified)) return why;
        return new AccountCall(new Caller(verified.Signed.Signer, verified.Signed, null), AccountFields.Of(verified.Message!)); // without an order there is no bare uuid to sign
    }

    /// <summary>The account of the path, where it is the caller's.</summary>
    public async Task<Result<ManagedAccount>> FindAsync(HttpContext context, FindAccount accounts, CancellationToken token) =>
        TryReadId(context, out var id) ? await accounts.HandleAsync(id, Caller.Owner, token) : FindAccount.NotFound();

    private static bool TryReadId(HttpContext context, out Guid id) => WalletCall.TryParseId(context.Request.RouteValues["accountId"] as string ?? "", out id);
}
