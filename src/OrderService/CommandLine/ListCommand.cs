using System.CommandLine;
using OrderService.Client;
using OrderService.Stacks.Addresses;

namespace OrderService.CommandLine;

/// <summary><c>sign list</c>: proves whose orders are listed. The signed message may be used again for some hours.</summary>
internal static class ListCommand
{
    public static Command Create(CommandLineWorld world)
    {
        var (keys, service) = (new KeyOptions(), new ServiceOptions(world));
        var command = new Command("list", "Signs a message and prints a curl that lists the orders of the key's address.");
        keys.AddTo(command);
        service.AddTo(command);
        service.AddScopeTo(command);
        command.SetAction(async (parsed, token) =>
        {
            var signer = keys.Read(parsed, world);
            var scope = await service.ScopeAsync(parsed, token);
            var owner = signer.Address(scope.Network);
            var message = WalletText.Of(scope, owner, "list_orders", world.Time.GetUtcNow(), ("owner", owner.ToString()));
            var call = new SignedCall(HttpMethod.Get, service.At(parsed, $"/api/v1/orders?owner={owner}"),
                [("x-signature", signer.Sign(message)), ("x-message", message)], null);
            return await service.FinishAsync(parsed, call, world, token);
        });
        return command;
    }
}
