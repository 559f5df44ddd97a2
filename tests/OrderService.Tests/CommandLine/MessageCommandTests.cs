using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;

namespace OrderService.Tests.CommandLine;

public sealed class MessageCommandTests
{
    private const string Uuid = "669e8e74-6b2b-477e-9e4d-cd1399a0ef20";

    private const string Scope = $"\"service\":\"orders.example\",\"chainId\":1,\"address\":\"{CommandRun.DeployerOnMainnet}\"";

    // A signature that @stacks/encryption made over the same text with the same key.
    private const string OverUuid = "62e2bb45d51a6c356eb7edf1044000f75835a727e4460fceedb98b2254f2054c73a1bc250b413d770607b5be5e93d9c55476e409ce7c1be41afcb25852c5513e00";

    [Fact]
    public async Task Signs_texts_as_the_wallets_do()
    {
        var run = await CommandRun.OfAsync("sign", "message", Uuid, "--key", CommandRun.Deployer);
        run.Out.ShouldContain($"signature    {OverUuid}\n");
        run.Out.ShouldContain($"public key   {CommandRun.DeployerPublicKey}\n");
    }

    [Theory]
    [InlineData("cancel", "PATCH")]
    [InlineData("execute", "POST")]
    public async Task The_bare_form_is_the_documented_one(string verb, string method)
    {
        var call =
            await ShellRun.OfAsync((await CommandRun.OfAsync("sign", verb, "--bare", "--uuid", Uuid, "--key", CommandRun.Deployer)).Out);

        (call.Method, call.Url).ShouldBe((method, $"http://127.0.0.1:5080/api/v1/orders/{Uuid}/{verb}"));
        call.Headers["x-signature"].ShouldBe(OverUuid);
        call.Headers["x-public-key"].ShouldBe(CommandRun.DeployerPublicKey);
        call.Headers.ShouldNotContainKey("x-message");
        call.Body.ShouldBeNull();
    }

    [Theory]
    [InlineData("cancel", "PATCH", "cancel_order")]
    [InlineData("execute", "POST", "execute_order")]
    [InlineData("pause", "PATCH", "pause_order")]
    [InlineData("resume", "PATCH", "resume_order")]
    public async Task An_action_is_a_message_of_its_moment_in_headers(string verb, string method, string action)
    {
        var call = await ShellRun.OfAsync((await CommandRun.OfAsync("sign", verb, "--service", "orders.example", "--network", "mainnet",
            "--uuid", Uuid.ToUpperInvariant(), "--key", CommandRun.Deployer)).Out);

        (call.Method, call.Url).ShouldBe((method, $"http://127.0.0.1:5080/api/v1/orders/{Uuid.ToUpperInvariant()}/{verb}"));
        call.Headers["x-message"].ShouldBe(
            $$"""{{{Scope}},"action":"{{action}}","uuid":"{{Uuid.ToUpperInvariant()}}","timestamp":1763690000000}""");
        SignerOf(call.Headers["x-message"], call.Headers["x-signature"]).ShouldBe(CommandRun.DeployerPublicKey);
    }

    [Fact]
    public async Task A_list_names_the_owner_in_the_message_and_in_the_query()
    {
        var call = await ShellRun.OfAsync((await CommandRun.OfAsync("sign", "list", "--service", "orders.example", "--network", "mainnet",
            "--key", CommandRun.Deployer)).Out);

        (call.Method, call.Url).ShouldBe(("GET", $"http://127.0.0.1:5080/api/v1/orders?owner={CommandRun.DeployerOnMainnet}"));
        call.Headers["x-message"].ShouldBe(
            $$"""{{{Scope}},"action":"list_orders","owner":"{{CommandRun.DeployerOnMainnet}}","timestamp":1763690000000}""");
        SignerOf(call.Headers["x-message"], call.Headers["x-signature"]).ShouldBe(CommandRun.DeployerPublicKey);
    }

    [Fact]
    public async Task An_api_key_is_asked_for_in_the_documented_body()
    {
        var call = await ShellRun.OfAsync((await CommandRun.OfAsync("sign", "api-key", "--service", "orders.example", "--network",
            "mainnet", "--name", "My Trading Bot", "--key", CommandRun.Deployer)).Out);

        (call.Method, call.Url).ShouldBe(("POST", "http://127.0.0.1:5080/api/v1/api-keys"));
        call.Json.GetProperty("message").GetString()
            .ShouldBe($$"""{{{Scope}},"action":"create_api_key","keyName":"My Trading Bot","permissions":["create","execute","cancel"],"timestamp":1763690000000}""");
        SignerOf(call.Json.GetProperty("message").GetString()!, call.Json.GetProperty("signature").GetString()!)
            .ShouldBe(CommandRun.DeployerPublicKey);
        call.Json.GetProperty("walletAddress").GetString().ShouldBe(CommandRun.DeployerOnMainnet);
    }

    [Theory]
    [InlineData("it's")]
    [InlineData("'; touch /tmp/no; '")]
    [InlineData("a \"b\" $(c) `d` \\ é €")]
    public async Task Any_text_survives_the_shell(string name)
    {
        var call = await ShellRun.OfAsync((await CommandRun.OfAsync("sign", "api-key", "--service", "orders.example", "--network",
            "mainnet", "--name", name, "--permissions", "cancel", "--key", CommandRun.Deployer)).Out);

        var message = call.Json.GetProperty("message").GetString()!;
        System.Text.Json.JsonDocument.Parse(message).RootElement.GetProperty("keyName").GetString().ShouldBe(name);
        SignerOf(message, call.Json.GetProperty("signature").GetString()!).ShouldBe(CommandRun.DeployerPublicKey);
    }

    private static string SignerOf(string message, string signature)
    {
        Span<byte> hash = stackalloc byte[32];
        PersonalMessage.Hash(message, hash);
        RecoverableSignature.TryParseRsv(signature, out var parsed).ShouldBeTrue();
        Secp256k1.TryRecover(hash, parsed, out var key).ShouldBeTrue();
        return key.ToString();
    }
}
