using OrderService.Api.Wire;

namespace OrderService.Api.Charisma.Records;

/// <summary>Play money for an account.</summary>
internal sealed record GiftRecord
{
    /// <summary>Who gets it: an address or a contract.</summary>
    [Is(Shape.Principal)]
    public required string Address { get; init; }

    /// <summary>Of which token.</summary>
    [Is(Shape.Token)]
    public required string Token { get; init; }

    /// <summary>How much, in base units.</summary>
    [Is(Shape.BaseUnits)]
    public required string Amount { get; init; }
}

/// <summary>What an account has after a gift.</summary>
internal sealed record FundedRecord
{
    /// <summary>The account.</summary>
    [Is(Shape.Principal)]
    public required string Address { get; init; }

    /// <summary>The token.</summary>
    [Is(Shape.Token)]
    public required string Token { get; init; }

    /// <summary>What was added, in base units.</summary>
    [Is(Shape.BaseUnits)]
    public required string Amount { get; init; }

    /// <summary>What it has now, in base units.</summary>
    [Is(Shape.BaseUnits)]
    public required string Balance { get; init; }
}

/// <summary>A price set by hand, or given back to the walk.</summary>
internal sealed record PinRecord
{
    /// <summary>The token; a subnet token stands for its base.</summary>
    [Is(Shape.Token)]
    public required string Token { get; init; }

    /// <summary>The price in dollars, above 0; null gives it back.</summary>
    [Is(Shape.Price)]
    public required string? Usd { get; init; }
}

/// <summary>The price as it is told from now on.</summary>
internal sealed record PinnedRecord
{
    /// <summary>The token whose price it is.</summary>
    [Is(Shape.Token)]
    public required string Token { get; init; }

    /// <summary>In dollars.</summary>
    [Is(Shape.Price)]
    public required string Usd { get; init; }

    /// <summary>Whether it stays so until it is given back.</summary>
    /// <example>true</example>
    public required bool Pinned { get; init; }
}

/// <summary>What an account holds.</summary>
internal sealed record HoldingsRecord
{
    /// <summary>The account.</summary>
    [Is(Shape.Principal)]
    public required string Address { get; init; }

    /// <summary>Its tokens; those that it never had are not in it.</summary>
    public required IReadOnlyList<HoldingRecord> Balances { get; init; }
}

/// <summary>One token that it holds.</summary>
internal sealed record HoldingRecord
{
    /// <summary>The token.</summary>
    [Is(Shape.Token)]
    public required string Token { get; init; }

    /// <summary>Its symbol.</summary>
    /// <example>sUSDT-subnet</example>
    public required string Symbol { get; init; }

    /// <summary>A whole token is 10^decimals base units.</summary>
    /// <example>6</example>
    [Bounds(0, 255)]
    public required int Decimals { get; init; }

    /// <summary>How much, in base units.</summary>
    [Is(Shape.BaseUnits)]
    public required string Amount { get; init; }
}

/// <summary>How fast time runs.</summary>
internal sealed record PaceRecord
{
    /// <summary>How many times as fast as real time, at most <c>paceMax</c>.</summary>
    /// <example>60</example>
    public required int Pace { get; init; }
}

/// <summary>What time it is for the engine, and how fast it runs.</summary>
internal sealed record ClockRecord
{
    /// <summary>The engine's time, which everything about orders goes by.</summary>
    [Is(Shape.Moment)]
    public required string Time { get; init; }

    /// <summary>How many times as fast as real time it runs now.</summary>
    /// <example>60</example>
    public required int Pace { get; init; }

    /// <summary>How fast it may be made to run; 1 where it may not.</summary>
    /// <example>600</example>
    public required int PaceMax { get; init; }

    /// <summary>The time that everybody else has.</summary>
    [Is(Shape.Moment)]
    public required string RealTime { get; init; }

    /// <summary>The change of pace that comes next; null where none is known.</summary>
    public required PaceChangeRecord? Next { get; init; }
}

/// <summary>A change of pace.</summary>
internal sealed record PaceChangeRecord
{
    /// <summary>How many times as fast as real time it runs from then on.</summary>
    /// <example>1</example>
    public required int Pace { get; init; }

    /// <summary>When, in real time.</summary>
    [Is(Shape.Moment)]
    public required string At { get; init; }

    /// <summary>In how many milliseconds.</summary>
    /// <example>3000</example>
    public required long InMs { get; init; }
}
