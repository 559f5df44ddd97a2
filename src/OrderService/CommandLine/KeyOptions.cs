using System.CommandLine;
using OrderService.Client;
using OrderService.Stacks.Crypto;

namespace OrderService.CommandLine;

/// <summary>Where the key comes from: an option, a file, the environment, or the published demo key.</summary>
internal sealed class KeyOptions
{
    public const string Variable = "ORDERSERVICE_KEY";
    private const int FileMax = 1024;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private readonly Option<PrivateKey?> _key = ParsedOption.Of<PrivateKey>("--key",
        "The private key, 64 or 66 hex digits. Others may see it in the shell's history: --key-file and ORDERSERVICE_KEY are safer.",
        PrivateKey.TryParse, "must be 64 hex digits of a private key, or 66 that end with 01");
    private readonly Option<string?> _file = new("--key-file")
    {
        Description = "A file that holds the private key; only its owner should be able to read it.",
    };
    private readonly Option<bool> _demo = new("--demo")
    {
        Description = "The published demo key, which is funded on the simulated venue only.",
    };

    public void AddTo(Command command)
    {
        command.Add(_key);
        command.Add(_file);
        command.Add(_demo);
    }

    /// <summary>The key that was named, else that of the environment; without either the command ends.</summary>
    public WalletSigner Read(ParseResult parsed, CommandLineWorld world)
    {
        if (TryRead(parsed, world, out var key)) return new WalletSigner(key);
        if (world.Environment(Variable) is not { Length: > 0 } text)
            throw new CommandLineFault($"No key was given: use --key-file FILE, --key HEX, --demo, or the variable {Variable}.");
        if (!PrivateKey.TryParse(text.Trim(), out key))
            throw new CommandLineFault($"{Variable} must be 64 hex digits of a private key, or 66 that end with 01.");
        return new WalletSigner(key);
    }

    /// <summary>The key that an option names; false where none does.</summary>
    public bool TryRead(ParseResult parsed, CommandLineWorld world, out PrivateKey key)
    {
        var (given, file, isDemo) = (parsed.GetValue(_key), parsed.GetValue(_file), parsed.GetValue(_demo));
        if ((given is null ? 0 : 1) + (file is null ? 0 : 1) + (isDemo ? 1 : 0) > 1)
            throw new CommandLineFault("Give only one of --key, --key-file and --demo.");
        key = given ?? (file is not null ? ReadFile(file, world) : isDemo ? PrivateKey.Parse(DemoKey.Hex) : default);
        return given is not null || file is not null || isDemo;
    }

    /// <summary>True where the demo key was asked for.</summary>
    public bool IsDemo(ParseResult parsed) => parsed.GetValue(_demo);

    private static PrivateKey ReadFile(string path, CommandLineWorld world)
    {
        var file = new FileInfo(path);
        if (!file.Exists || file.Length > FileMax)
            throw new CommandLineFault($"The key file {path} is not there or is too long for a key.");
        if (!OperatingSystem.IsWindows() && (file.UnixFileMode & Others) != 0)
            world.Error.WriteLine($"Warning: other users can read {path}; run chmod 600 on it.");
        try
        {
            return PrivateKey.TryParse(File.ReadAllText(path).Trim(), out var key)
                ? key
                : throw new CommandLineFault($"The key file {path} must hold 64 hex digits of a private key, or 66 that end with 01.");
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            throw new CommandLineFault($"The key file {path} cannot be read: {closed.Message}");
        }
    }
}
