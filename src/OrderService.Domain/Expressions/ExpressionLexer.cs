using System.Text;

namespace OrderService.Domain.Expressions;

/// <summary>
/// Cuts a text into tokens, none of which needs a space around it. The longest token wins, so a pair's name may hold <c>-</c> and <c>:</c>.
/// </summary>
internal struct ExpressionLexer(string text)
{
    private static readonly string[] Symbols = ["**", "<=", ">=", "==", "!=", "+", "-", "*", "/", "%", "<", ">", "(", ")", ","];

    private int _at;

    /// <summary>All tokens, or null and the character that begins none.</summary>
    public static List<ExpressionToken>? Tokens(string text, out string unexpected)
    {
        var (lexer, tokens) = (new ExpressionLexer(text), new List<ExpressionToken>());
        unexpected = "";
        while (lexer.SkipsBlanks())
        {
            if (lexer.Next() is { } token)
            {
                tokens.Add(token);
            }
            else
            {
                unexpected = lexer.Character();
                return null;
            }
        }
        return tokens;
    }

    private bool SkipsBlanks()
    {
        while (_at < text.Length && text[_at] is ' ' or '\t' or '\r') _at++;
        return _at < text.Length;
    }

    private readonly string Character() => Rune.TryGetRuneAt(text, _at, out var rune) ? rune.ToString() : text[_at].ToString();

    private ExpressionToken? Next()
    {
        var first = text[_at];
        if (first is ';' or '\n') return Cut(TokenType.Separator, 1);
        if (char.IsAsciiDigit(first)) return Cut(TokenType.Number, NumberLength());
        if (char.IsAsciiLetter(first))
        {
            return PairLength() is { } pair
                ? Cut(TokenType.Pair, pair)
                : MomentLength() is { } moment ? Cut(TokenType.Moment, moment) : Cut(TokenType.Word, NameLength(_at));
        }
        if (first is ':' or '?' && Peek(1) == '=') return Cut(TokenType.Assignment, 2);
        if (first == ':' && char.IsAsciiLetter(Peek(1))) return Cut(TokenType.Quantity, 1 + NameLength(_at + 1));
        foreach (var symbol in Symbols)
        {
            if (string.CompareOrdinal(text, _at, symbol, 0, symbol.Length) == 0) return Cut(TokenType.Symbol, symbol.Length);
        }
        return null;
    }

    private ExpressionToken Cut(TokenType type, int length)
    {
        var token = new ExpressionToken(type, text.Substring(_at, length));
        _at += length;
        return token;
    }

    private readonly char Peek(int ahead) => _at + ahead < text.Length ? text[_at + ahead] : '\0';

    private readonly int NumberLength()
    {
        var length = DigitsFrom(_at);
        return Peek(length) == '.' && DigitsFrom(_at + length + 1) is > 0 and var fraction ? length + 1 + fraction : length;
    }

    private readonly int DigitsFrom(int start)
    {
        var end = start;
        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        return end - start;
    }

    private readonly int NameLength(int start)
    {
        var end = start + 1;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_')) end++;
        return end - start;
    }

    private readonly int? PairLength()
    {
        var end = _at + 1;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '.' or '_' or ':' or '-')) end++;
        return end + 1 < text.Length && text[end] == '@' && char.IsAsciiLetter(text[end + 1]) ? end + 1 - _at + NameLength(end + 1) : null;
    }

    // dtYYYY-MM-DDTHH:MM[:SS]
    private readonly int? MomentLength()
    {
        if (!Fits("dt0000-00-00T00:00", 0)) return null;
        return Fits(":00", 18) ? 21 : 18;
    }

    private readonly bool Fits(string form, int from)
    {
        for (var i = 0; i < form.Length; i++)
        {
            var (here, wanted) = (Peek(from + i), form[i]);
            if (wanted == '0' ? !char.IsAsciiDigit(here) : char.ToUpperInvariant(here) != char.ToUpperInvariant(wanted)) return false;
        }
        return true;
    }
}
