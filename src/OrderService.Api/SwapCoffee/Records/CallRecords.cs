using OrderService.Api.Wire;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.SwapCoffee.Records;

/// <summary>A new order, paid from the strategies wallet.</summary>
[SnakeCase]
internal sealed record NewStrategyRecord : RequestRecord, IKeepsBody
{
    /// <summary>The whole of it as it came.</summary>
    internal ReadOnlyMemory<byte> Body { get; private set; }

    ReadOnlyMemory<byte> IKeepsBody.Body { set => Body = value; }

    /// <summary>limit or dca; vca is known and refused.</summary>
    [Words("limit", "dca", "vca")]
    [ReadBy(typeof(StrategyTypes))]
    public required Given<StrategyType> Type { get; init; }

    /// <summary>What is sold.</summary>
    public required Given<TokenAddressRecord> TokenFrom { get; init; }

    /// <summary>What is bought; another one.</summary>
    public required Given<TokenAddressRecord> TokenTo { get; init; }

    /// <summary>How much is sold, in base units, more than 0.</summary>
    [Is(Shape.LooseUnits)]
    [ReadBy(typeof(WireAmounts), nameof(WireAmounts.TryReadUnits))]
    public required Given<TokenAmount> InputAmount { get; init; }

    /// <summary>In how many parts.</summary>
    /// <example>2</example>
    [Is(Shape.Whole)]
    [ReadBy(typeof(WireAmounts), nameof(WireAmounts.TryReadNumber))]
    public required Given<WireNumber> MaxSuborders { get; init; }

    /// <summary>How many transactions may be made; at least max_suborders.</summary>
    /// <example>4</example>
    [Is(Shape.Whole)]
    [ReadBy(typeof(WireAmounts), nameof(WireAmounts.TryReadNumber))]
    public required Given<WireNumber> MaxInvocations { get; init; }

    /// <summary>How far below its quote a part may pay, as a fraction: 0.01 is 1 %. Above 0, at most 1, a multiple of 0.0001.</summary>
    /// <example>0.01</example>
    [Is(Shape.Number)]
    [ReadBy(typeof(WireAmounts), nameof(WireAmounts.TryReadNumber))]
    public required Given<WireNumber> Slippage { get; init; }

    /// <summary>What it is like.</summary>
    public required Given<NewSettingsRecord> Settings { get; init; }

    /// <summary>Who sent the client.</summary>
    /// <example>a friend</example>
    public Given<string> ReferralName { get; init; }
}

/// <summary>What an order is like: of a limit min_output_amount alone, of a dca the others.</summary>
[SnakeCase]
internal sealed record NewSettingsRecord : RequestRecord
{
    /// <summary>Of a limit: the least that the whole order is to pay, in base units.</summary>
    [Is(Shape.LooseUnits)]
    [ReadBy(typeof(WireAmounts), nameof(WireAmounts.TryReadUnits))]
    public Given<TokenAmount> MinOutputAmount { get; init; }

    /// <summary>Of a dca: seconds between two suborders.</summary>
    /// <example>60</example>
    [Is(Shape.LooseWhole)]
    [ReadBy(typeof(WireAmounts), nameof(WireAmounts.TryReadLoose))]
    public Given<WireNumber> Delay { get; init; }

    /// <summary>Of a dca: the least price, token_to for one token_from in whole tokens; 0 for none.</summary>
    /// <example>0.5</example>
    [Is(Shape.LooseNumber)]
    [ReadBy(typeof(WireAmounts), nameof(WireAmounts.TryReadLoose))]
    public Given<WireNumber> PriceRangeFrom { get; init; }

    /// <summary>Of a dca: the greatest price; 0 for none.</summary>
    /// <example>2</example>
    [Is(Shape.LooseNumber)]
    [ReadBy(typeof(WireAmounts), nameof(WireAmounts.TryReadLoose))]
    public Given<WireNumber> PriceRangeTo { get; init; }
}

/// <summary>Changes of an order: at least one of these.</summary>
[SnakeCase]
internal sealed record AmendRecord : RequestRecord
{
    /// <summary>How much is sold in all, in base units.</summary>
    [Is(Shape.LooseUnits)]
    [ReadBy(typeof(WireAmounts), nameof(WireAmounts.TryReadUnits))]
    public Given<TokenAmount> InputAmount { get; init; }

    /// <summary>In how many parts; more than were swapped or are in flight.</summary>
    /// <example>3</example>
    [Is(Shape.Whole)]
    [ReadBy(typeof(WireAmounts), nameof(WireAmounts.TryReadNumber))]
    public Given<WireNumber> MaxSuborders { get; init; }

    /// <summary>How many transactions may be made.</summary>
    /// <example>6</example>
    [Is(Shape.Whole)]
    [ReadBy(typeof(WireAmounts), nameof(WireAmounts.TryReadNumber))]
    public Given<WireNumber> MaxInvocations { get; init; }

    /// <summary>The slippage as a fraction.</summary>
    /// <example>0.02</example>
    [Is(Shape.Number)]
    [ReadBy(typeof(WireAmounts), nameof(WireAmounts.TryReadNumber))]
    public Given<WireNumber> Slippage { get; init; }

    /// <summary>Its settings; those that are not given stay.</summary>
    public Given<NewSettingsRecord> Settings { get; init; }

    /// <summary>Cannot be changed, as those below.</summary>
    internal Given<WireValue> Type { get; init; }

    internal Given<WireValue> TokenFrom { get; init; }

    internal Given<WireValue> TokenTo { get; init; }

    internal Given<WireValue> ReferralName { get; init; }
}

/// <summary>A confirmation.</summary>
[SnakeCase]
internal sealed record ConfirmRecord : RequestRecord
{
    /// <summary>The payload_cell that creating the order answered.</summary>
    /// <example>eyJmb3JtYXQiOiJvcmRlci1zZXJ2aWNlLzEifQ==</example>
    public required Given<string> PayloadCell { get; init; }
}

/// <summary>What a strategies wallet is to pay its owner.</summary>
[SnakeCase]
internal sealed record PayoutRecord : RequestRecord
{
    /// <summary>The strategies wallet.</summary>
    [Is(Shape.Address)]
    public required Given<StacksAddress> Address { get; init; }

    /// <summary>The payments.</summary>
    public required Given<IReadOnlyList<PayoutEntryRecord?>> Entries { get; init; }
}

/// <summary>One payment.</summary>
[SnakeCase]
internal sealed record PayoutEntryRecord : RequestRecord
{
    /// <summary>A contract id, or native.</summary>
    /// <example>native</example>
    [ReadBy(typeof(TokenAddress))]
    public required Given<TokenId> Token { get; init; }

    /// <summary>How much, in base units, more than 0.</summary>
    [Is(Shape.LooseUnits)]
    [ReadBy(typeof(WireAmounts), nameof(WireAmounts.TryReadUnits))]
    public required Given<TokenAmount> Amount { get; init; }
}

/// <summary>A token of this service.</summary>
[SnakeCase]
internal sealed record TokenAddressRecord : RequestRecord
{
    /// <summary>Always stacks.</summary>
    [Words(TokenAddress.Blockchain)]
    public required Given<string> Blockchain { get; init; }

    /// <summary>Its contract id, or native.</summary>
    /// <example>native</example>
    [ReadBy(typeof(TokenAddress))]
    public required Given<TokenId> Address { get; init; }
}

/// <summary>The cell of an order that waits to be confirmed, as it comes back.</summary>
[SnakeCase]
internal sealed record ReturnedCellRecord : RequestRecord
{
    /// <summary>What was asked for.</summary>
    public Given<string> Kind { get; init; }

    /// <summary>The uuid that the order is to have.</summary>
    [ReadBy(typeof(UnconfirmedOrder), nameof(UnconfirmedOrder.TryReadId))]
    public Given<Guid> Uuid { get; init; }

    /// <summary>The whole order.</summary>
    public Given<NewStrategyRecord> Order { get; init; }
}
