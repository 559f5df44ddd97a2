using System.Diagnostics;
using System.Text;

namespace OrderService.Domain.Expressions;

/// <summary>Prints trees in both notations, each so that reading it back gives the same tree.</summary>
internal static class ExpressionText
{
    private static readonly string[] Words = [":qty", ":current_target", ":filled"];

    public static string Of(QuantityWord word) => Words[(int)word];

    public static bool TryFind(string text, out QuantityWord word)
    {
        var at = Array.FindIndex(Words, known => string.Equals(known, text, StringComparison.OrdinalIgnoreCase));
        word = at < 0 ? default : (QuantityWord)at;
        return at >= 0;
    }

    /// <summary>Tokens joined by one space, operators last.</summary>
    public static string Rpn(Expression expression)
    {
        var text = new StringBuilder();
        WriteRpn(text, expression);
        return text.ToString();
    }

    /// <summary>A space around operators, parentheses where they are needed.</summary>
    public static string Infix(Expression expression)
    {
        var text = new StringBuilder();
        WriteInfix(text, expression, Operators.Loosest);
        return text.ToString();
    }

    /// <summary>True where the left operand is written inside parentheses of its own or of a call.</summary>
    public static bool IsNestedOnTheLeft(Operation operation)
    {
        if (operation.IsNegation) return false;
        if (operation.Op.IsCall()) return operation.Left is not Operation left || left.Op != operation.Op;
        return Level(operation.Left) < operation.Op.LevelOnTheLeft();
    }

    private static int Level(Expression expression) =>
        expression is not Operation operation ? Operators.OfAtom : operation.IsNegation ? Operators.OfUnary : operation.Op.Level();

    private static string Leaf(Expression expression) => expression switch
    {
        NumberLiteral number => number.Text,
        MomentLiteral moment => moment.Text,
        CurrentTime => "TIME",
        PairPrice pair => pair.Name,
        OrderQuantity quantity => Of(quantity.Word),
        Variable variable => variable.Name,
        _ => throw new UnreachableException($"not a leaf: {expression.GetType().Name}"),
    };

    private static void WriteRpn(StringBuilder text, Expression expression)
    {
        if (expression is not Operation operation)
        {
            text.Append(Leaf(expression));
            return;
        }
        WriteRpn(text, operation.Left);
        text.Append(' ');
        WriteRpn(text, operation.Right);
        text.Append(' ').Append(operation.Op.Text());
    }

    private static void WriteInfix(StringBuilder text, Expression expression, int loosest)
    {
        if (expression is not Operation operation)
        {
            text.Append(Leaf(expression));
            return;
        }
        var isNested = Level(operation) < loosest;
        if (isNested) text.Append('(');
        WriteOperation(text, operation);
        if (isNested) text.Append(')');
    }

    private static void WriteOperation(StringBuilder text, Operation operation)
    {
        if (operation.IsNegation)
        {
            text.Append('-');
            WriteInfix(text, operation.Right, Operators.OfUnary + 1);
        }
        else if (operation.Op.IsCall())
        {
            text.Append(operation.Op.Text()).Append('(');
            WriteArguments(text, operation);
            text.Append(')');
        }
        else
        {
            WriteInfix(text, operation.Left, operation.Op.LevelOnTheLeft());
            text.Append(' ').Append(operation.Op.Text()).Append(' ');
            WriteInfix(text, operation.Right, operation.Op.LevelOnTheRight());
        }
    }

    // max(max(a, b), c) is max(a, b, c): a call of many is read as a chain to the left.
    private static void WriteArguments(StringBuilder text, Operation call)
    {
        if (call.Left is Operation left && left.Op == call.Op) WriteArguments(text, left);
        else WriteInfix(text, call.Left, Operators.Loosest);
        text.Append(", ");
        WriteInfix(text, call.Right, Operators.Loosest);
    }
}
