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

/// <summary>A refusal.</summary>
[SnakeCase]
internal sealed record RefusalRecord
{
    /// <summary>The sentence.</summary>
    /// <example>address must be a Stacks address</example>
    public required string Error { get; init; }
}
