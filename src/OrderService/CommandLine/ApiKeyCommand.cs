using System.CommandLine;
using System.Text.Json.Nodes;
using OrderService.Client;
using OrderService.Stacks.Addresses;

namespace OrderService.CommandLine;

/// <summary><c>sign api-key</c>: asks for an API key of the wallet.</summary>
internal static class ApiKeyCommand
{
    private static readonly string[] Known = ["create", "execute", "cancel", "accounts", "trade"];

    public static Command Create(CommandLineWorld world)
    {
        var (keys, service) = (new KeyOptions(), new ServiceOptions(world));
        var name = new Option<string>("--name")
        {
            Description = "The key's name, unlike those of the wallet's other keys.", Required = true,
        };
        var permissions = new Option<string>("--permissions")
        {
            Description = "What it may do: any of create,execute,cancel,accounts,trade.",
            DefaultValueFactory = _ => "create,execute,cancel",
        };
        var command = new Command("api-key", "Signs a message and prints a curl that makes an API key.") { name, permissions };
        keys.AddTo(command);
        service.AddTo(command);
        service.AddScopeTo(command);
        command.SetAction(async (parsed, token) =>
        {
            var signer = keys.Read(parsed, world);
            var wanted = parsed.GetValue(permissions)!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Distinct().ToArray();
            if (wanted.Length == 0 || wanted.Except(Known).Any())
                throw new CommandLineFault("--permissions must be some of create,execute,cancel,accounts,trade with commas between them.");
            var scope = await service.ScopeAsync(parsed, token);
            var wallet = signer.Address(scope.Network);
            var message = WalletText.Of(scope, wallet, "create_api_key", world.Time.GetUtcNow(), ("keyName", parsed.GetValue(name)),
                ("permissions", new JsonArray([.. wanted])));
            var body = new JsonObject
            {
                ["message"] = message, ["signature"] = signer.Sign(message), ["walletAddress"] = wallet.ToString(),
            };
            return await service.FinishAsync(parsed,
                new SignedCall(HttpMethod.Post, service.At(parsed, "/api/v1/api-keys"), [], body.ToJsonString(WalletText.Json)), world,
                token);
        });
        return command;
    }
}
