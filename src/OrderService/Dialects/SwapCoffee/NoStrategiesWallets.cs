using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Domain.Scheduling;
using OrderService.Stacks.Addresses;

namespace OrderService.Dialects.SwapCoffee;

/// <summary>A service without managed accounts.</summary>
internal sealed class NoStrategiesWallets : IStrategiesWallets
{
    private static readonly OrderError.Unavailable None = new("no_accounts", "This service holds no accounts", TimeSpan.FromMinutes(10));

    public Task<Result<StacksAddress>> FindAsync(StacksAddress owner, CancellationToken token) => Task.FromResult<Result<StacksAddress>>(None);

    public Task<Result<StacksAddress>> OpenAsync(StacksAddress owner, CancellationToken token) => Task.FromResult<Result<StacksAddress>>(None);

    public Task<Result<Order>> CreateOrderAsync(OrderTerms terms, SchedulePlan plan, string? clientFields, CancellationToken token) => Task.FromResult<Result<Order>>(None);

    public Task<Result<bool>> PayOutAsync(StacksAddress wallet, IReadOnlyList<(TokenId Token, TokenAmount Amount)> entries, CancellationToken token) => Task.FromResult<Result<bool>>(None);
}
