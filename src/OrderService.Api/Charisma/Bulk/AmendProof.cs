using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Auth;

namespace OrderService.Api.Charisma.Bulk;

/// <summary>A proven call to change an order.</summary>
internal sealed record AmendCall(OrderUuid Uuid, AmendFields Fields, Caller Caller);

/// <summary>Lets a change through; a wallet's message has all changes.</summary>
internal sealed class AmendProof() : OwnOrderProof<AmendCall>(WalletActions.AmendOrder)
{
    /// <inheritdoc/>
    protected override async Task<Result<AmendCall>> ByKeyAsync(HttpContext http, OrderUuid uuid, Caller caller) =>
        (await AmendFields.ReadAsync(http)).IsRejected(out var why, out var asked) ? why : new AmendCall(uuid, asked, caller);

    /// <inheritdoc/>
    protected override async Task<Result<AmendCall>> ByMessageAsync(HttpContext http, OrderUuid uuid, Caller caller, WalletMessage? message)
    {
        if ((await AmendFields.ReadAsync(http)).IsRejected(out var why, out var beside)) return why;
        if (beside.Changes is not null) return new OrderError.Unauthenticated("invalid_message", "The signed message must have the changes: what stands beside it in the body is not signed");
        return new AmendCall(uuid, beside with { Changes = message?.Changes }, caller);
    }
}
