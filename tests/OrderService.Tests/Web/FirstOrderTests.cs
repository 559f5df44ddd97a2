using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.Playwright;
using OrderService.Tests.Ground;
using OrderService.Tests.Http;
using OrderService.Web;
using Xunit.Abstractions;

namespace OrderService.Tests.Web;

/// <summary>
/// What a newcomer does by the README's first screen, and how long it takes. Nothing is judged by the wall clock of a busy machine: what
/// was measured is printed, and stands in TestResults/page.txt, which <c>./test</c> shows at its end.
/// </summary>
[Trait(TestScale.Trait, "page")]
public sealed class FirstOrderTests(ServiceFixture service, Browser browser, ITestOutputHelper output) : TraderPage(service, browser)
{
    [Fact]
    public async Task How_large_the_page_is_and_how_soon_it_is_painted_and_an_order_confirmed()
    {
        var assets = PageAsset.All().ToList();
        Print($"the page: {assets.Sum(asset => asset.CompressedLength) / 1024.0:F1} KB compressed in {assets.Count} files");
        await MeasureAsync(Service.Client.BaseAddress!, "on a service that runs");
    }

    [Fact]
    public async Task From_a_clone_to_a_first_confirmed_order()
    {
        if (!TestScale.Full) return; // it builds the program anew
        var folder = Directory.CreateTempSubdirectory("clone").FullName;
        var since = Stopwatch.StartNew();
        try
        {
            (await RunAsync("git", "clone", "--quiet", Repository.Root, folder)).ShouldBe(0);
            var port = TestPorts.Next();
            using var running = Process.Start(new ProcessStartInfo(Path.Combine(folder, "run")) { WorkingDirectory = folder,
                Environment = { ["PORT"] = port.ToString(CultureInfo.InvariantCulture), ["DATA_DIR"] = Path.Combine(folder, "data") } })!;
            try
            {
                using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
                await Until.Async(() => IsThereAsync(client), there => there || running.HasExited, TimeSpan.FromMinutes(10));
                running.HasExited.ShouldBeFalse("./run ended");
                Print($"from a clone to a page that answers: {since.Elapsed.TotalSeconds:F0} s");
                await MeasureAsync(client.BaseAddress, "after a clone");
                Print($"from a clone to a first confirmed order in the page: {since.Elapsed.TotalSeconds:F0} s");
            }
            finally
            {
                await RunAsync("kill", "-INT", running.Id.ToString(CultureInfo.InvariantCulture));
                await running.WaitForExitAsync();
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // By the first screen alone: open the page, Get play money, Sign and place.
    private async Task MeasureAsync(Uri address, string when)
    {
        var since = Stopwatch.StartNew();
        await using var visit = await Browser.OpenAsync(address);
        var page = visit.Page;
        await GetPlayMoneyAsync(page);
        await PlaceAsync(page);
        await ChooseAsync(page, "Ended");
        await Assertions.Expect(page.Locator("tr[data-status=confirmed]")).ToBeVisibleAsync();
        var took = since.Elapsed;
        var painted = await page.EvaluateAsync<double>("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0");
        painted.ShouldBeGreaterThan(0);
        Print($"first contentful paint {when}: {painted:F0} ms; from opening the page to a first confirmed order: {took.TotalSeconds:F1} s");
        visit.Errors().ShouldBeEmpty();
    }

    private void Print(FormattableString measured)
    {
        var line = measured.ToString(CultureInfo.InvariantCulture);
        output.WriteLine(line);
        var results = Path.Combine(Repository.Root, "TestResults");
        Directory.CreateDirectory(results);
        File.AppendAllText(Path.Combine(results, "page.txt"), $"{line}\n");
    }

    private static async Task<bool> IsThereAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync("health/ready");
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
