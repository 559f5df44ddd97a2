using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using OrderService.Client;
using OrderService.Engine.Auth;

namespace OrderService.CommandLine;

/// <summary><c>sign proof</c>: the header <c>x-verify</c> of the strategies API, good for some minutes from now.</summary>
internal static class ProofCommand
{
    public static Command Create(CommandLineWorld world)
    {
        var keys = new KeyOptions();
        var service = new ServiceOptions(world);
        var domain = new Option<string?>("--domain")
        {
            Description = "The domain to prove to, proofDomain of GET network; without it the service is asked.",
        };
        var command = new Command("proof", "Signs a proof of the wallet and prints the value of the header x-verify.")
        {
            domain, service.Url,
        };
        keys.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            var signer = keys.Read(parsed, world);
            var (named, now, payload) = (parsed.GetValue(domain) ?? await service.ProofDomainAsync(parsed, token),
                world.Time.GetUtcNow().ToUnixTimeSeconds(), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
            var proof = new JsonObject
            {
                ["timestamp"] = now, ["domain_len"] = Encoding.UTF8.GetByteCount(named), ["domain_val"] = named, ["payload"] = payload,
                ["signature"] = signer.Sign(ProofDomains.MessageOf(named, now, payload)),
            };
            world.Out.WriteLine(new JsonObject { ["public_key"] = signer.PublicKey.ToString(), ["wallet_state_init"] = "",
                ["proof"] = proof }.ToJsonString(WalletText.Json));
            return 0;
        });
        return command;
    }
}
