using OrderService.Accounts;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Scheduling;

namespace OrderService.Orders;

/// <summary>A parsed order that an account of its owner pays for and signs. Its uuid is the service's own; the same uuid again is the same order.</summary>
internal sealed record NewManagedOrder(ManagedAccount Account, OrderTerms Terms, SchedulePlan Plan, string Dialect, string? ClientFields);

/// <summary>Sets the whole amount aside and stores the order, both or neither. Refused with <c>insufficient_balance</c>, which says what is missing, where the account has less.</summary>
internal sealed class CreateManagedOrder(CreateScheduledOrder create)
{
    public async Task<Result<Order>> HandleAsync(NewManagedOrder wanted, CancellationToken token)
    {
        if (wanted.Terms.Owner != wanted.Account.Owner) return new OrderError.Forbidden("wrong_wallet", "The account belongs to another wallet");
        var authority = new FundsAuthority.Managed(wanted.Account.Address);
        return await create.HandleAsync(new NewScheduledOrder(authority, wanted.Terms, wanted.Plan, wanted.Dialect, wanted.ClientFields), token);
    }
}
