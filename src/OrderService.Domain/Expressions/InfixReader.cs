namespace OrderService.Domain.Expressions;

/// <summary>
/// Reads one infix expression by recursive descent; each method is one rule of the grammar and answers null after a fault.
/// </summary>
internal sealed class InfixReader(ArraySegment<ExpressionToken> tokens, ExpressionBuilder build)
{
    private int _at;
    private int _nesting;

    /// <summary>All tokens as one expression.</summary>
    public Expression? Read()
    {
        var read = Any();
        return read is not null && _at < tokens.Count ? build.Unexpected(tokens[_at]) : read;
    }

    private ExpressionToken? Current => _at < tokens.Count ? tokens[_at] : null;

    private Expression? Any() => Chain(All, Operator.Or);

    private Expression? All() => Chain(Comparison, Operator.And);

    private Expression? Sum() => Chain(Term, Operator.Plus, Operator.Minus);

    private Expression? Term() => Chain(Unary, Operator.Times, Operator.Over, Operator.Modulo);

    private Expression? Chain(Func<Expression?> part, params ReadOnlySpan<Operator> operators)
    {
        var left = part();
        while (left is not null && Current?.IsOperator(out var op) == true && operators.Contains(op))
        {
            _at++;
            left = build.Join(op, left, part());
        }
        return left;
    }

    // Comparisons do not chain.
    private Expression? Comparison()
    {
        var left = Sum();
        if (left is null || Current?.IsOperator(out var op) != true || op is < Operator.AtMost or > Operator.Unequal) return left;
        _at++;
        return build.Join(op, left, Sum());
    }

    private Expression? Unary()
    {
        if (Current?.IsSymbol("-") != true) return Power();
        _at++;
        return build.Negate(Power());
    }

    // Right to left, each level of which is one operator: the count of operators bounds this recursion.
    private Expression? Power()
    {
        var left = Atom();
        if (left is null || Current?.IsSymbol("**") != true) return left;
        _at++;
        if (++_nesting > ExpressionLimits.OperatorsMax + ExpressionLimits.DepthMax) return build.Refuse(ExpressionBuilder.TooLong);
        var right = Unary();
        _nesting--;
        return build.Join(Operator.Power, left, right);
    }

    private Expression? Atom()
    {
        if (Current is not { } token) return build.Unexpected(null);
        _at++;
        if (token.IsSymbol("(")) return Enclosed(Any);
        if (token.Type == TokenType.Word && token.IsOperator(out var call) && call.IsCall() && Current?.IsSymbol("(") == true)
        {
            _at++;
            return Enclosed(() => Arguments(call));
        }
        return build.Operand(token);
    }

    private Expression? Enclosed(Func<Expression?> inside)
    {
        if (++_nesting > ExpressionLimits.DepthMax) return build.Refuse(ExpressionBuilder.TooLong);
        var read = inside();
        _nesting--;
        if (read is null) return null;
        if (Current?.IsSymbol(")") != true) return build.Unexpected(Current);
        _at++;
        return read;
    }

    private Expression? Arguments(Operator call)
    {
        var joined = Any();
        while (joined is not null && Current?.IsSymbol(",") == true)
        {
            _at++;
            joined = build.Join(call, joined, Any());
        }
        return joined;
    }
}
