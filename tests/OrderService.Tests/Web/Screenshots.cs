using Microsoft.Playwright;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Web;

/// <summary>
/// Pictures of the page as the tests see it. ORDERSERVICE_WRITE_IMAGES=1 puts them where the documents show them; else they are beside the
/// results.
/// </summary>
internal static class Screenshots
{
    private static readonly string Kept = Path.Combine(Repository.Root, "docs", "images");

    public static async Task TakeAsync(IPage page, string name)
    {
        var folder = Environment.GetEnvironmentVariable("ORDERSERVICE_WRITE_IMAGES") == "1"
            ? Kept : Path.Combine(Repository.Root, "TestResults", "images");
        Directory.CreateDirectory(folder);
        await page.EvaluateAsync("document.querySelector('.notices').replaceChildren(); scrollTo(0, 0)");
        var picture = await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png") });
        picture.Length.ShouldBeGreaterThan(10_000);
        File.Exists(Path.Combine(Kept, $"{name}.png"))
            .ShouldBeTrue($"docs/images has no {name}.png: run this test once with ORDERSERVICE_WRITE_IMAGES=1");
    }
}
