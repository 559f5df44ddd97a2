namespace OrderService.Domain.Expressions;

/// <summary>
/// A variable's statement: <c>?=</c> takes its value once, at the first look at which it is known; <c>:=</c> at every look.
/// </summary>
public sealed record Assignment(string Name, bool IsOnce, Expression Value)
{
    /// <summary>How it is written between name and value.</summary>
    public string Sign => IsOnce ? "?=" : ":=";
}

/// <summary>Something that is true or false when it is looked at, with the variables it uses. Equal where written alike.</summary>
public sealed record Condition(IReadOnlyList<Assignment> Variables, Expression Test)
{
    private static readonly Dictionary<string, FixedNumber> Nothing = [];

    /// <summary>The pairs whose prices are read, each once.</summary>
    public IEnumerable<PairPrice> Pairs() => Variables.SelectMany(v => v.Value.Pairs()).Concat(Test.Pairs()).Distinct();

    /// <summary>The same with a second gate: the price of a pair must be at least, or at most, a number too.</summary>
    public Condition With(PairPrice pair, bool isFloor, NumberLiteral bound)
    {
        var gate = new Operation(isFloor ? Operator.AtLeast : Operator.AtMost, pair, bound, ExpressionKind.Truth);
        return this with { Test = new Operation(Operator.And, Test, gate, ExpressionKind.Truth) };
    }

    /// <summary>A condition that is nothing but such a gate.</summary>
    public static Condition Of(PairPrice pair, bool isFloor, NumberLiteral bound) =>
        new([], new Operation(isFloor ? Operator.AtLeast : Operator.AtMost, pair, bound, ExpressionKind.Truth));

    /// <summary>Looks once. <paramref name="kept"/> are the values that <c>?=</c> took before, by name.</summary>
    public ConditionLook Look(IExpressionWorld world, IReadOnlyDictionary<string, FixedNumber> kept)
    {
        var scope = new ExpressionScope(world);
        foreach (var variable in Variables)
        {
            scope.Values[variable.Name] = variable.IsOnce && kept.TryGetValue(variable.Name, out var taken)
                ? taken : variable.Value.Evaluate(scope);
        }
        var holds = Test.Evaluate(scope) is { } value && value != FixedNumber.Zero;
        return new ConditionLook(holds, scope.IsAnyUnknown, scope.Values, Variables.Count == 0 ? Nothing : Kept(scope.Values));
    }

    /// <summary>Statements and test in RPN, joined by <c>; </c>: what is stored.</summary>
    public string ToRpn() => string.Concat(Variables.Select(v => $"{v.Name} {v.Sign} {v.Value.ToRpn()}; ")) + Test.ToRpn();

    /// <summary>Statements and test in infix, joined by <c>; </c>.</summary>
    public string ToInfix() => string.Concat(Variables.Select(v => $"{v.Name} {v.Sign} {v.Value.ToInfix()}; ")) + Test.ToInfix();

    /// <inheritdoc/>
    public override string ToString() => ToRpn();

    /// <inheritdoc/>
    public bool Equals(Condition? other) => other is not null && Test == other.Test && Variables.SequenceEqual(other.Variables);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Test, Variables.Count);

    private Dictionary<string, FixedNumber> Kept(Dictionary<string, FixedNumber?> values)
    {
        var kept = new Dictionary<string, FixedNumber>(StringComparer.Ordinal);
        foreach (var variable in Variables.Where(v => v.IsOnce))
        {
            if (values[variable.Name] is { } value) kept.Add(variable.Name, value);
        }
        return kept;
    }
}

/// <summary>
/// What one look saw: whether it holds, whether anything was not known, the variables' values, and those to hand to the next look.
/// </summary>
public sealed record ConditionLook(
    bool Holds, bool IsAnyUnknown, IReadOnlyDictionary<string, FixedNumber?> Values, IReadOnlyDictionary<string, FixedNumber> Kept);
