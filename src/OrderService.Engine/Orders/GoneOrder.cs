using OrderService.Domain;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Orders;

/// <summary>An order that was dropped with its month: whose it was, and what is answered about it.</summary>
/// <param name="IsSigned">A wallet signed it: whoever knows its uuid may know of it.</param>
internal sealed record GoneOrder(StacksAddress Owner, bool IsSigned, OrderError.Gone Refusal);
