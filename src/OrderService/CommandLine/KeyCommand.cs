using System.CommandLine;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;

namespace OrderService.CommandLine;

/// <summary><c>sign key</c>: makes a key, or shows the address of one.</summary>
internal static class KeyCommand
{
    public static Command Create(CommandLineWorld world)
    {
        var keys = new KeyOptions();
        var network = ServiceOptions.NetworkOption("testnet or mainnet: which address is shown. Default testnet.");
        var save = new Option<string?>("--save")
        {
            Description = "Writes the new key to a file that only you can read, instead of showing it.",
        };
        var command = new Command("key",
            "Makes a key and shows it with its address; with --key, --key-file or --demo, shows the address of that one.")
            {
                network, save,
            };
        keys.AddTo(command);
        command.SetAction(parsed =>
        {
            var isGiven = keys.TryRead(parsed, world, out var key);
            var file = parsed.GetValue(save);
            if (isGiven && file is not null) throw new CommandLineFault("--save is for a new key; leave out the key that is given.");
            if (!isGiven) key = PrivateKey.Generate();
            if (file is not null) Save(file, key);
            // A key that was given is not shown again: the person has it, and a terminal keeps what it showed.
            if ((!isGiven && file is null) || keys.IsDemo(parsed)) world.Out.WriteLine($"private key  {key.ToHex()}");
            world.Out.WriteLine($"public key   {key.PublicKey()}");
            world.Out.WriteLine($"address      {key.PublicKey().ToAddress(parsed.GetValue(network) ?? StacksNetwork.Testnet)}");
            return 0;
        });
        return command;
    }

    private static void Save(string path, PrivateKey key)
    {
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var file = new StreamWriter(path, options);
            file.WriteLine(key.ToHex());
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            throw new CommandLineFault($"The key was not saved: {closed.Message}", CommandLineFault.Refused);
        }
    }
}
