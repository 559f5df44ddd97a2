using OrderService.Api.Wire;

namespace OrderService.Api.SwapCoffee.Records;

/// <summary>An order.</summary>
[SnakeCase]
internal sealed record StrategyRecord
{
    /// <summary>Its id.</summary>
    /// <example>1</example>
    [Bounds(1, int.MaxValue)]
    public required int Id { get; init; }

    /// <summary>Its kind.</summary>
    [Words("limit", "dca")]
    public required string Type { get; init; }

    /// <summary>The strategies wallet that pays.</summary>
    [Is(Shape.Address)]
    public required string Wallet { get; init; }

    /// <summary>Where it stands.</summary>
    [Words(
        SwapCoffeeStatus.Active, SwapCoffeeStatus.RequestedCancellation, SwapCoffeeStatus.CancelledByUser,
        SwapCoffeeStatus.CancelledBySystem, SwapCoffeeStatus.Executed,
        SwapCoffeeStatus.MaxRetriesExceeded)]
    public required string Status { get; init; }

    /// <summary>When it was made, in Unix seconds.</summary>
    /// <example>1893499200</example>
    [Bounds(0)]
    public required long CreationTimestamp { get; init; }

    /// <summary>What is sold.</summary>
    public required TokenRecord TokenFrom { get; init; }

    /// <summary>What is bought.</summary>
    public required TokenRecord TokenTo { get; init; }

    /// <summary>What is sold in all, in base units.</summary>
    [Is(Shape.BaseUnits)]
    public required string InitialInputAmount { get; init; }

    /// <summary>What is left to sell, in base units.</summary>
    [Is(Shape.BaseUnits)]
    public required string CurrentInputAmount { get; init; }

    /// <summary>What was paid, in base units.</summary>
    [Is(Shape.BaseUnits)]
    public required string CurrentOutputAmount { get; init; }

    /// <summary>Its settings.</summary>
    public required SettingsRecord Settings { get; init; }

    /// <summary>In how many parts.</summary>
    /// <example>2</example>
    [Bounds(1, StrategyBounds.SubordersMax)]
    public required int MaxSuborders { get; init; }

    /// <summary>Parts that were swapped.</summary>
    /// <example>1</example>
    [Bounds(0, StrategyBounds.SubordersMax)]
    public required int SubordersExecuted { get; init; }

    /// <summary>Transactions that may be made.</summary>
    /// <example>4</example>
    [Bounds(1, StrategyBounds.SubordersMax)]
    public required int MaxInvocations { get; init; }

    /// <summary>Transactions that were made.</summary>
    /// <example>1</example>
    [Bounds(0)]
    public required int InvocationsExecuted { get; init; }

    /// <summary>The slippage as a fraction.</summary>
    /// <example>0.01</example>
    [Thousandths(0, 1_000)]
    public required NumberText Slippage { get; init; }

    /// <summary>The tokens that a route may run through, its ends included.</summary>
    /// <example>4</example>
    [Bounds(1)]
    public required int MaxPathLength { get; init; }

    /// <summary>Transactions in flight.</summary>
    /// <example>0</example>
    [Bounds(0)]
    public required int ActiveTransactions { get; init; }

    /// <summary>When it ended, in Unix seconds or milliseconds, as the operator has it.</summary>
    /// <example>1893499260</example>
    [Bounds(0)]
    public long? CloseTimestamp { get; init; }
}

/// <summary>What an order is like: of a limit min_output_amount alone, of a dca the others.</summary>
[SnakeCase]
internal sealed record SettingsRecord
{
    /// <summary>Of a limit: the least that the whole order is to pay, in base units.</summary>
    [Is(Shape.BaseUnits)]
    [OrNull]
    public TextOrNull? MinOutputAmount { get; init; }

    /// <summary>Of a dca: seconds between two suborders.</summary>
    /// <example>60</example>
    [Bounds(StrategyBounds.DelayMin, StrategyBounds.DelayMax)]
    public int? Delay { get; init; }

    /// <summary>The same in milliseconds.</summary>
    /// <example>60000</example>
    [Bounds(StrategyBounds.DelayMin * 1_000L, StrategyBounds.DelayMax * 1_000L)]
    public long? DelayMillis { get; init; }

    /// <summary>Of a dca: the least price; 0 for none.</summary>
    /// <example>0</example>
    public NumberText? PriceRangeFrom { get; init; }

    /// <summary>Of a dca: the greatest price; 0 for none.</summary>
    /// <example>0</example>
    public NumberText? PriceRangeTo { get; init; }
}

/// <summary>A token and what it is called.</summary>
[SnakeCase]
internal sealed record TokenRecord
{
    /// <summary>Where it is.</summary>
    public required ToldAddressRecord Address { get; init; }

    /// <summary>What it is called.</summary>
    public required TokenMetadataRecord Metadata { get; init; }
}

/// <summary>What a token is called.</summary>
[SnakeCase]
internal sealed record TokenMetadataRecord
{
    /// <summary>Its name.</summary>
    /// <example>Stacks</example>
    public required string Name { get; init; }

    /// <summary>Its symbol.</summary>
    /// <example>STX</example>
    public required string Symbol { get; init; }

    /// <summary>Its decimals.</summary>
    /// <example>6</example>
    [Bounds(0, 255)]
    public required int Decimals { get; init; }

    /// <summary>The address of a picture, where the venue's list has one.</summary>
    /// <example>https://pictures.example/stx.png</example>
    public string? ImageUrl { get; init; }

    /// <summary>Whether this service knows it now.</summary>
    /// <example>true</example>
    public required bool Listed { get; init; }
}

/// <summary>A token of this service.</summary>
[SnakeCase]
internal sealed record ToldAddressRecord
{
    /// <summary>Always stacks.</summary>
    [Words(TokenAddress.Blockchain)]
    public required string Blockchain { get; init; }

    /// <summary>Its contract id, or native.</summary>
    /// <example>native</example>
    public required string Address { get; init; }
}
