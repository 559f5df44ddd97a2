using System.Text;
using OrderService.Api.Charisma;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Engine.Orders;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;
using OrderService.Tests.Charisma;

namespace OrderService.Tests.CommandLine;

public sealed class OrderCommandTests
{
    private const string Uuid = "669e8e74-6b2b-477e-9e4d-cd1399a0ef20";
    private const string Deployer = CommandRun.Deployer;
    private const string Mainnet = "SP2ZNGJ85ENDY6QRHQ5P2D4FXKGZWCKTB2T0Z55KS";
    private const string Charisma = $"{Mainnet}.charisma-token-subnet-v1";
    private const string Router = $"{Mainnet}.x-multihop-rc9";

    // Signatures that @stacks/transactions made over the same intents with the same keys.
    [Theory]
    [InlineData("mainnet", Router, "753b7cc01a1a2e86221266a154af739463fce51219d97e4f856cd7200c3bd2a601", Charisma, "1000000", Uuid,
        "814f303ec59fe46a63a8204e79375da1ad800d5f21121ff47838953c4212646c33d6cc003858a7b2a8b5d1165b93a620d994b1655f5eb32a2557d2679556c0b500")]
    [InlineData("mainnet", Router, "530d9f61984c888536871c6573073bdfc0058896dc1adfe9a6a10dfacadc209101", $"{Mainnet}.welsh-token-subnet-v1",
        "999", "2c3a4249-d770-4005-8649-dbd822dcaf79",
        "977bf7cbf6e62d64a42915f018a73344e7af48cc08ec2d563d449c7c8d6194d516aff6a9872bb6946307e23de83303ff756c85b4474cb173dd4293dd4938419900")]
    [InlineData("mainnet", Router, "03a695cd05c6a06cd78ed5e85eaa1739055402af1c8e1eb98c51e246bfa879ff01", Charisma, "9007199254740993",
        "730bea4f-f16f-400f-b931-b06cae08a5da",
        "37c45cc8bfcaee2b41535a5b66b11abd73381a9304474cf86ca92f010ab698f05e52141e38664487a8d1a2987c9a7f8f8118d6a2d22993955758f011f26fc10a01")]
    [InlineData("mainnet", Router, Deployer, Charisma, "340282366920938463463374607431768211455", "7dc96f77-6c84-43e5-ba27-85489a3f9c43",
        "193ff9e286e328caf1f9cc664b52cfcb4dc829161da987298d7943b1c725253e4765520690a315632e825cc219a14514cb556a079fe5fdf73cee19bc81ce495100")]
    [InlineData("testnet", "ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM.x-multihop",
        "7287ba251d44a4d3fd9276c88ce34c5c52a038955511cccaf77e61068649c17801", "ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM.x-charisma-token",
        "1000000", "e8bc163c-82ee-4187-b328-8c7d4ac636db",
        "dc43a66df58f6d6d7a8e93b73e3ff00a71b1ad6cdc045b245b941f411558cdc420bea428ea0cd10995792241ec82e0167267c304dd364e774e41c0f54832fdce01")]
    [InlineData("testnet", "ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM.x-multihop", Deployer,
        "ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM.x-welshcorgicoin-token", "18446744073709551616", "41242b9f-ae56-4ad4-a6e7-7dfe33cb18d1",
        "e9713ba783376f9e83ebcea2dc5a019e96582ea636e6198c566bf0ab75ae9d2d6e14c433b7265dd634364fa5e7c493d83f4ae156cff256f68dfe1da7815d7db101")]
    public async Task Signs_as_the_wallets_do(
        string network, string router, string key, string token, string amount, string uuid, string signature)
    {
        var run = await CommandRun.OfAsync("sign", "order", "--network", network, "--router", router, "--key", key, "--input-token", token,
            "--output-token", ".stx", "--amount", amount, "--uuid", uuid);

        var call = await ShellRun.OfAsync(run.Out);
        (run.ExitCode, call.Method, call.Url).ShouldBe((0, "POST", "http://127.0.0.1:5080/api/v1/orders/new"));
        call.Headers["content-type"].ShouldBe("application/json");
        call.Json.GetProperty("signature").GetString().ShouldBe(signature);
        call.Json.GetProperty("uuid").GetString().ShouldBe(uuid);
    }

    [Fact]
    public async Task The_printed_order_is_one_that_the_service_reads_and_whose_two_signatures_hold()
    {
        var run = await CommandRun.OfAsync(
            "sign", "order", "--network", "mainnet", "--router", Router, "--key", Deployer, "--terms", "--input-token", Charisma,
            "--output-token", $"{Mainnet}.welsh-token-subnet-v1", "--amount", "1000000",
            "--uuid", Uuid, "--recipient", "SP1SJ3DTE5DN7X54YDH5D64R3BCB6A2AG2XG1V316", "--condition-token", ".stx", "--target-price",
            "01.50", "--direction", "lt", "--base-asset", "USD",
            "--valid-from", "2030-01-31T12:00Z", "--valid-to", "2030-02-28T12:00:00.123Z", "--min-amount-out", "7", "--slippage-bps", "50",
            "--max-deviation-bps", "300", "--url", "http://localhost:1/base/");
        var call = await ShellRun.OfAsync(run.Out);
        var venue = new VenueTerms("stacks", StacksNetwork.Mainnet, ContractId.Parse(Router));

        var body = Samples.Read(call.Body!);
        body.Fault.ShouldBeNull();
        body.ToOrder(venue).IsRejected(out _, out var order).ShouldBeFalse();

        call.Url.ShouldBe("http://localhost:1/base/api/v1/orders/new");
        body.ClientFields.ShouldBeNull();
        var signed = (OrderFunding.BySignature)order!.Funding;
        TermsSignatures.IsOf(order.Terms, signed.TermsSignature!.Value).ShouldBeTrue();
        VerifiedIntent.TryVerify(new TransferIntent(order.Terms.SellContract, order.Terms.AmountIn.Units, Principal.From(venue.Router),
            Uuid, 1), signed.Signature, order.Terms.Owner, out _).ShouldBeTrue();
        order.Terms.TargetPrice.ToString().ShouldBe("1.5");
        order.Terms.ValidTo.ShouldBe(new DateTimeOffset(2030, 2, 28, 12, 0, 0, 123, TimeSpan.Zero));
        order.Terms.Recipient.ToString().ShouldBe("SP1SJ3DTE5DN7X54YDH5D64R3BCB6A2AG2XG1V316");
        (order.Terms.Direction, order.Terms.SlippageBps, order.Terms.MaxDeviationBps,
            order.Terms.Trigger).ShouldBe((TriggerDirection.Lt, 50, 300, SliceTrigger.Price));
    }

    [Fact]
    public async Task A_star_alone_is_enough_and_the_rest_has_its_defaults()
    {
        var json = (await ShellRun.OfAsync((await OrderAsync("--condition-token", "*", "--terms")).Out)).Json;

        json.GetProperty("targetPrice").GetString().ShouldBe("0");
        json.GetProperty("direction").GetString().ShouldBe("gt");
        json.GetProperty("owner").GetString().ShouldBe(CommandRun.DeployerOnMainnet);
        json.GetProperty("recipient").GetString().ShouldBe(CommandRun.DeployerOnMainnet);
        OrderUuid.TryParse(json.GetProperty("uuid").GetString(), out _).ShouldBeTrue();
        json.TryGetProperty("validFrom", out _).ShouldBeFalse();
        RecoverableSignature.TryParseRsv(json.GetProperty("termsSignature").GetString(), out _).ShouldBeTrue();
    }

    [Theory]
    [InlineData("--condition-token .stx", "go together")]
    [InlineData("--target-price 1 --direction gt", "go together")]
    [InlineData("--condition-token USD --target-price 1 --direction gt", "--condition-token must be")]
    [InlineData("--condition-token * --direction up", "--direction must be gt or lt")]
    [InlineData("--condition-token * --target-price 1e3", "--target-price must be")]
    [InlineData("--valid-to tomorrow", "--valid-to must be")]
    [InlineData("--valid-to 2030-02-30T12:00:00Z", "--valid-to must be")]
    [InlineData("--slippage-bps 10001", "--slippage-bps must be")]
    [InlineData("--max-deviation-bps 10001", "--max-deviation-bps must be")]
    [InlineData("--min-amount-out -1", "--min-amount-out must be")]
    [InlineData("--recipient me", "--recipient must be")]
    [InlineData("--uuid 1", "--uuid must be")]
    public async Task What_the_service_would_not_read_is_not_signed(string more, string sentence)
    {
        var run = await OrderAsync(more.Split(' '));
        run.ExitCode.ShouldBe(2);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldContain(sentence);
    }

    private static Task<CommandRun> OrderAsync(params string[] more) => CommandRun.OfAsync(
        ["sign", "order", "--network", "mainnet", "--router", Router, "--key", Deployer, "--input-token", Charisma, "--output-token",
            ".stx", "--amount", "1", .. more]);
}
