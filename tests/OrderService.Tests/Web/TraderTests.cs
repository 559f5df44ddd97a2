using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Tests.Ground;
using OrderService.Tests.Http;
using static Microsoft.Playwright.Assertions;

namespace OrderService.Tests.Web;

/// <summary>The page as a person uses it, in a browser, against the real service.</summary>
public sealed class TraderTests(ServiceFixture service, Browser browser) : TraderPage(service, browser)
{
    [Fact]
    public async Task A_first_order_is_placed_and_confirmed_while_one_looks_and_its_story_is_told()
    {
        await using var visit = await FundedAsync();
        var page = visit.Page;
        await Expect(page.Locator("dl.quoted")).ToContainTextAsync("You get about");
        await PlaceAsync(page);
        await ChooseAsync(page, "Ended");
        var row = page.Locator("tr[data-status=confirmed]");
        await Expect(row).ToBeVisibleAsync();
        await Expect(row).ToContainTextAsync("STX");

        await row.GetByRole(AriaRole.Link).ClickAsync();
        var happened = page.GetByRole(AriaRole.Region, new() { Name = "What happened" });
        foreach (var kind in (string[])["created", "broadcast", "confirmed"])
            await Expect(happened.Locator($"li[data-kind={kind}]").First).ToBeVisibleAsync();
        await Expect(happened.Locator("li[data-kind=confirmed]")).ToContainTextAsync(new Regex(@"block \d+"));
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Transactions" })).ToContainTextAsync("confirmed");
        (await visit.SeriousAsync()).ShouldBeEmpty();
        await Screenshots.TakeAsync(page, "story");
        visit.Errors().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_order_waits_for_its_price_and_swaps_when_the_market_is_moved_there()
    {
        await using var visit = await FundedAsync();
        var page = visit.Page;
        await page.GetByLabel("At a price").CheckAsync();
        await page.GetByLabel("Watched token").SelectOptionAsync(new SelectOptionValue { Label = "WELSH" });
        await page.GetByLabel("When it is").SelectOptionAsync("gt");
        var now = await page.GetByLabel("Target price").InputValueAsync();
        await page.GetByLabel("Target price").FillAsync(Above(now));
        await Expect(page.Locator("dl.quoted")).ToContainTextAsync("No: WELSH is");
        await PlaceAsync(page);
        await Expect(page.Locator("tr[data-status=open]")).ToContainTextAsync("WELSH ≥");

        await page.GetByLabel("Price of").SelectOptionAsync(new SelectOptionValue { Label = "WELSH" });
        await page.Locator("#price-slider").FillAsync("90"); // almost double
        await ChooseAsync(page, "Ended");
        await Expect(page.Locator("tr[data-status=confirmed]")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Let it walk again" }).ClickAsync();
        visit.Errors().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_order_that_waits_is_paused_resumed_and_cancelled()
    {
        await using var visit = await FundedAsync();
        var page = visit.Page;
        await page.GetByLabel("Limit").CheckAsync();
        await page.GetByLabel("At least, for each token sold").FillAsync("1000");
        await PlaceAsync(page);
        var row = page.Locator("tr[data-status=open]");
        await Expect(row).ToContainTextAsync("at 1000 STX or more for each");
        await row.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Expect(row).ToContainTextAsync("Paused");
        await row.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await Expect(row.GetByRole(AriaRole.Button, new() { Name = "Pause" })).ToBeVisibleAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await ChooseAsync(page, "Ended");
        await Expect(page.Locator("tr[data-status=cancelled]")).ToContainTextAsync("Cancelled");
        visit.Errors().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_order_by_call_swaps_when_it_is_executed_and_one_in_parts_is_several()
    {
        await using var visit = await FundedAsync();
        var page = visit.Page;
        await page.GetByLabel("By call").CheckAsync();
        await PlaceAsync(page);
        await page.Locator("tr[data-status=open]").GetByRole(AriaRole.Button, new() { Name = "Execute" }).ClickAsync();
        await page.GetByLabel("At a time").CheckAsync();
        await page.GetByLabel("Parts", new() { Exact = true }).FillAsync("3");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign and place" }).ClickAsync();
        await Notices.ToldAsync(page, "3 orders are placed.");
        await Expect(page.Locator("tr[data-status=open]")).ToHaveCountAsync(3);
        await ChooseAsync(page, "Ended");
        await Expect(page.Locator("tr[data-status=confirmed]")).ToHaveCountAsync(1);
        visit.Errors().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_refused_stands_beside_its_field()
    {
        await using var visit = await FundedAsync();
        var page = visit.Page;
        await page.GetByLabel("Amount", new() { Exact = true }).First.FillAsync("1.1234567");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign and place" }).ClickAsync();
        await Expect(page.Locator("input[name=amount]")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.Locator("form.card .field:has(input[name=amount]) .why")).ToContainTextAsync("at most 6 digits");

        await page.Locator("input[name=amount]").FillAsync("1");
        await page.GetByText("Protection, beginning, recipient").ClickAsync();
        await page.Locator("input[name=recipient]").FillAsync("ST000000000000000000002AMW42");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign and place" }).ClickAsync();
        await Expect(page.Locator(".field:has(input[name=recipient]) .why")).ToContainTextAsync("recipient");
        (await visit.SeriousAsync()).ShouldBeEmpty();

        await page.Locator("input[name=recipient]").FillAsync("");
        await page.Locator("select[name=buy]").SelectOptionAsync(new SelectOptionValue { Label = await SoldAsync(page) });
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign and place" }).ClickAsync();
        await Expect(page.Locator(".field:has(select[name=buy]) .why")).Not.ToBeEmptyAsync();
        visit.Errors(refused: 400).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_wallet_in_the_browser_signs_in_place_of_the_page_s_own_key()
    {
        var key = PrivateKey.Generate();
        var address = key.PublicKey().ToAddress(StacksNetwork.Testnet).ToString();
        await using var visit = await FundedAsync(before: FakeWallet.Script(address));
        var page = visit.Page;
        await page.ExposeFunctionAsync<string, string, string, string>("walletSigns",
            (method, message, domain) => FakeWallet.Sign(key, method, message, domain));
        await page.GetByRole(AriaRole.Button, new() { Name = "Use my wallet instead" }).ClickAsync();
        await Expect(page.Locator("button.wallet")).ToHaveAttributeAsync("title", address);
        await Expect(page.Locator(".live.on")).ToBeVisibleAsync();
        await FundAsync(page);
        await PlaceAsync(page);
        await ChooseAsync(page, "Ended");
        await page.Locator("tr[data-status=confirmed]").GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Terms" })).ToContainTextAsync(address);
        visit.Errors().ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_wallet_it_says_so()
    {
        await using var visit = await Browser.OpenAsync(Service.Client.BaseAddress!);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Use my wallet instead" }).ClickAsync();
        await Notices.ToldAsync(visit.Page, "notice bad: No Stacks wallet is in this browser");
        visit.Errors().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_target_is_dragged_in_the_chart()
    {
        await using var visit = await FundedAsync();
        var page = visit.Page;
        await page.GetByLabel("At a price").CheckAsync();
        await Expect(page.Locator(".chart canvas").First).ToBeVisibleAsync();
        var before = await page.GetByLabel("Target price").InputValueAsync();
        var box = (await page.Locator(".chart").BoundingBoxAsync())!;
        // Each look at the prices may draw the line elsewhere: it is set, and taken hold of, until it is under the pointer.
        var picked = before;
        await Until.Async(async () =>
        {
            await page.Mouse.DblClickAsync(box.X + box.Width / 3, box.Y + box.Height / 4);
            picked = await page.GetByLabel("Target price").InputValueAsync();
            return picked != before && await TakeHoldAsync(page);
        }, hasHold => hasHold);
        await page.Mouse.MoveAsync(box.X + box.Width / 3, box.Y + box.Height / 2, new() { Steps = 5 });
        await page.Mouse.UpAsync();
        (await page.GetByLabel("Target price").InputValueAsync()).ShouldNotBe(picked);
        visit.Errors().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1280, 900, ColorScheme.Light, "trader-light")]
    [InlineData(1280, 900, ColorScheme.Dark, "trader-dark")]
    [InlineData(390, 844, ColorScheme.Light, "trader-390")]
    public async Task It_fits_and_is_accessible(int width, int height, ColorScheme scheme, string image)
    {
        await using var visit = await FundedAsync(width, height, scheme);
        var page = visit.Page;
        await page.GetByLabel("Limit").CheckAsync();
        await page.GetByLabel("At least, for each token sold").FillAsync("1000");
        await PlaceAsync(page);
        await page.GetByLabel("At a price").CheckAsync();
        await PlaceAsync(page, 2);
        await page.GetByLabel("At once").CheckAsync();
        await PlaceAsync(page, 3);
        await ChooseAsync(page, "Ended");
        await Expect(page.Locator("tr[data-status=confirmed]").First).ToBeVisibleAsync();
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
        (await visit.SeriousAsync()).ShouldBeEmpty();
        await ChooseAsync(page, "Ended");
        await Screenshots.TakeAsync(page, image);
        visit.Errors().ShouldBeEmpty();
    }
}
