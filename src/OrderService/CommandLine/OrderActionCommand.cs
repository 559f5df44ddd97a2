using System.CommandLine;
using OrderService.Client;
using OrderService.Domain.Orders;

namespace OrderService.CommandLine;

/// <summary><c>sign cancel</c>, <c>execute</c>, <c>pause</c> and <c>resume</c>: a signed message about one order, in headers.</summary>
internal static class OrderActionCommand
{
    public static Command Create(CommandLineWorld world, string verb, string action, HttpMethod method, bool acceptsBareUuid)
    {
        var (keys, service) = (new KeyOptions(), new ServiceOptions(world));
        var uuid = ParsedOption.Of<OrderUuid>("--uuid", "The order's uuid, in the case in which it was created.", OrderUuid.TryParse,
            "must be a uuid, 8-4-4-4-12 hex digits", isRequired: true);
        var bare = new Option<bool>("--bare")
        {
            Description = "Signs only the uuid, as the original API has it: it can be repeated for ever by whoever sees it.",
        };
        var command = new Command(verb, $"Signs a message and prints a curl that asks to {verb} an order.") { uuid };
        if (acceptsBareUuid) command.Add(bare);
        keys.AddTo(command);
        service.AddTo(command);
        service.AddScopeTo(command);
        command.SetAction(async (parsed, token) =>
        {
            var signer = keys.Read(parsed, world);
            var order = parsed.GetValue(uuid)!.Value.ToString();
            var isBare = acceptsBareUuid && parsed.GetValue(bare);
            var message = isBare ? order : await MessageAsync(signer, action, order, service, parsed, world, token);
            List<(string, string)> headers = [("x-signature", signer.Sign(message)), ("x-public-key", signer.PublicKey.ToString())];
            if (!isBare) headers.Add(("x-message", message));
            var call = new SignedCall(method, service.At(parsed, $"/api/v1/orders/{order}/{verb}"), headers, null);
            return await service.FinishAsync(parsed, call, world, token);
        });
        return command;
    }

    private static async Task<string> MessageAsync(
        WalletSigner signer, string action, string order, ServiceOptions service, ParseResult parsed, CommandLineWorld world,
        CancellationToken token)
    {
        var scope = await service.ScopeAsync(parsed, token);
        return WalletText.Of(scope, signer.Address(scope.Network), action, world.Time.GetUtcNow(), ("uuid", order));
    }
}
