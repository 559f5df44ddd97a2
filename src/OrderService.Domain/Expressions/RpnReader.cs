namespace OrderService.Domain.Expressions;

/// <summary>Reads one RPN expression: operands wait on a stack until an operator takes the last two.</summary>
internal static class RpnReader
{
    public static Expression? Read(ArraySegment<ExpressionToken> tokens, ExpressionBuilder build)
    {
        var stack = new Stack<Expression>();
        foreach (var token in tokens)
        {
            var made = token.IsOperator(out var op) ? Joined(op, stack, token, build) : build.Operand(token);
            if (made is null) return null;
            stack.Push(made);
        }
        return stack.Count == 1 ? stack.Pop() : build.Unexpected(null);
    }

    private static Expression? Joined(Operator op, Stack<Expression> stack, ExpressionToken token, ExpressionBuilder build)
    {
        if (stack.Count < 2) return build.Unexpected(token);
        var right = stack.Pop();
        return build.Join(op, stack.Pop(), right);
    }
}
