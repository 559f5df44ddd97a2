using System.Diagnostics;

namespace OrderService.Domain.Expressions;

/// <summary>
/// What joins two expressions. RPN and infix write the same texts; <see cref="Max"/> and <see cref="Min"/> are called in infix.
/// </summary>
public enum Operator
{
    /// <summary>Either.</summary>
    Or,

    /// <summary>Both.</summary>
    And,

    /// <summary>At most.</summary>
    AtMost,

    /// <summary>At least.</summary>
    AtLeast,

    /// <summary>Less than.</summary>
    Below,

    /// <summary>More than.</summary>
    Above,

    /// <summary>Equal.</summary>
    Equal,

    /// <summary>Not equal.</summary>
    Unequal,

    /// <summary>Sum; a moment plus seconds.</summary>
    Plus,

    /// <summary>Difference; a moment less seconds; seconds between moments.</summary>
    Minus,

    /// <summary>Product.</summary>
    Times,

    /// <summary>Quotient.</summary>
    Over,

    /// <summary>Remainder with the divisor's sign.</summary>
    Modulo,

    /// <summary>Power.</summary>
    Power,

    /// <summary>The larger.</summary>
    Max,

    /// <summary>The smaller.</summary>
    Min,
}

/// <summary>The table of operators: text, how tightly each binds, what each takes and makes.</summary>
internal static class Operators
{
    // How tightly each binds, loosest first; a call binds like a name.
    public const int Loosest = 1, OfUnary = 6, OfAtom = 8;

    private static readonly string[] Texts = ["OR", "AND", "<=", ">=", "<", ">", "==", "!=", "+", "-", "*", "/", "%", "**", "max", "min"];

    /// <summary>As it is written.</summary>
    public static string Text(this Operator op) => Texts[(int)op];

    /// <summary>True for max and min, which infix writes as calls.</summary>
    public static bool IsCall(this Operator op) => op is Operator.Max or Operator.Min;

    /// <summary>The operator of a text; words in any case.</summary>
    public static bool TryFind(string text, out Operator op)
    {
        var at = Array.FindIndex(Texts, known => string.Equals(known, text, StringComparison.OrdinalIgnoreCase));
        op = at < 0 ? default : (Operator)at;
        return at >= 0;
    }

    /// <summary>How tightly it binds.</summary>
    public static int Level(this Operator op) => op switch
    {
        Operator.Or => 1,
        Operator.And => 2,
        Operator.AtMost or Operator.AtLeast or Operator.Below or Operator.Above or Operator.Equal or Operator.Unequal => 3,
        Operator.Plus or Operator.Minus => 4,
        Operator.Times or Operator.Over or Operator.Modulo => 5,
        Operator.Power => 7,
        Operator.Max or Operator.Min => OfAtom,
        _ => throw new UnreachableException($"not an operator: {op}"),
    };

    /// <summary>
    /// The loosest that may stand on the left without parentheses: chains to the left, but comparisons do not chain and a power's base is
    /// an atom.
    /// </summary>
    public static int LevelOnTheLeft(this Operator op) =>
        op.IsCall() ? Loosest : op.Level() switch { 3 => 4, 7 => OfAtom, var level => level };

    /// <summary>The loosest that may stand on the right without parentheses; an exponent may be negated or a power itself.</summary>
    public static int LevelOnTheRight(this Operator op) => op.IsCall() ? Loosest : op == Operator.Power ? OfUnary : op.Level() + 1;

    /// <summary>What it makes of two kinds; null where it does not take them.</summary>
    public static ExpressionKind? KindOf(this Operator op, ExpressionKind left, ExpressionKind right) => (op.Level(), left, right) switch
    {
        (1 or 2, ExpressionKind.Truth, ExpressionKind.Truth) => ExpressionKind.Truth,
        (3, _, _) when left == right => ExpressionKind.Truth,
        (4, ExpressionKind.Moment, ExpressionKind.Number) => ExpressionKind.Moment,
        (4, ExpressionKind.Moment, ExpressionKind.Moment) when op == Operator.Minus => ExpressionKind.Number,
        ( >= 4, ExpressionKind.Number, ExpressionKind.Number) => ExpressionKind.Number,
        _ => null,
    };
}
