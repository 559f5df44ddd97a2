using OrderService.Api.Wire;

namespace OrderService.Api.Charisma.Records;

/// <summary>The answer of the quote route.</summary>
internal sealed record QuoteAnswerRecord
{
    /// <summary>Always true.</summary>
    /// <example>true</example>
    public required bool Success { get; init; }

    /// <summary>The quote.</summary>
    public required QuoteRecord Data { get; init; }
}

/// <summary>What a swap would pay now.</summary>
internal sealed record QuoteRecord
{
    /// <summary>The tokens that the swap runs through, the sold one first.</summary>
    public required IReadOnlyList<TokenRecord> Path { get; init; }

    /// <summary>Its steps.</summary>
    public required IReadOnlyList<HopRecord> Hops { get; init; }

    /// <summary>What is sold, in base units.</summary>
    [Is(Shape.LooseUnits)]
    public required LooseUnits AmountIn { get; init; }

    /// <summary>What would be paid, in base units.</summary>
    [Is(Shape.LooseUnits)]
    public required LooseUnits AmountOut { get; init; }

    /// <summary>Whole tokens out for a whole token in.</summary>
    [Is(Shape.Price)]
    public required string ExpectedPrice { get; init; }

    /// <summary>amountOut less the slippage, rounded up, in base units.</summary>
    [Is(Shape.LooseUnits)]
    public required LooseUnits MinimumReceived { get; init; }

    /// <summary>The slippage that it is less, in basis points.</summary>
    [Is(Shape.BasisPoints)]
    public required int SlippageBps { get; init; }

    /// <summary>The route as the router takes it.</summary>
    public required RouteRecord Route { get; init; }
}

/// <summary>One step of a route, with what it pays.</summary>
internal sealed record HopRecord
{
    /// <summary>The pool.</summary>
    public required VaultRecord Vault { get; init; }

    /// <summary>What goes in.</summary>
    public required TokenRecord TokenIn { get; init; }

    /// <summary>What comes out.</summary>
    public required TokenRecord TokenOut { get; init; }

    /// <summary>What the pool is told to do.</summary>
    /// <example>0</example>
    [Bounds(0)]
    public required int Opcode { get; init; }

    /// <summary>Its amounts.</summary>
    public required HopQuoteRecord Quote { get; init; }
}

/// <summary>A pool's contract.</summary>
internal sealed record VaultRecord
{
    /// <summary>Its id.</summary>
    [Is(Shape.Contract)]
    public required string ContractId { get; init; }

    /// <summary>The address that deployed it.</summary>
    [Is(Shape.Address)]
    public required string ContractAddress { get; init; }

    /// <summary>Its name.</summary>
    /// <example>pool</example>
    public required string ContractName { get; init; }

    /// <summary>What it does: swap in a pool, or wrap into the subnet and back.</summary>
    [Words("POOL", "SUBLINK")]
    public string? Type { get; init; }

    /// <summary>What it is called.</summary>
    /// <example>STX-CHA</example>
    public string? Name { get; init; }

    /// <summary>The short name of its share.</summary>
    /// <example>STXCHA</example>
    public string? Symbol { get; init; }

    /// <summary>The asset of its share inside its contract.</summary>
    /// <example>lp-token</example>
    public string? Identifier { get; init; }

    /// <summary>Its fee, in millionths of what goes in.</summary>
    /// <example>3000</example>
    [Bounds(0, 1_000_000)]
    public int? Fee { get; init; }

    /// <summary>The address of a picture; empty where there is none.</summary>
    /// <example>https://pictures.example/pool.png</example>
    public string? Image { get; init; }

    /// <summary>Whose funds its output is, where that is not the pool; else empty.</summary>
    /// <example>ST2QKZ4FKHAH1NQKYKYAYZPY440FEPK7GZ1R5HBP2</example>
    public string? ExternalPoolId { get; init; }

    /// <summary>Opcode 0 sells this one.</summary>
    public TokenRecord? TokenA { get; init; }

    /// <summary>Opcode 1 sells this one.</summary>
    public TokenRecord? TokenB { get; init; }
}

/// <summary>Amounts of one step, in base units.</summary>
internal sealed record HopQuoteRecord
{
    /// <summary>What goes in.</summary>
    [Is(Shape.LooseUnits)]
    public required LooseUnits AmountIn { get; init; }

    /// <summary>What comes out.</summary>
    [Is(Shape.LooseUnits)]
    public required LooseUnits AmountOut { get; init; }
}

/// <summary>A route as the router takes it.</summary>
internal sealed record RouteRecord
{
    /// <summary>Its steps.</summary>
    public required IReadOnlyList<RouteHopRecord> Hops { get; init; }
}

/// <summary>One step of it.</summary>
internal sealed record RouteHopRecord
{
    /// <summary>The pool's contract.</summary>
    [Is(Shape.Contract)]
    public required string Vault { get; init; }

    /// <summary>What the pool is told to do.</summary>
    /// <example>0</example>
    [Bounds(0)]
    public required int Opcode { get; init; }

    /// <summary>What goes in.</summary>
    [Is(Shape.Token)]
    public required string TokenIn { get; init; }

    /// <summary>What comes out.</summary>
    [Is(Shape.Token)]
    public required string TokenOut { get; init; }
}
