namespace OrderService.Domain.Expressions;

/// <summary>What an expression may be at most; beyond any of these it is <c>too long</c>.</summary>
public static class ExpressionLimits
{
    /// <summary>Characters of what a client sends.</summary>
    public const int TextMax = 2_000;

    /// <summary>Characters of what is stored: the same expression printed, with a space between all tokens.</summary>
    public const int StoredTextMax = 8_000;

    /// <summary>
    /// Operators, levels and pairs that a stored condition may have beyond a client's: a second gate that was joined to it.
    /// </summary>
    public const int JoinedMax = 2;

    /// <summary>Operators of a condition, its variables' included; max and min of n values count n − 1.</summary>
    public const int OperatorsMax = 64;

    /// <summary>Levels of nesting (see <see cref="Expression.Depth"/>).</summary>
    public const int DepthMax = 32;

    /// <summary>Variables of a condition.</summary>
    public const int VariablesMax = 16;

    /// <summary>Different pairs whose price is read.</summary>
    public const int PairsMax = 8;

    /// <summary>Orders whose condition is evaluated in one tick; the rest wait for the next.</summary>
    public const int EvaluatedInOneTickMax = 10_000;
}
