using OrderService.Api.Wire;

namespace OrderService.Api.SwapCoffee.Records;

/// <summary>In the shape of the original's transaction. There is nothing to sign or send: the cell is JSON of ours, in base64.</summary>
[SnakeCase]
internal sealed record TransactionRecord
{
    /// <summary>What it stands for, in base64.</summary>
    /// <example>eyJmb3JtYXQiOiJvcmRlci1zZXJ2aWNlLzEifQ==</example>
    public required string PayloadCell { get; init; }

    /// <summary>The strategies wallet.</summary>
    [Is(Shape.Address)]
    public required string Address { get; init; }

    /// <summary>Always 0.</summary>
    /// <example>0</example>
    public required string Value { get; init; }

    /// <summary>The same cell, where a wallet was created.</summary>
    /// <example>eyJmb3JtYXQiOiJvcmRlci1zZXJ2aWNlLzEifQ==</example>
    public string? StateInit { get; init; }
}

/// <summary>What a cell stands for: JSON of ours, never a TON message.</summary>
[SnakeCase]
internal sealed record CellRecord
{
    /// <summary>What it is, for whoever looks into it.</summary>
    public required string Format { get; init; }

    /// <summary>What was asked for.</summary>
    public required string Kind { get; init; }

    /// <summary>The strategies wallet.</summary>
    public required string Wallet { get; init; }

    /// <summary>The order's id, where it has one.</summary>
    public int? OrderId { get; init; }

    /// <summary>The order's uuid, where there is an order.</summary>
    public string? Uuid { get; init; }

    /// <summary>The whole order as it was given, where it is not stored.</summary>
    public RawJson? Order { get; init; }
}

/// <summary>What is kept beside an order without being read.</summary>
[SnakeCase]
internal sealed record KeptFieldsRecord
{
    /// <summary>Who sent the client.</summary>
    public string? ReferralName { get; init; }

    /// <summary>How long its routes may be, counted in tokens.</summary>
    public required int MaxPathLength { get; init; }
}

/// <summary>A refusal.</summary>
[SnakeCase]
internal sealed record RefusalRecord
{
    /// <summary>The sentence.</summary>
    /// <example>address must be a Stacks address</example>
    public required string Error { get; init; }
}
