using System.Diagnostics;

namespace OrderService.Domain.Expressions;

/// <summary>
/// Two expressions and what joins them. A minus before one operand is written as its difference from zero, since RPN has no other.
/// </summary>
public sealed record Operation : Expression
{
    internal Operation(Operator op, Expression left, Expression right, ExpressionKind kind)
    {
        (Op, Left, Right, Kind) = (op, left, right, kind);
        Depth = Math.Max(left.Depth + (ExpressionText.IsNestedOnTheLeft(this) ? 1 : 0), right.Depth + 1);
    }

    /// <summary>What joins them.</summary>
    public Operator Op { get; }

    /// <summary>The first operand.</summary>
    public Expression Left { get; }

    /// <summary>The second operand.</summary>
    public Expression Right { get; }

    /// <inheritdoc/>
    public override ExpressionKind Kind { get; }

    /// <inheritdoc/>
    public override int Depth { get; }

    /// <inheritdoc/>
    public override bool IsConstant => Left.IsConstant && Right.IsConstant;

    /// <summary>True for <c>-x</c>.</summary>
    internal bool IsNegation => Op == Operator.Minus && Left is NumberLiteral { Text: "0" };

    internal override IEnumerable<Expression> Leaves() => Left.Leaves().Concat(Right.Leaves());

    // Both sides are always looked at, so that what was seen is complete and one unknown never depends on another side's value.
    internal override FixedNumber? Evaluate(ExpressionScope scope)
    {
        var (left, right) = (Left.Evaluate(scope), Right.Evaluate(scope));
        if (Kind == ExpressionKind.Truth) return FixedNumber.Of(left is { } a && right is { } b && IsTrue(a, b));
        return left is { } x && right is { } y ? scope.Known(Joined(x, y)) : null;
    }

    private bool IsTrue(FixedNumber a, FixedNumber b) => Op switch
    {
        Operator.Or => a.Count != 0 || b.Count != 0,
        Operator.And => a.Count != 0 && b.Count != 0,
        Operator.AtMost => a <= b,
        Operator.AtLeast => a >= b,
        Operator.Below => a < b,
        Operator.Above => a > b,
        Operator.Equal => a == b,
        Operator.Unequal => a != b,
        _ => throw new UnreachableException($"{Op} makes no truth"),
    };

    private FixedNumber? Joined(FixedNumber a, FixedNumber b) => Op switch
    {
        Operator.Plus => a.Plus(b),
        Operator.Minus => a.Minus(b),
        Operator.Times => a.Times(b),
        Operator.Over => a.Over(b),
        Operator.Modulo => a.Modulo(b),
        Operator.Power => a.Power(b),
        Operator.Max => a >= b ? a : b,
        Operator.Min => a <= b ? a : b,
        _ => throw new UnreachableException($"{Op} makes no number"),
    };
}
