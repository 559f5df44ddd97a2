using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Orders;

/// <summary>
/// Which of an owner's orders are meant; what is null does not matter. A side is that of the pair, where one is named, with its first token
/// as the base, else that of the token.
/// </summary>
internal sealed record OrderFilter(
    TokenId? Token = null, (TokenId Base, TokenId Quote)? Pair = null, string? StrategyId = null, TradeSide? Side = null,
    Guid? GroupId = null)
{
    /// <summary>All orders.</summary>
    public static OrderFilter All { get; } = new();

    /// <summary>The same for the same orders, and another for others.</summary>
    public string Scope => string.Join(' ', new[]
    {
        Token is { } token ? $"token={token}" : null, Pair is var (first, second) ? $"pair={first}/{second}" : null,
        Side is { } side ? $"side={side}" : null, StrategyId is { } strategy ? $"strategy={strategy}" : null,
        GroupId is { } group ? $"group={group}" : null,
    }.OfType<string>());

    /// <summary>The open orders that are meant.</summary>
    public OrderQuery OpenOf(StacksAddress owner)
    {
        var query = new OrderQuery
        {
            Owner = owner, IsOpen = true, Token = Token, Pair = Pair, StrategyId = StrategyId,
            Groups = GroupId is { } group ? [group] : null,
        };
        if (Side is not { } side || (Pair?.Base ?? Token) is not { } of) return query;
        return side == TradeSide.Sell ? query with { Sold = of } : query with { Bought = of };
    }
}
