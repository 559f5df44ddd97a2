using Microsoft.Extensions.Options;
using OrderService.Api.SwapCoffee;
using OrderService.Tests.Engine;
using OrderService.Tests.Ground;

namespace OrderService.Tests.CommandLine;

public sealed class ProofCommandTests
{
    [Theory]
    [InlineData("order-service")]
    [InlineData("swaps.example")]
    public async Task A_proof_is_accepted_by_the_service_whose_domain_it_names(string domain)
    {
        var run = await CommandRun.OfAsync("sign", "proof", "--domain", $"{domain}/testnet", "--key", CommandRun.Deployer);
        run.ExitCode.ShouldBe(0);
        var proof = ServiceNames.Proof(domain, new ManualTime(DateTimeOffset.FromUnixTimeMilliseconds(CommandRun.Now)));
        proof.Check(CommandRun.DeployerOnTestnet, run.Out.TrimEnd()).Value.Owner.ToString().ShouldBe(CommandRun.DeployerOnTestnet);
    }
}
