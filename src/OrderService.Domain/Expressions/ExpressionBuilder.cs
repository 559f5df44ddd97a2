using System.Globalization;

namespace OrderService.Domain.Expressions;

/// <summary>
/// Makes trees of tokens: knows the names, the kinds and the limits, and keeps the first fault. Shared by all expressions of one condition.
/// </summary>
internal sealed class ExpressionBuilder(IExpressionNames names, bool isLimit, bool isStored)
{
    public const string TooLong = "too long";
    public const string UnexpectedEnd = "unexpected end";

    private readonly Dictionary<string, ExpressionKind> _variables = new(StringComparer.Ordinal);
    private readonly HashSet<string> _pairs = new(StringComparer.Ordinal);
    private readonly int _more = isStored ? ExpressionLimits.JoinedMax : 0;
    private int _operators;

    /// <summary>What is wrong; null while nothing is.</summary>
    public string? Fault { get; private set; }

    /// <summary>Keeps a fault, if it is the first, and answers null.</summary>
    public Expression? Refuse(string fault)
    {
        Fault ??= fault;
        return null;
    }

    public Expression? Unexpected(ExpressionToken? token) => Refuse(token is { } found ? $"unexpected {Shown(found)}" : UnexpectedEnd);

    public static string Shown(ExpressionToken token) => token.Text == "\n" ? "end" : token.Text;

    public void Declare(string name, ExpressionKind kind) => _variables.Add(name, kind);

    public bool CanDeclare(string name) =>
        !isLimit && !_variables.ContainsKey(name) && !Operators.TryFind(name, out _) && !IsTime(name);

    public bool HasRoomForVariable => _variables.Count < ExpressionLimits.VariablesMax;

    public Expression? Operand(ExpressionToken token) => token.Type switch
    {
        TokenType.Number => Number(token.Text),
        TokenType.Moment => Moment(token),
        TokenType.Pair => Pair(token.Text),
        TokenType.Quantity =>
            ExpressionText.TryFind(token.Text, out var word) ? new OrderQuantity(word) : Refuse($"unknown name {token.Text}"),
        TokenType.Word when IsTime(token.Text) => isLimit ? Unexpected(token) : new CurrentTime(),
        TokenType.Word when !Operators.TryFind(token.Text, out _) =>
            _variables.TryGetValue(token.Text, out var kind) ? new Variable(token.Text, kind) : Refuse($"unknown name {token.Text}"),
        _ => Unexpected(token),
    };

    public Expression? Join(Operator op, Expression? left, Expression? right)
    {
        if (left is null || right is null) return null;
        if (++_operators > ExpressionLimits.OperatorsMax + _more) return Refuse(TooLong);
        if (op.KindOf(left.Kind, right.Kind) is not { } kind
            || (op == Operator.Power && right.IsConstant && right.Constant() is not { IsExponent: true }))
        {
            return Refuse($"type mismatch at {op.Text()}");
        }
        var joined = new Operation(op, left, right, kind);
        return joined.Depth > ExpressionLimits.DepthMax + _more ? Refuse(TooLong) : joined;
    }

    public Expression? Negate(Expression? operand) => Join(Operator.Minus, new NumberLiteral("0", FixedNumber.Zero), operand);

    private static bool IsTime(string word) => string.Equals(word, "TIME", StringComparison.OrdinalIgnoreCase);

    private Expression? Number(string text) => FixedNumber.TryParse(text, out var value) ? new NumberLiteral(text, value) : Refuse(TooLong);

    private Expression? Moment(ExpressionToken token)
    {
        var text = $"dt{token.Text[2..].ToUpperInvariant()}";
        var format = text.Length == 18 ? "'dt'yyyy-MM-dd'T'HH:mm" : "'dt'yyyy-MM-dd'T'HH:mm:ss";
        return DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
            ? new MomentLiteral(text, new DateTimeOffset(at, TimeSpan.Zero)) : Unexpected(token);
    }

    private Expression? Pair(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var (pair, venue) = (text[..at], text[(at + 1)..]);
        if (names.PairOf(pair) is not { } found) return Refuse($"unknown pair {pair}");
        if (!names.IsVenue(venue)) return Refuse($"unknown exchange {venue}");
        _pairs.Add(found.Name);
        return _pairs.Count > ExpressionLimits.PairsMax + _more ? Refuse(TooLong) : found;
    }
}
