using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OrderService.Tests.Http;
using static Microsoft.Playwright.Assertions;

namespace OrderService.Tests.Web;

/// <summary>Time that runs faster, as a person lets it run in the page.</summary>
public sealed class FasterTimeTests(ServiceFixture service, Browser browser) : TraderPage(service, browser)
{
    [Fact]
    public async Task An_order_for_an_hour_later_is_swapped_while_one_looks_and_the_page_says_loudly_how_fast_time_runs()
    {
        await using var visit = await FundedAsync();
        var page = visit.Page;
        await page.GetByLabel("At a time").CheckAsync();
        var start = DateTime.Parse(await page.GetByLabel("Not before").InputValueAsync(), CultureInfo.InvariantCulture).AddHours(1);
        await page.GetByLabel("Not before").FillAsync(start.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
        await PlaceAsync(page);
        await Expect(page.Locator("tr[data-status=open]")).ToContainTextAsync("from ");
        await Expect(page.Locator("header [data-pace]")).ToBeHiddenAsync(); // what ran before this ends first

        await page.GetByLabel("Time runs").SelectOptionAsync("600");
        var loud = page.Locator("header [data-pace]");
        await Expect(loud).ToContainTextAsync("600 times as fast: ");
        await ChooseAsync(page, "Ended");
        await Expect(page.Locator("tr[data-status=confirmed]")).ToBeVisibleAsync();
        await Expect(loud).ToHaveAttributeAsync("data-pace", "600");
        await Expect(page.Locator("p[data-time]")).ToContainTextAsync(new Regex(@"\d+ (minutes|hours) ahead"));
        (await visit.SeriousAsync()).ShouldBeEmpty();

        // what is signed is judged by real time, which the browser has: far ahead of it an order is still placed, and cancelled
        await page.GetByLabel("By call").CheckAsync();
        await PlaceAsync(page, 2);
        await ChooseAsync(page, "Open");
        await page.Locator("tr[data-status=open]").GetByRole(AriaRole.Button, new() { Name = "Cancel", Exact = true }).ClickAsync();
        await ChooseAsync(page, "Ended");
        await Expect(page.Locator("tr[data-status=cancelled]")).ToBeVisibleAsync();

        await page.GetByLabel("Time runs").SelectOptionAsync("1");
        await Expect(loud).ToBeHiddenAsync();
        await Expect(page.Locator("p[data-time]")).ToContainTextAsync("ahead");
        visit.Errors().ShouldBeEmpty();
    }

    [Fact]
    public async Task It_fits_a_telephone_in_the_dark()
    {
        await using var visit = await FundedAsync(390, 844, ColorScheme.Dark);
        var page = visit.Page;
        await page.GetByLabel("Time runs").SelectOptionAsync("10");
        await Expect(page.Locator("header [data-pace]")).ToContainTextAsync("10 times as fast");
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(390);
        (await visit.SeriousAsync()).ShouldBeEmpty();
        await page.GetByLabel("Time runs").SelectOptionAsync("1");
        visit.Errors().ShouldBeEmpty();
    }
}
