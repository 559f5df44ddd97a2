using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Domain.Scheduling;
using OrderService.Stacks.Addresses;

namespace OrderService.Dialects.SwapCoffee;

/// <summary>The strategies wallet of an owner: the managed account that holds the funds of his orders.</summary>
internal interface IStrategiesWallets
{
    /// <summary>Its address, or not found.</summary>
    Task<Result<StacksAddress>> FindAsync(StacksAddress owner, CancellationToken token);

    /// <summary>Its address; opened where there is none.</summary>
    Task<Result<StacksAddress>> OpenAsync(StacksAddress owner, CancellationToken token);

    /// <summary>Stores an order that it pays for.</summary>
    Task<Result<Order>> CreateOrderAsync(OrderTerms terms, SchedulePlan plan, string? clientFields, CancellationToken token);

    /// <summary>Pays its owner, whatever the caller: amounts of tokens by the wallet's address.</summary>
    Task<Result<bool>> PayOutAsync(StacksAddress wallet, IReadOnlyList<(TokenId Token, TokenAmount Amount)> entries, CancellationToken token);
}
