using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace OrderService.Engine.Auth;

/// <summary>The secret of an API key: <c>ck_live_</c> and 64 lower-case hex digits. Shown once; only its hash is stored.</summary>
internal readonly record struct ApiKeySecret
{
    private const string Prefix = "ck_live_";
    private const int DigitsCount = 64;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    private readonly string text;

    private ApiKeySecret(string text) => this.text = text;

    public static ApiKeySecret New() => new(Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(DigitsCount / 2)));

    /// <summary>Reads a secret; another prefix, length or digit answers false.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ApiKeySecret secret)
    {
        var isSecret = text is not null && text.Length == Prefix.Length + DigitsCount && text.StartsWith(Prefix, StringComparison.Ordinal)
            && !text.AsSpan(Prefix.Length).ContainsAnyExcept(Digits);
        secret = isSecret ? new(text!) : default;
        return isSecret;
    }

    /// <summary>SHA-256 of the whole text: 64 lower-case hex digits. The secret has 256 random bits, so no salt is needed.</summary>
    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text)));

    /// <summary>What may be shown later: the prefix, twelve dots and the last four digits.</summary>
    public string Preview() => $"{Prefix}{new string('•', 12)}{text[^4..]}";

    /// <summary>The text, for the one answer that shows it.</summary>
    public string Reveal() => text;

    /// <summary>A fixed text, so that no log shows the secret by accident.</summary>
    public override string ToString() => "(api key)";
}
