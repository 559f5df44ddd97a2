using OrderService.Tests.Http;

namespace OrderService.Tests.Web;

/// <summary>The programs of examples/, run to their end against the real service as their reader would. Not the grid: the market that it walks up and down by itself goes by the wall clock.</summary>
public sealed class ExampleTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    [Theory]
    [InlineData("dca.mjs 3 1", @"^Placed 3 parts of dca-\d+\.\n(Bought [\d.]+ CHA\.\n){3}Spent 10 STX-subnet for [\d.]+ CHA\.\n$")]
    [InlineData("oracle.mjs", @"^Order [0-9a-f-]{36} waits for the oracle\.\nIt is time: transaction [0-9a-f]{12}…\nThe order is confirmed: [\d.]+ CHA\.\n$")]
    [InlineData("reward.mjs", @"^Burnt [\d.]+ CHA for 10 STX\.\n$")]
    [InlineData("reward.mjs ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7", @"^Paid ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7 [\d.]+ CHA for 10 STX\.\n$")]
    public async Task It_runs_to_its_end_and_says_what_it_did(string example, string pattern)
    {
        await TypeScriptClientTests.Built.Value;
        var settings = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(settings, $"URL={service.Client.BaseAddress!.ToString().TrimEnd('/')}\n");
            var parts = example.Split(' ');
            var (code, said) = await NodePackage.RunInAsync(TypeScriptClientTests.Folder, $"--env-file={settings}", [$"../../examples/{parts[0]}", .. parts[1..]]);
            code.ShouldBe(0, said);
            said.ShouldMatch(pattern);
        }
        finally
        {
            File.Delete(settings);
        }
    }
}
