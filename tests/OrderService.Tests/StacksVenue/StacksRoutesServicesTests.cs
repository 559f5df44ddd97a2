using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Pricing;
using OrderService.Engine.Telemetry;
using OrderService.Venues.Stacks;
using OrderService.Venues.Stacks.Routes;

namespace OrderService.Tests.StacksVenue;

public sealed class StacksRoutesServicesTests
{
    private const string Deployer = "SP000000000000000000002Q6VF78";

    [Fact]
    public async Task The_configuration_alone_quotes_once_it_is_read()
    {
        await using var services = Services(
            ("Stacks:Tokens:0:Id", $"{Deployer}.a-subnet"), ("Stacks:Tokens:0:Symbol", "A"), ("Stacks:Tokens:0:Base", ".stx"),
            ("Stacks:Vaults:0:Id", $"{Deployer}.link"), ("Stacks:Vaults:0:Type", "sublink"), ("Stacks:Vaults:0:TokenA", ".stx"),
            ("Stacks:Vaults:0:TokenB", $"{Deployer}.a-subnet"));
        var check = services.GetServices<ReadinessCheck>().Single();
        (await check.Check(CancellationToken.None)).IsReady.ShouldBeFalse();
        await services.GetRequiredService<VaultRefreshWorker>().TickAsync(CancellationToken.None);
        (await check.Check(CancellationToken.None)).IsReady.ShouldBeTrue();
        services.GetRequiredService<TokenRegistry>().HasLoaded.ShouldBeTrue();

        var wrapped = TokenId.Parse(new VaultListOptions().WrappedStx); // bought under its other name
        var quote = (await services.GetRequiredService<QuoteRoutes>()
            .HandleAsync(TokenId.Parse($"{Deployer}.a-subnet"), wrapped, new TokenAmount(5), CancellationToken.None)).Value;
        (quote.BuyToken, quote.AmountOut, quote.Hops.Single().Opcode).ShouldBe((TokenId.Stx, new TokenAmount(4), (byte)6));
    }

    [Theory]
    [InlineData("Stacks:Routes:HopsMax", "6")]
    [InlineData("Stacks:Routes:HopsMax", "0")]
    [InlineData("Stacks:Routes:ConfirmCallsMax", "3")]
    [InlineData("Stacks:Routes:CandidatesMax", "0")]
    [InlineData("Stacks:Routes:ConfirmTimeout", "00:01:00")]
    [InlineData("Stacks:Routes:RefreshInterval", "00:00:00")]
    [InlineData("Stacks:Routes:RequestTimeout", "1.00:00:00")]
    [InlineData("Stacks:Routes:BytesMax", "0")]
    [InlineData("Stacks:VaultsUrl", "ftp://vaults")]
    [InlineData("Stacks:WrappedStx", ".stx")]
    public async Task A_value_out_of_its_range_stops_the_start(string key, string value)
    {
        await using var services = Services((key, value));
        Should.Throw<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());
    }

    [Fact]
    public async Task The_worker_reads_at_the_start_and_ends_when_told()
    {
        await using var services = Services();
        var worker = services.GetRequiredService<VaultRefreshWorker>();
        await worker.StartAsync(CancellationToken.None);
        while (services.GetRequiredService<VaultRegistry>().Snapshot is null) await Task.Yield();
        await worker.StopAsync(CancellationToken.None);
        services.GetRequiredService<TokenRegistry>().All.ShouldBe([StacksToken.Stx.Token]);
        (await services.GetRequiredService<QuoteRoutes>()
            .HandleAsync(TokenId.Stx, TokenId.Stx, new TokenAmount(1),
                CancellationToken.None)).Error.ShouldBeOfType<OrderError.NotExecutable>().Code.ShouldBe("no_route");
    }

    private static ServiceProvider Services(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value)).Build();
        var services = new ServiceCollection();
        services.AddLogging().AddMetrics().AddSingleton<IReadOnlyCalls>(new FakeCalls((_, amountIn) => FakeCalls.Pays(amountIn - 1)));
        return services.AddStacksRoutes(configuration).BuildServiceProvider();
    }
}
