using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OrderService.Tests.Http;
using static Microsoft.Playwright.Assertions;

namespace OrderService.Tests.Web;

/// <summary>
/// Schedules and curves that sell from an account, placed by the page's form and watched to their end with time that runs faster.
/// </summary>
public sealed class ScheduleFormTests(ServiceFixture service, Browser browser) : TraderPage(service, browser)
{
    [Fact]
    public async Task A_schedule_of_three_parts_runs_to_its_end_while_time_is_made_faster_and_a_curve_is_cancelled()
    {
        await using var visit = await FundedAsync();
        var page = visit.Page;
        var form = page.GetByRole(AriaRole.Form, new() { Name = "New schedule" });
        await page.GetByText("Sell over time", new() { Exact = true }).ClickAsync();
        await form.GetByRole(AriaRole.Button, new() { Name = "Start the schedule" }).ClickAsync();
        await Expect(form.Locator(".field:has(select[name=scheduleAccount]) .why")).ToContainTextAsync("open an account first");

        await page.GetByText("Open an account", new() { Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign and open" }).ClickAsync();
        var account = page.Locator("[data-account]");
        await Expect(account).ToContainTextAsync("schedules");
        await account.GetByRole(AriaRole.Button, new() { Name = "Give it play money" }).ClickAsync();
        await Expect(account).ToContainTextAsync(new Regex("1.000 of 1.000 free"));
        await Expect(form).ToContainTextAsync("The account has");
        await Expect(form).ToContainTextAsync("Each time, as of now");

        // refused by the service, beside the field that it is about
        await form.GetByLabel("Sold in all").FillAsync("1001");
        await form.GetByRole(AriaRole.Button, new() { Name = "Start the schedule" }).ClickAsync();
        await Expect(form.Locator(".field:has(input[name=scheduleAmount]) .why")).ToBeVisibleAsync();

        await form.GetByLabel("Sold in all").FillAsync("30");
        await form.GetByRole(AriaRole.Button, new() { Name = "Start the schedule" }).ClickAsync();
        await Notices.ToldAsync(page, "The schedule runs.");
        var progress = page.Locator("tr[data-status=open] .progress");
        await Expect(progress).ToContainTextAsync("of 30 sUSDT-subnet sold");
        await Expect(progress).ToContainTextAsync("1 of 3 parts");

        await page.GetByLabel("Time runs").SelectOptionAsync("600");
        await ChooseAsync(page, "Ended");
        var ended = page.Locator("tr[data-status=confirmed]");
        await Expect(ended).ToContainTextAsync("30 of 30 sUSDT-subnet sold", new() { Timeout = 90_000 });
        await Expect(ended).ToContainTextAsync("3 of 3 parts");
        await page.GetByLabel("Time runs").SelectOptionAsync("1");
        await Expect(page.Locator("header [data-pace]")).ToBeHiddenAsync();

        await form.GetByLabel("It sells").SelectOptionAsync("TWAP");
        await form.GetByLabel("Over how many minutes").FillAsync("600");
        await form.GetByLabel("Sold in all").FillAsync("100");
        await form.GetByRole(AriaRole.Button, new() { Name = "Start the schedule" }).ClickAsync();
        await ChooseAsync(page, "Open");
        var curve = page.Locator("tr[data-status=open]");
        await Expect(curve).ToContainTextAsync("of 100 sUSDT-subnet sold");
        await curve.GetByRole(AriaRole.Button, new() { Name = "Cancel", Exact = true }).ClickAsync();
        await ChooseAsync(page, "Ended");
        await Expect(page.Locator("tr[data-status=cancelled]")).ToContainTextAsync("of 100 sUSDT-subnet sold");
        (await visit.SeriousAsync()).ShouldBeEmpty();
        visit.Errors(refused: 422).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_form_fits_a_telephone_in_the_dark()
    {
        await using var visit = await FundedAsync(390, 844, ColorScheme.Dark);
        await visit.Page.GetByText("Sell over time", new() { Exact = true }).ClickAsync();
        (await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(390);
        (await visit.SeriousAsync()).ShouldBeEmpty();
        visit.Errors().ShouldBeEmpty();
    }
}
