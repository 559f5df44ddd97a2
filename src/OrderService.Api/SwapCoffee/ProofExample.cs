using System.Text.Json.Nodes;
using OrderService.Domain.Accounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Auth;
using OrderService.Engine.Clock;
using OrderService.Engine.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;

namespace OrderService.Api.SwapCoffee;

/// <summary>
/// A wallet, a proof of its own and tokens that really work when they are pasted: the published demo key's, which only venues of play money
/// have. Elsewhere placeholders.
/// </summary>
internal sealed class ProofExample(
    ISwapRouter router, TokenRegistry tokens, IServiceProvider services, ProofDomains domains, TimeProvider time)
{
    private const string Placeholder = "<hex>";

    private readonly PrivateKey? _key = services.GetService<DemoWallet>()?.Key;

    /// <summary>Whose the examples are.</summary>
    public StacksAddress Owner => _key is { } key ? key.PublicKey().ToAddress(router.Terms.Network) : router.Terms.Router.Issuer;

    /// <summary>What the orders sell: the first token that can be sold.</summary>
    public TokenId SellToken => tokens.All.FirstOrDefault(t => t.Type == TokenType.Subnet)?.Id ?? TokenId.Of(router.Terms.Router);

    /// <summary>A proof of now, as <c>x-verify</c> takes it.</summary>
    public string Header()
    {
        var (domain, now, payload) = (domains.Told, time.RealNow().ToUnixTimeSeconds(), Guid.NewGuid().ToString("N"));
        var proof = new JsonObject
        {
            ["timestamp"] = now, ["domain_len"] = System.Text.Encoding.UTF8.GetByteCount(domain), ["domain_val"] = domain,
            ["payload"] = payload, ["signature"] = Sign(ProofDomains.MessageOf(domain, now, payload)),
        };
        return new JsonObject { ["public_key"] = _key is { } key ? key.PublicKey().ToString() : Placeholder, ["wallet_state_init"] = "",
            ["proof"] = proof }.ToJsonString();
    }

    /// <summary>An order of a kind.</summary>
    public JsonObject Order(string type, int suborders, JsonObject settings) => new()
    {
        ["type"] = type,
        ["token_from"] = new JsonObject { ["blockchain"] = TokenAddress.Blockchain, ["address"] = TokenAddress.Of(SellToken) },
        ["token_to"] = new JsonObject { ["blockchain"] = TokenAddress.Blockchain, ["address"] = TokenAddress.Native },
        ["input_amount"] = "1000000",
        ["max_suborders"] = suborders,
        ["max_invocations"] = suborders * 2,
        ["slippage"] = JsonNode.Parse("0.01"),
        ["settings"] = settings,
    };

    private string Sign(string text)
    {
        var hash = new byte[32];
        PersonalMessage.Hash(text, hash);
        return _key is { } key ? Secp256k1.Sign(hash, key).ToRsvHex() : Placeholder;
    }
}
