using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OrderService.Tests.Ground;
using OrderService.Tests.Http;
using static Microsoft.Playwright.Assertions;

namespace OrderService.Tests.Web;

/// <summary>The trader's page in a browser of its own, with money to sell.</summary>
public abstract class TraderPage(ServiceFixture service, Browser browser) : IClassFixture<ServiceFixture>, IClassFixture<Browser>
{
    private protected ServiceFixture Service => service;

    private protected Browser Browser => browser;

    // A new browser has a key of its own, which is given what it sells.
    private protected async Task<Visit> FundedAsync(
        int width = 1280, int height = 900, ColorScheme scheme = ColorScheme.Light, string? before = null)
    {
        var visit = await browser.OpenAsync(service.Client.BaseAddress!, width, height, scheme, before);
        await Expect(visit.Page.Locator(".live.on")).ToBeVisibleAsync();
        await FundAsync(visit.Page);
        return visit;
    }

    private protected static async Task FundAsync(IPage page)
    {
        await page.GetByLabel("Token", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = await SoldAsync(page) });
        await GetPlayMoneyAsync(page);
    }

    // Where the page is laid out anew between the press and the release nothing was clicked: a person presses again.
    private protected static async Task GetPlayMoneyAsync(IPage page)
    {
        var told = await Notices.CountAsync(page);
        await Until.Async(async () =>
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Get play money" }).ClickAsync();
            return await Notices.IsToldAsync(page, "You were given", told, TimeSpan.FromSeconds(5));
        }, isGiven => isGiven);
        await Expect(page.Locator("dl.balances")).ToContainTextAsync(await SoldAsync(page));
    }

    private protected static Task<string> SoldAsync(IPage page) =>
        page.EvaluateAsync<string>("document.querySelector('select[name=sell]').selectedOptions[0].textContent");

    private protected static async Task PlaceAsync(IPage page, int nth = 1)
    {
        var told = await Notices.CountAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign and place" }).ClickAsync();
        await Notices.ToldAsync(page, "The order is placed.", after: told);
        await Expect(page.Locator("button.primary")).ToBeEnabledAsync();
        await page.WaitForFunctionAsync("count => [...document.querySelectorAll('.tabs button')].reduce((sum, tab) => sum + Number(/\\d+/.exec(tab.textContent)?.[0] ?? 0), 0) >= count", nth);
    }

    // Presses where the pointer is; where no line of the chart follows it then, it is let go of again.
    private protected static async Task<bool> TakeHoldAsync(IPage page)
    {
        await page.Mouse.DownAsync();
        if (await page.EvaluateAsync<bool>("document.querySelector('.chart').hasPointerCapture(1)")) return true;
        await page.Mouse.UpAsync();
        return false;
    }

    private protected static Task ChooseAsync(IPage page, string view) =>
        page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"^{view} \\(") }).ClickAsync();

    // Half as much again, by its digits.
    private protected static string Above(string price) =>
        (decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture) * 1.5m).ToString(
            System.Globalization.CultureInfo.InvariantCulture);
}
