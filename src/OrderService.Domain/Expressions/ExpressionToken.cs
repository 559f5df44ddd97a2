namespace OrderService.Domain.Expressions;

internal enum TokenType
{
    Number,
    Moment,
    Pair,
    Quantity,
    Word,
    Symbol,
    Assignment,
    Separator,
}

internal readonly record struct ExpressionToken(TokenType Type, string Text)
{
    /// <summary>True for what stands for a value: two of them in a row begin RPN and never infix.</summary>
    public bool IsOperand => Type switch
    {
        TokenType.Number or TokenType.Moment or TokenType.Pair or TokenType.Quantity => true,
        TokenType.Word => !Operators.TryFind(Text, out _),
        _ => false,
    };

    public bool IsSymbol(string text) => Type == TokenType.Symbol && Text == text;

    /// <summary>The operator it writes; of words AND, OR, max and min.</summary>
    public bool IsOperator(out Operator op)
    {
        op = default;
        return Type is TokenType.Symbol or TokenType.Word && Operators.TryFind(Text, out op);
    }
}
