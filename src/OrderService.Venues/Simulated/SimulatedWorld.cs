using System.Collections.Frozen;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;

namespace OrderService.Venues.Simulated;

/// <summary>A token that the walk prices: USD per whole token around which it moves, and how far.</summary>
internal sealed record PricedToken(TokenId Id, Price Usd, int WalkBps);

/// <summary>The simulated chain as the options describe it: what does not change while it runs.</summary>
internal sealed class SimulatedWorld
{
    /// <summary>The network that it plays.</summary>
    public required StacksNetwork Network { get; init; }

    /// <summary>The router that intents must name.</summary>
    public required ContractId Router { get; init; }

    /// <summary>Who pays for transactions.</summary>
    public required IReadOnlyList<StacksAddress> Solvers { get; init; }

    /// <summary>Who receives the fees, so that no token vanishes.</summary>
    public required StacksAddress FeeCollector { get; init; }

    /// <summary>Who pulls the pools to the believed prices.</summary>
    public required StacksAddress Arbitrageur { get; init; }

    /// <summary>The account whose key is published; null where there is none.</summary>
    public required StacksAddress? Demo { get; init; }

    /// <summary>What a transaction costs.</summary>
    public required TokenAmount Fee { get; init; }

    /// <summary>Every token by id.</summary>
    public required FrozenDictionary<TokenId, Token> Tokens { get; init; }

    /// <summary>The tokens in the order of the options.</summary>
    public required IReadOnlyList<Token> TokenList { get; init; }

    /// <summary>The tokens that have a price of their own.</summary>
    public required FrozenDictionary<TokenId, PricedToken> Priced { get; init; }

    /// <summary>Every vault by contract.</summary>
    public required FrozenDictionary<ContractId, Vault> Vaults { get; init; }

    /// <summary>What each pool holds at the first start.</summary>
    public required IReadOnlyDictionary<ContractId, Reserves> FirstReserves { get; init; }

    /// <summary>The token whose price this one takes: its base where it is a subnet token, else itself.</summary>
    public static TokenId PriceTokenOf(Token token) => token.BaseToken ?? token.Id;

    /// <summary>How many base units of a token are worth so many USD at its base price.</summary>
    public TokenAmount UnitsOf(Token token, long usd) => WorldBuilder.UnitsOf(token, Priced[PriceTokenOf(token)].Usd, usd);

    /// <summary>Reads the options; throws <see cref="FormatException"/> with a sentence that names the key.</summary>
    public static SimulatedWorld Of(SimulatedOptions options) => new WorldBuilder(options).Build();
}
