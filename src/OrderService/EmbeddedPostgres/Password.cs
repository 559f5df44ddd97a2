using System.Security.Cryptography;
using System.Text;

namespace OrderService.EmbeddedPostgres;

/// <summary>
/// The password of the embedded server's roles: 256 random bits in a file that only the service can read. Whoever else runs as the server's
/// account, or reaches its socket, has none.
/// </summary>
internal sealed class Password
{
    private const string FileName = "password";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // No stretching: it slows down the guessing of what people choose, and this cannot be guessed; each connection would pay for it on both
    // sides.
    private const int Iterations = 1;

    private Password(string text) => Text = text;

    public string Text { get; }

    /// <summary>The one of this folder; null where it has none yet.</summary>
    public static Password? Of(string root) =>
        Path.Combine(root, FileName) is var file && File.Exists(file) && File.ReadAllText(file).Trim() is { Length: > 0 } text
            ? new Password(text) : null;

    /// <summary>Writes a new one, whole or not at all.</summary>
    public static Password Create(string root)
    {
        var password = new Password(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
        var file = Path.Combine(root, FileName);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using (var stream = new FileStream(file + ".new", options))
        {
            stream.Write(Encoding.ASCII.GetBytes(password.Text + "\n"));
            stream.Flush(flushToDisk: true);
        }
        File.Move(file + ".new", file, overwrite: true);
        return password;
    }

    /// <summary>What the server keeps of it (RFC 5803), so that the text itself never goes to it, nor into its log.</summary>
    public string Verifier()
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        var salted = Rfc2898DeriveBytes.Pbkdf2(Text, salt, Iterations, HashAlgorithmName.SHA256, 32);
        var stored = SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8));
        var server = HMACSHA256.HashData(salted, "Server Key"u8);
        return $"SCRAM-SHA-256${Iterations}:{Convert.ToBase64String(salt)}${Convert.ToBase64String(stored)}:{Convert.ToBase64String(server)}";
    }
}
