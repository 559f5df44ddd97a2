using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Orders;
using OrderService.Engine.Auth;

namespace OrderService.Engine.Orders;

/// <summary>A parsed order that an account of its owner pays for and signs. Its uuid is the service's own; the same uuid again is the same order.</summary>
internal sealed record NewManagedOrder(ManagedAccount Account, Caller By, OrderTerms Terms, SchedulePlan Plan, string Dialect, string? ClientFields)
{
    /// <summary>What it is asked for as.</summary>
    public OrderKind Kind { get; init; }

    /// <summary>What its clients call it, where that is not its uuid.</summary>
    public string? PublicId { get; init; }
}

/// <summary>Sets the whole amount aside and stores the order, both or neither. An API key sells only what it may (<see cref="JudgeKeySale"/>), whatever wire it came by. Refused with <c>insufficient_balance</c>, which says what is missing, where the account has less.</summary>
internal sealed class CreateManagedOrder(CreateScheduledOrder create, JudgeKeySale judge)
{
    public async Task<Result<Order>> HandleAsync(NewManagedOrder wanted, CancellationToken token)
    {
        if (wanted.Terms.Owner != wanted.Account.Owner) return new OrderError.Forbidden("wrong_wallet", "The account belongs to another wallet");
        if (judge.Judge(wanted.By, wanted.Terms).IsRejected(out var why, out var sale)) return why;
        var authority = new FundsAuthority.Managed(wanted.Account.Address);
        var order = new NewScheduledOrder(authority, wanted.Terms, wanted.Plan, wanted.Dialect, wanted.ClientFields)
        {
            Kind = wanted.Kind, PublicId = wanted.PublicId, Actor = wanted.By.Actor, Sale = sale.Counted,
        };
        return await create.HandleAsync(order, token);
    }
}
