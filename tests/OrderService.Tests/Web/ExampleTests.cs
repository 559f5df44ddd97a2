using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using OrderService.Tests.Ground;
using OrderService.Tests.Http;

namespace OrderService.Tests.Web;

/// <summary>
/// The programs of examples/, run to their end against the real service as their reader would, whose blocks and polls are quick.
/// </summary>
public sealed class ExampleTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    [Theory]
    [InlineData("dca.mjs 3 1", @"^Placed 3 parts of dca-\d+\.\n(Bought [\d.]+ CHA\.\n){3}Spent 10 STX-subnet for [\d.]+ CHA\.\n$")]
    [InlineData("oracle.mjs",
        @"^Order [0-9a-f-]{36} waits for the oracle\.\nIt is time: transaction [0-9a-f]{12}…\nThe order is confirmed: [\d.]+ CHA\.\n$")]
    [InlineData("grid.mjs 4",
        @"^((Buys|Sells) at [\d.]+\.\n|(Bought|Sold) at level -?\d+ for [\d.]+ (STX|sUSDT)\.\n)+4 fills; what was left is cancelled\.\n$")]
    [InlineData("game.mjs",
        @"^The quest begins: .*\n(The dragon is hit\.\n){2}The dragon is beaten\.\nThe player is paid [\d.]+ CHA in block \d+\.\n$")]
    [InlineData("tip.mjs", @"^The tip is at least [\d.]+ CHA\.\nTipped ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7 with [\d.]+ CHA\.\n$")]
    [InlineData("airdrop.mjs",
        @"^Placed 5 orders of airdrop-\d+\.\n(ST[0-9A-Z]+ has [\d.]+ CHA\.\n){5}Dropped [\d.]+ CHA on 5 addresses\.\n$")]
    [InlineData("buyback.mjs", @"^Burnt [\d.]+ CHA for 10 STX, transaction [0-9a-f]{12}….\n$")]
    [InlineData("rebalance.mjs",
        @"^(STX is at [\d.]+ dollars\.\n(Sold .* for .*\.\n|The shares are even enough\.\n)){3}(4[5-9]|5[0-5]) % are STX, of \d+ dollars\.\n$")]
    public Task It_runs_to_its_end_and_says_what_it_did(string example, string pattern) => RunAsync(service, example, pattern);

    /// <summary>Runs a program of examples/ against a service, and looks at what it says.</summary>
    internal static async Task RunAsync(ServiceFixture service, string example, string pattern)
    {
        await TypeScriptClientTests.Built.Value;
        var settings = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(settings, $"URL={service.Client.BaseAddress!.ToString().TrimEnd('/')}\n");
            var parts = example.Split(' ');
            var (code, said) = await NodePackage.RunInAsync(TypeScriptClientTests.Folder, $"--env-file={settings}",
                [$"../../examples/{parts[0]}", .. parts[1..]]);
            code.ShouldBe(0, said);
            said.ShouldMatch(pattern);
        }
        finally
        {
            File.Delete(settings);
        }
    }
}

/// <summary>An example that takes minutes, while time runs sixty times as fast.</summary>
public sealed class FasterExampleTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    [Fact]
    public async Task Three_parts_a_minute_apart_are_bought_as_their_reader_would_have_it()
    {
        using var faster = await service.Client.PostAsJsonAsync("/simulator/clock", new { pace = 60 });
        faster.StatusCode.ShouldBe(HttpStatusCode.OK);
        await Until.Async(async () => (int)(await service.Wallet.GetAsync("/simulator/clock")).Body["pace"]!, pace => pace == 60);
        var began = await EngineTimeAsync();

        await ExampleTests.RunAsync(service, "dca.mjs 3 60",
            @"^Placed 3 parts of dca-\d+\.\n(Bought [\d.]+ CHA\.\n){3}Spent 10 STX-subnet for [\d.]+ CHA\.\n$");

        (await EngineTimeAsync() - began).ShouldBeGreaterThan(TimeSpan.FromMinutes(2));
    }

    private async Task<DateTimeOffset> EngineTimeAsync() => DateTimeOffset.Parse(
        (string)(await service.Wallet.GetAsync("/simulator/clock")).Body["time"]!, CultureInfo.InvariantCulture);
}

/// <summary>A service that plays mainnet with the contracts of the Charisma DEX's deployer.</summary>
public sealed class CharismaFixture : ServiceFixture
{
    protected override IReadOnlyList<string> More =>
        ["--Simulator:Network=mainnet", "--Simulator:Deployer=SP2ZNGJ85ENDY6QRHQ5P2D4FXKGZWCKTB2T0Z55KS"];
}

/// <summary>The calls of the Charisma DEX's pages, as they are documented there, with its addresses and contract ids.</summary>
public sealed class CharismaSampleTests(CharismaFixture service) : IClassFixture<CharismaFixture>
{
    [Fact]
    public Task The_calls_of_its_pages_are_answered_as_it_documents_them() => ExampleTests.RunAsync(service, "charisma.mjs",
        @"^orders-new: the order is open\.\norders-cancel: the order is cancelled\.\norders-execute: transaction [0-9a-f]{12}…, paid\.\napi-keys: 1 key, my bot, with create, execute, cancel\.\napi-keys: .+\n$");
}
