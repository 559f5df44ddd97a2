using OrderService.Domain.Orders;

namespace OrderService.Orders;

/// <summary>An order as it reads at one moment, with its attempts, oldest first.</summary>
internal sealed record OrderView(Order Order, IReadOnlyList<SwapAttempt> Attempts, DateTimeOffset ReadAt);
