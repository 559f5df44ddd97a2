using OrderService.Api.Wire;

namespace OrderService.Api.SwapCoffee.Records;

/// <summary>A new order, paid from the strategies wallet.</summary>
[SnakeCase]
internal sealed record NewStrategyRecord
{
    /// <summary>limit or dca; vca is known and refused.</summary>
    [Words("limit", "dca", "vca")]
    public required string Type { get; init; }

    /// <summary>What is sold.</summary>
    public required TokenAddressRecord TokenFrom { get; init; }

    /// <summary>What is bought; another one.</summary>
    public required TokenAddressRecord TokenTo { get; init; }

    /// <summary>How much is sold, in base units, more than 0.</summary>
    [Is(Shape.LooseUnits)]
    public required object InputAmount { get; init; }

    /// <summary>In how many parts.</summary>
    /// <example>2</example>
    [Bounds(1, NewOrderJson.SubordersMax)]
    public required int MaxSuborders { get; init; }

    /// <summary>How many transactions may be made; at least max_suborders.</summary>
    /// <example>4</example>
    [Bounds(1, NewOrderJson.SubordersMax)]
    public required int MaxInvocations { get; init; }

    /// <summary>How far below its quote a part may pay, as a fraction: 0.01 is 1 %. Above 0, at most 1, a multiple of 0.0001.</summary>
    /// <example>0.01</example>
    [Thousandths(0, 1_000, isAbove: true)]
    public required decimal Slippage { get; init; }

    /// <summary>What it is like.</summary>
    public required NewSettingsRecord Settings { get; init; }

    /// <summary>Who sent the client.</summary>
    /// <example>a friend</example>
    [Count(0, NewOrderJson.ReferralNameMax)]
    public string? ReferralName { get; init; }
}

/// <summary>What an order is like: of a limit min_output_amount alone, of a dca the others.</summary>
[SnakeCase]
internal sealed record NewSettingsRecord
{
    /// <summary>Of a limit: the least that the whole order is to pay, in base units.</summary>
    [Is(Shape.LooseUnits)]
    public object? MinOutputAmount { get; init; }

    /// <summary>Of a dca: seconds between two suborders.</summary>
    /// <example>60</example>
    [Is(Shape.LooseWhole)]
    [Bounds(NewOrderJson.DelayMin, NewOrderJson.DelayMax)]
    public object? Delay { get; init; }

    /// <summary>Of a dca: the least price, token_to for one token_from in whole tokens; 0 for none.</summary>
    /// <example>0.5</example>
    [Is(Shape.LooseNumber)]
    public object? PriceRangeFrom { get; init; }

    /// <summary>Of a dca: the greatest price; 0 for none.</summary>
    /// <example>2</example>
    [Is(Shape.LooseNumber)]
    public object? PriceRangeTo { get; init; }
}

/// <summary>Changes of an order: at least one of these.</summary>
[SnakeCase]
internal sealed record AmendRecord
{
    /// <summary>How much is sold in all, in base units.</summary>
    [Is(Shape.LooseUnits)]
    public object? InputAmount { get; init; }

    /// <summary>In how many parts; more than were swapped or are in flight.</summary>
    /// <example>3</example>
    [Bounds(1, NewOrderJson.SubordersMax)]
    public int? MaxSuborders { get; init; }

    /// <summary>How many transactions may be made.</summary>
    /// <example>6</example>
    [Bounds(1, NewOrderJson.SubordersMax)]
    public int? MaxInvocations { get; init; }

    /// <summary>The slippage as a fraction.</summary>
    /// <example>0.02</example>
    [Thousandths(0, 1_000, isAbove: true)]
    public decimal? Slippage { get; init; }

    /// <summary>Its settings; those that are not given stay.</summary>
    public NewSettingsRecord? Settings { get; init; }
}

/// <summary>A confirmation.</summary>
[SnakeCase]
internal sealed record ConfirmRecord
{
    /// <summary>The payload_cell that creating the order answered.</summary>
    /// <example>eyJmb3JtYXQiOiJvcmRlci1zZXJ2aWNlLzEifQ==</example>
    public required string PayloadCell { get; init; }
}

/// <summary>What a strategies wallet is to pay its owner.</summary>
[SnakeCase]
internal sealed record PayoutRecord
{
    /// <summary>The strategies wallet.</summary>
    [Is(Shape.Address)]
    public required string Address { get; init; }

    /// <summary>The payments.</summary>
    [Count(1, PayoutJson.EntriesMax)]
    public required IReadOnlyList<PayoutEntryRecord> Entries { get; init; }
}

/// <summary>One payment.</summary>
[SnakeCase]
internal sealed record PayoutEntryRecord
{
    /// <summary>A contract id, or native.</summary>
    /// <example>native</example>
    public required string Token { get; init; }

    /// <summary>How much, in base units, more than 0.</summary>
    [Is(Shape.LooseUnits)]
    public required object Amount { get; init; }
}
