using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;

namespace OrderService.Api.Tread;

/// <summary>
/// A class of tokens under one symbol: a plain or native token and the subnet token that wraps it, or one token that was named by itself.
/// </summary>
internal sealed record TradeAsset(string Symbol, Token? Plain, Token? Subnet)
{
    /// <summary>The token that stands for its price.</summary>
    public Token Priced => Plain ?? Subnet ?? throw new InvalidOperationException($"{Symbol} has no token");

    /// <summary>Digits after the point; both tokens of a class have the same.</summary>
    public int Decimals => Priced.Decimals;

    /// <summary>
    /// Those that an account can sell: the plain one by calls of its own, where the venue takes them, and the subnet token by intents. The
    /// plain one first.
    /// </summary>
    public IEnumerable<Token> Sellable(ISwapRouter router) =>
        new[] { Plain is { } plain && router.CanCall(plain.Id) ? plain : null, Subnet }.OfType<Token>();

    /// <summary>The address of a picture of it, as the venue's list has it.</summary>
    public string? Image => Plain?.Image ?? Subnet?.Image;

    /// <summary>Its tokens.</summary>
    public IEnumerable<Token> Tokens => new[] { Subnet, Plain }.OfType<Token>();
}

/// <summary>Two assets; its price is quote per one base. A variant is understood and nothing more.</summary>
internal sealed record TradePair(TradeAsset Base, TradeAsset Quote, string? Variant = null)
{
    /// <summary>As the registry spells it.</summary>
    public string Name => $"{Base.Symbol}-{Quote.Symbol}";
}
