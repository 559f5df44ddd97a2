using Microsoft.Extensions.Options;
using OrderService.Domain.Pricing;
using OrderService.Engine.Execution;
using OrderService.Engine.Pricing;

namespace OrderService.Engine.Orders;

/// <summary>
/// What a watched price is measured in where an order does not say: the operator's choice, else the subnet's sUSDT where the venue knows it
/// and a price of it is heard, else USD. It is decided when the order is made, and kept as its pair.
/// </summary>
internal sealed class BaseAssets(TokenRegistry tokens, PriceBoard board, IOptions<OrdersOptions> options)
{
    private const string Wrapped = "token-susdt";

    private volatile Found? _found;

    /// <summary>What it is now.</summary>
    public TokenId Default => options.Value.DefaultBaseAsset is { Length: > 0 } chosen ? TokenId.Parse(chosen)
        : SubnetSusdt() is { } susdt && board.Knows(susdt) ? susdt
        : TokenId.Usd;

    // By what it wraps: the subnet's contract has another name on each network.
    private TokenId? SubnetSusdt()
    {
        var all = tokens.All;
        if (_found is { } known && ReferenceEquals(known.Among, all)) return known.Token;
        TokenId? token = all.FirstOrDefault(t => t.Type == TokenType.Subnet && t.BaseToken is { } wrapped
            && wrapped.IsContract(out var contract) && contract.Value.Name == Wrapped)?.Id;
        _found = new Found(all, token);
        return token;
    }

    private sealed record Found(IReadOnlyList<Token> Among, TokenId? Token);
}
