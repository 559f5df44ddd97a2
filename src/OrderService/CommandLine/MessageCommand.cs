using System.CommandLine;
using OrderService.Stacks.Addresses;

namespace OrderService.CommandLine;

/// <summary><c>sign message</c>: signs any text as a wallet signs plain messages.</summary>
internal static class MessageCommand
{
    public static Command Create(CommandLineWorld world)
    {
        var keys = new KeyOptions();
        var text = new Argument<string>("text") { Description = "The exact text." };
        var network = ServiceOptions.NetworkOption("testnet or mainnet: which address is shown. Default testnet.");
        var command = new Command("message", "Signs a text and prints the signature, the public key and the address.") { text, network };
        keys.AddTo(command);
        command.SetAction(parsed =>
        {
            var signer = keys.Read(parsed, world);
            world.Out.WriteLine($"signature    {signer.Sign(parsed.GetValue(text)!)}");
            world.Out.WriteLine($"public key   {signer.PublicKey}");
            world.Out.WriteLine($"address      {signer.Address(parsed.GetValue(network) ?? StacksNetwork.Testnet)}");
            return 0;
        });
        return command;
    }
}
