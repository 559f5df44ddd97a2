using Microsoft.Playwright;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Tests.Auth;
using OrderService.Tests.Tread;
using static Microsoft.Playwright.Assertions;

namespace OrderService.Tests.Web;

/// <summary>
/// What the page shows of accounts that the service holds, and of schedules that sell from them, whichever API they came by.
/// </summary>
public sealed class ScheduleProgressTests(TreadFixture service, Browser browser) : IClassFixture<TreadFixture>, IClassFixture<Browser>
{
    [Fact]
    public async Task A_curve_shows_how_far_it_has_come_and_an_account_what_it_has_and_pays_out()
    {
        var key = PrivateKey.Generate();
        var wallet = new TestWallet(key, StacksNetwork.Testnet);
        var user = new TreadClient(service, wallet, await service.KeyAsync(wallet));
        await user.OpenAsync("main", cha: 1_000);
        await using var visit =
            await browser.OpenAsync(service.Http.BaseAddress!, before: $"localStorage.setItem('orderservice.playKey', '{key.ToHex()}')");
        var page = visit.Page;
        await Expect(page.Locator(".live.on")).ToBeVisibleAsync();
        await user.PlaceAsync(user.Waiting(body => body["order_condition"] = null));
        var progress = page.Locator("tr[data-status] .progress");
        await Expect(progress).ToContainTextAsync("of 100 CHA-subnet sold");
        await Expect(progress).ToContainTextAsync(new System.Text.RegularExpressions.Regex("in [1-9] swaps"));
        await Expect(progress).ToContainTextAsync("ends at");
        (await progress.Locator("progress").GetAttributeAsync("value")).ShouldNotBe("0");

        await page.GetByRole(AriaRole.Button, new() { Name = "Show my accounts" }).ClickAsync();
        var account = page.Locator("[data-account]");
        await Expect(account).ToContainTextAsync("main");
        await account.GetByLabel("Token").SelectOptionAsync(new SelectOptionValue { Label = "CHA-subnet" });
        await account.GetByLabel("Amount").FillAsync("7");
        await account.GetByRole(AriaRole.Button, new() { Name = "Sign and pay out to my wallet" }).ClickAsync();
        await Notices.ToldAsync(page, "It is on its way to your wallet.");
        await page.Locator("tr[data-status] a").First.ClickAsync();
        await Expect(page.Locator("main.story .progress")).ToContainTextAsync("sold");
        (await visit.SeriousAsync()).ShouldBeEmpty();
        visit.Errors().ShouldBeEmpty();
    }
}
