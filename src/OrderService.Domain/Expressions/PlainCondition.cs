using OrderService.Domain.Amounts;

namespace OrderService.Domain.Expressions;

/// <summary>Inclusive bounds on the believed price of one pair, cut at 18 decimals.</summary>
public sealed record PlainBound(PairPrice Pair, Price? Min, Price? Max);

/// <summary>
/// A condition that is nothing but bounds on prices and on the time, joined by AND: what the book can wait for, so that nobody evaluates it each tick. The bounds
/// hold exactly where the condition does: <c>&lt; p</c> is at most one count less, and <c>&gt; m</c> at least one tick of 100 ns more.
/// </summary>
public sealed record PlainCondition(IReadOnlyList<PlainBound> Bounds, DateTimeOffset? NotBefore, DateTimeOffset? NotAfter)
{
    /// <summary>The bounds of a condition; null where anything else is in it.</summary>
    public static PlainCondition? Of(Condition condition) =>
        condition.Variables.Count > 0 ? null : Parts(condition.Test).Aggregate((PlainCondition?)new PlainCondition([], null, null), (plain, part) => plain?.With(part));

    private static IEnumerable<Expression> Parts(Expression test) =>
        test is Operation { Op: Operator.And } both ? Parts(both.Left).Concat(Parts(both.Right)) : [test];

    private PlainCondition? With(Expression part)
    {
        if (part is not Operation { Op: Operator.AtMost or Operator.AtLeast or Operator.Below or Operator.Above } test) return null;
        return test.Left.IsConstant ? With(test.Right, Turned(test.Op), test.Left.Constant()) : With(test.Left, test.Op, test.Right.Constant());
    }

    private PlainCondition? With(Expression read, Operator op, FixedNumber? bound) => (read, bound) switch
    {
        (PairPrice pair, { } number) => WithPrice(pair, op, number),
        (CurrentTime, { } moment) => WithTime(op, moment),
        _ => null,
    };

    private PlainCondition? WithPrice(PairPrice pair, Operator op, FixedNumber bound)
    {
        var inclusive = new FixedNumber(bound.Count + (op == Operator.Below ? -1 : op == Operator.Above ? 1 : 0)).ToPrice();
        if (inclusive is not { } price) return null; // at or below zero, or beyond every price: always or never true, and not worth a bound
        var known = Bounds.FirstOrDefault(b => b.Pair == pair) ?? new PlainBound(pair, null, null);
        var next = op is Operator.AtLeast or Operator.Above
            ? known with { Min = known.Min is { } min && min > price ? min : price }
            : known with { Max = known.Max is { } max && max < price ? max : price };
        return this with { Bounds = [.. Bounds.Where(b => b.Pair != pair), next] };
    }

    private PlainCondition? WithTime(Operator op, FixedNumber bound)
    {
        if (bound.ToMoment() is not { } moment || FixedNumber.Of(moment) != bound) return null;
        if (op == Operator.Above && moment < DateTimeOffset.MaxValue) moment = moment.AddTicks(1);
        if (op == Operator.Below && moment > DateTimeOffset.MinValue) moment = moment.AddTicks(-1);
        return op is Operator.AtLeast or Operator.Above
            ? this with { NotBefore = NotBefore is { } from && from > moment ? from : moment }
            : this with { NotAfter = NotAfter is { } until && until < moment ? until : moment };
    }

    private static Operator Turned(Operator op) => op switch
    {
        Operator.AtMost => Operator.AtLeast,
        Operator.AtLeast => Operator.AtMost,
        Operator.Below => Operator.Above,
        _ => Operator.Below,
    };
}
