namespace OrderService.Domain.Expressions;

/// <summary>What an expression is: arithmetic takes numbers, AND and OR take truths, comparisons two of one kind.</summary>
public enum ExpressionKind
{
    /// <summary>A number of 18 decimals.</summary>
    Number,

    /// <summary>A moment in UTC.</summary>
    Moment,

    /// <summary>True or false.</summary>
    Truth,
}
