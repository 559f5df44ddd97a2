using System.Diagnostics.CodeAnalysis;

namespace OrderService.Domain.Expressions;

/// <summary>
/// Reads limit prices: one expression that is a number, in infix or RPN, without variables and without TIME. Faults are those of
/// <see cref="ConditionReader"/>.
/// </summary>
public static class LimitReader
{
    /// <summary>Reads a limit of a client.</summary>
    public static bool TryRead(
        string text, IExpressionNames names, [NotNullWhen(true)] out Expression? limit, [NotNullWhen(false)] out string? fault) =>
            TryRead(text, ExpressionLimits.TextMax, names, out limit, out fault);

    /// <summary>Reads what <see cref="Expression.ToRpn"/> wrote, which may be longer than what a client may send.</summary>
    public static bool TryReadStored(
        string text, IExpressionNames names, [NotNullWhen(true)] out Expression? limit, [NotNullWhen(false)] out string? fault) =>
            TryRead(text, ExpressionLimits.StoredTextMax, names, out limit, out fault);

    private static bool TryRead(string text, int textMax, IExpressionNames names, out Expression? limit, out string? fault)
    {
        var build = new ExpressionBuilder(names, isLimit: true, isStored: textMax > ExpressionLimits.TextMax);
        limit = ExpressionReader.Tokens(text, textMax, build) is { } tokens ? ExpressionReader.Read(tokens, build) : null;
        if (limit is { Kind: not ExpressionKind.Number }) limit = build.Refuse("must be a number");
        fault = build.Fault;
        return limit is not null;
    }
}

/// <summary>What the readers of conditions and of limits share.</summary>
internal static class ExpressionReader
{
    /// <summary>The tokens of a text that is not too long.</summary>
    public static ExpressionToken[]? Tokens(string text, int textMax, ExpressionBuilder build)
    {
        if (text.Length > textMax) build.Refuse(ExpressionBuilder.TooLong);
        else if (ExpressionLexer.Tokens(text, out var unexpected) is { } tokens) return [.. tokens];
        else build.Refuse($"unexpected {unexpected}");
        return null;
    }

    /// <summary>One expression in either notation: only RPN can begin with two operands.</summary>
    public static Expression? Read(ArraySegment<ExpressionToken> tokens, ExpressionBuilder build) =>
        tokens.Count >= 2 && tokens[0].IsOperand && tokens[1].IsOperand
            ? RpnReader.Read(tokens, build) : new InfixReader(tokens, build).Read();
}
