using System.Diagnostics.CodeAnalysis;

namespace OrderService.Domain.Expressions;

/// <summary>
/// Reads conditions: statements, each ended by <c>;</c> or a new line, then what must be true; every expression in infix or RPN. A fault is
/// one of the closed list of reasons: <c>unknown pair|exchange|name X</c>, <c>unexpected X</c>, <c>unexpected end</c>, <c>too long</c>,
/// <c>must be true or false</c>, <c>must be a number</c>, <c>type mismatch at X</c>.
/// </summary>
public static class ConditionReader
{
    /// <summary>
    /// Reads a condition with the variables that were given beside it, which are declared first, in their order, as if by <c>:=</c>.
    /// </summary>
    public static bool TryRead(
        string text, IEnumerable<KeyValuePair<string, string>> variables, IExpressionNames names,
        [NotNullWhen(true)] out Condition? condition, [NotNullWhen(false)] out string? fault)
    {
        var reader = new Reading(names, isStored: false);
        foreach (var (name, value) in variables)
        {
            if (!reader.TakesVariable(name, value)) break;
        }
        return reader.TryRead(text, ExpressionLimits.TextMax, out condition, out fault);
    }

    /// <summary>Reads a condition of a client.</summary>
    public static bool TryRead(
        string text, IExpressionNames names, [NotNullWhen(true)] out Condition? condition, [NotNullWhen(false)] out string? fault) =>
            TryRead(text, [], names, out condition, out fault);

    /// <summary>Reads what <see cref="Condition.ToRpn"/> wrote, which may be longer than what a client may send.</summary>
    public static bool TryReadStored(
        string text, IExpressionNames names, [NotNullWhen(true)] out Condition? condition, [NotNullWhen(false)] out string? fault) =>
            new Reading(names, isStored: true).TryRead(text, ExpressionLimits.StoredTextMax, out condition, out fault);

    private sealed class Reading(IExpressionNames names, bool isStored)
    {
        private readonly ExpressionBuilder _build = new(names, isLimit: false, isStored);
        private readonly List<Assignment> _variables = [];

        public bool TakesVariable(string name, string text) =>
            Pieces(text, ExpressionLimits.TextMax) is { } pieces
            && (Pieces(name, ExpressionLimits.TextMax) is [{ Count: 1 } only] && only[0].Type == TokenType.Word
                ? Takes(only[0], false, Single(pieces)) : Refuse($"unexpected {name}"));

        public bool TryRead(string text, int textMax, [NotNullWhen(true)] out Condition? condition, [NotNullWhen(false)] out string? fault)
        {
            var test = _build.Fault is null && Pieces(text, textMax) is { } pieces && TakesStatements(pieces) ? Read(pieces[^1]) : null;
            if (test is { Kind: not ExpressionKind.Truth }) _build.Refuse("must be true or false");
            fault = _build.Fault;
            condition = fault is null ? new Condition(_variables, test!) : null;
            return condition is not null;
        }

        private bool TakesStatements(List<ArraySegment<ExpressionToken>> pieces)
        {
            for (var i = 0; i < pieces.Count - 1; i++)
            {
                if (!IsStatement(pieces[i], out var name, out var isOnce))
                    return Refuse($"unexpected {(EndsLine(pieces[i]) && pieces[i + 1].Count > 0 ? pieces[i + 1][0].Text : ";")}");
                if (!Takes(name, isOnce, pieces[i][2..])) return false;
            }
            return !IsStatement(pieces[^1], out _, out _) || Refuse(ExpressionBuilder.UnexpectedEnd);
        }

        private static bool IsStatement(ArraySegment<ExpressionToken> piece, out ExpressionToken name, out bool isOnce)
        {
            var isStatement = piece is [{ Type: TokenType.Word }, { Type: TokenType.Assignment }, ..];
            (name, isOnce) = isStatement ? (piece[0], piece[1].Text == "?=") : default;
            return isStatement;
        }

        private static bool EndsLine(ArraySegment<ExpressionToken> piece) => piece.Array![piece.Offset + piece.Count].Text == "\n";

        private bool Takes(ExpressionToken name, bool isOnce, ArraySegment<ExpressionToken> value)
        {
            if (!_build.HasRoomForVariable) return Refuse(ExpressionBuilder.TooLong);
            if (!_build.CanDeclare(name.Text)) return Refuse($"unexpected {name.Text}");
            if (Read(value) is not { } read) return false;
            _build.Declare(name.Text, read.Kind);
            _variables.Add(new Assignment(name.Text, isOnce, read));
            return true;
        }

        private ArraySegment<ExpressionToken> Single(List<ArraySegment<ExpressionToken>> pieces)
        {
            if (pieces.Count > 1) Refuse("unexpected ;");
            return pieces[0];
        }

        private Expression? Read(ArraySegment<ExpressionToken> tokens) => ExpressionReader.Read(tokens, _build);

        private bool Refuse(string fault) => _build.Refuse(fault) is not null;

        // The text between separators, one piece at least; lines without anything are no pieces.
        private List<ArraySegment<ExpressionToken>>? Pieces(string text, int textMax)
        {
            if (ExpressionReader.Tokens(text, textMax, _build) is not { } tokens) return null;
            var (pieces, start) = (new List<ArraySegment<ExpressionToken>>(), 0);
            for (var i = 0; i <= tokens.Length; i++)
            {
                if (i < tokens.Length && tokens[i].Type != TokenType.Separator) continue;
                var isLine = i == tokens.Length ? pieces.Count > 0 && tokens[start - 1].Text == "\n" : tokens[i].Text == "\n";
                if (i > start || !isLine) pieces.Add(new ArraySegment<ExpressionToken>(tokens, start, i - start));
                start = i + 1;
            }
            return pieces;
        }
    }
}
