using System.Globalization;
using Microsoft.Extensions.Options;

namespace OrderService.Engine.Auth;

/// <summary>
/// Where admin keys may come from: the environment, or a file that only its owner can read. Anything else stops the start.
/// </summary>
internal sealed class AdminKeyRules(IConfiguration configuration) : IValidateOptions<AuthOptions>
{
    private const int LengthMin = 32;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>The keys of the options and of their file.</summary>
    public static IEnumerable<string> KeysOf(AuthOptions options) =>
        options.AdminKeysFile is { Length: > 0 } file
            ? options.AdminKeys.Concat(File.ReadLines(file).Select(line => line.Trim()).Where(line => line.Length > 0)) : options.AdminKeys;

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, AuthOptions options)
    {
        if (OtherSource() is { } source)
            return ValidateOptionsResult.Fail($"{AuthOptions.Section}:{nameof(options.AdminKeys)} may only come from the environment, and here comes from {source}: use {nameof(options.AdminKeysFile)} for a file");
        if (options.AdminKeysFile is { Length: > 0 } file && FileFault(file) is { } fault)
            return ValidateOptionsResult.Fail($"{AuthOptions.Section}:{nameof(options.AdminKeysFile)} {file} {fault}");
        return KeysOf(options).Any(key => key.Length < LengthMin)
            ? ValidateOptionsResult.Fail(string.Create(CultureInfo.InvariantCulture,
                $"an admin key has fewer than {LengthMin} characters: make one with openssl rand -hex 32"))
            : ValidateOptionsResult.Success;
    }

    private string? OtherSource() =>
        configuration is IConfigurationRoot root
            ? SecretSource.OtherThanEnvironment(root, $"{AuthOptions.Section}:{nameof(AuthOptions.AdminKeys)}")?.ToString() : null;

    private static string? FileFault(string file)
    {
        if (!File.Exists(file)) return "does not exist";
        return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & Others) != 0 ? "can be read by others: chmod 600 it" : null;
    }
}
