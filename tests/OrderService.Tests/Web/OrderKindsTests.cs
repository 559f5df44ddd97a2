using System.Text.Json.Nodes;
using Microsoft.Playwright;
using OrderService.Tests.Http;
using static Microsoft.Playwright.Assertions;

namespace OrderService.Tests.Web;

/// <summary>Each kind of order as the page's form makes it: the body that is sent, and what is shown of it.</summary>
public sealed class OrderKindsTests(ServiceFixture service, Browser browser) : TraderPage(service, browser)
{
    [Fact]
    public async Task A_stop_limit_and_one_with_a_single_try_that_ends_at_a_moment()
    {
        await using var visit = await FundedAsync();
        var page = visit.Page;
        await page.GetByLabel("At a price").CheckAsync();
        await page.GetByLabel("Target price").FillAsync("1000");
        await page.GetByLabel("Least rate once it has fired").FillAsync("3.5");
        var stop = await PlacedAsync(page);
        ((string?)stop["targetPrice"], (string?)stop["limitPrice"], (string?)stop["direction"]).ShouldBe(("1000", "3.5", "gt"));
        stop.ContainsKey("timeInForce").ShouldBeFalse();
        await Expect(Row(page, stop)).ToContainTextAsync("at 3.5 STX or more for each");

        await page.GetByLabel("It stays").SelectOptionAsync("ioc");
        await page.GetByLabel("Not after").FillAsync("2090-01-02T03:04:05");
        var once = await PlacedAsync(page);
        ((string?)once["timeInForce"], (string?)once["validTo"]).ShouldBe(("ioc", await UtcAsync(page, "2090-01-02T03:04:05")));
        await Expect(Row(page, once)).ToContainTextAsync("in one try");

        await page.GetByLabel("It stays").SelectOptionAsync("gtt");
        var until = await PlacedAsync(page);
        ((string?)until["timeInForce"], until.ContainsKey("validTo")).ShouldBe(("gtt", true));
        await Expect(Row(page, until)).ToContainTextAsync("until 2 Jan 2090");
        visit.Errors().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_trailing_stop_by_its_share_and_by_a_price_stands_in_the_chart_where_it_fires()
    {
        await using var visit = await FundedAsync();
        var page = visit.Page;
        await page.GetByLabel("Trailing stop").CheckAsync();
        await page.GetByLabel("Distance from the best").FillAsync("2.5");
        await Expect(page.Locator("dl.quoted"))
            .ToContainTextAsync("No: It waits for STX to be 250 basis points below its highest");
        await Expect(page.Locator(".chart"))
            .ToHaveAttributeAsync("data-drafts", new System.Text.RegularExpressions.Regex(@"^would fire at 0\.\d+$"));
        await page.GetByRole(AriaRole.Button, new() { Name = "When would it have fired in the last day?" }).ClickAsync();
        await Expect(page.Locator("form.card [role=status]"))
            .ToContainTextAsync(new System.Text.RegularExpressions.Regex("^It would (not )?have fired"));
        var share = await PlacedAsync(page);
        ((int?)share["trailingBps"], (string?)share["direction"], share.ContainsKey("targetPrice")).ShouldBe((250, "lt", false));
        await Expect(Row(page, share)).ToContainTextAsync("STX 2.5 % below its highest");
        await Expect(Row(page, share).Locator("[data-level]")).ToContainTextAsync("fires at 0.");
        await Expect(page.Locator(".chart"))
            .ToHaveAttributeAsync("data-targets", new System.Text.RegularExpressions.Regex(@"trails, fires at 0\.\d+"));

        await page.GetByLabel("Counted in").SelectOptionAsync("price");
        await page.GetByLabel("Distance from the best").FillAsync("0.3");
        await page.GetByLabel("When it is").SelectOptionAsync("gt");
        await page.GetByLabel("Least rate once it has fired").FillAsync("0.5");
        var rises = await PlacedAsync(page);
        ((string?)rises["trailingAmount"], (string?)rises["direction"], (string?)rises["limitPrice"]).ShouldBe(("0.3", "gt", "0.5"));
        await Expect(Row(page, rises)).ToContainTextAsync("STX 0.3 USD above its lowest");

        await page.GetByLabel("Distance from the best").FillAsync("0");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign and place" }).ClickAsync();
        await Expect(page.Locator(".field:has(input[name=distance]) .why")).ToContainTextAsync("a price above 0");
        visit.Errors().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("oco", 2, "One, The other")]
    [InlineData("oto", 2, "First, Then")]
    [InlineData("bracket", 3, "Entry, Take profit, Stop loss")]
    public async Task A_group_is_written_leg_by_leg_and_placed_together(string type, int legs, string names)
    {
        await using var visit = await FundedAsync();
        var page = visit.Page;
        await page.GetByLabel("Linked orders").SelectOptionAsync(type);
        var tabs = page.GetByRole(AriaRole.Group, new() { Name = "Legs of the group" }).GetByRole(AriaRole.Button);
        (await tabs.AllTextContentsAsync()).ShouldBe(names.Split(", ").Select((name, at) => $"{at + 1}. {name}"));
        await tabs.Nth(legs - 1).ClickAsync();
        await Expect(page.GetByLabel("At a price")).ToBeCheckedAsync();
        await page.GetByLabel("Target price").FillAsync("0.01");
        await tabs.Nth(0).ClickAsync();
        await tabs.Nth(legs - 1).ClickAsync();
        (await page.GetByLabel("Target price").InputValueAsync()).ShouldBe("0.01");
        await Expect(page.Locator(".chart"))
            .ToHaveAttributeAsync("data-drafts",
                new System.Text.RegularExpressions.Regex(type == "oto" ? "^new order 0.01$" : @"new order 0\.01; other leg "));

        var asked = await page.RunAndWaitForRequestAsync(() =>
            page.GetByRole(AriaRole.Button, new() { Name = "Sign and place the group" }).ClickAsync(),
            request => request.Url.EndsWith("/orders/groups", StringComparison.Ordinal));
        var body = JsonNode.Parse(asked.PostData!)!;
        ((string?)body["type"], body["legs"]!.AsArray().Count,
            (string?)body["legs"]![legs - 1]!["targetPrice"]).ShouldBe((type, legs, "0.01"));
        await Notices.ToldAsync(page, $"The group is placed: {legs} orders.");
        var last = page.Locator($"tr[data-uuid='{body["legs"]![legs - 1]!["uuid"]}']");
        await Expect(last).ToContainTextAsync($"leg {legs} of group {((string)body["groupId"]!)[..8]}");
        if (type == "bracket") ((string?)body["legs"]![1]!["inputToken"]).ShouldBe((string?)body["legs"]![0]!["outputToken"]);
        if (type == "oco")
        {
            await Expect(page.Locator(".chart"))
                .ToHaveAttributeAsync("data-targets",
                    new System.Text.RegularExpressions.Regex("leg 1 at or above .*leg 2 at or below 0.01|leg 2 at or below 0.01.*leg 1 at or above"));
        }
        (await visit.SeriousAsync()).ShouldBeEmpty();
        visit.Errors(type == "oco" ? [] : [409]).ShouldBeEmpty();

        if (type != "oco") return;
        await last.GetByRole(AriaRole.Button, new() { Name = "Cancel group" }).ClickAsync();
        await ChooseAsync(page, "Ended");
        await Expect(page.Locator("tr[data-status=cancelled]")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task What_is_wrong_with_a_leg_stands_beside_its_field_in_that_leg()
    {
        await using var visit = await FundedAsync();
        var page = visit.Page;
        await page.GetByLabel("Linked orders").SelectOptionAsync("oco");
        await page.GetByLabel("Amount", new() { Exact = true }).First.FillAsync("0");
        var tabs = page.GetByRole(AriaRole.Group, new() { Name = "Legs of the group" }).GetByRole(AriaRole.Button);
        await tabs.Nth(1).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign and place the group" }).ClickAsync();
        await Expect(tabs.Nth(0)).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(page.Locator(".field:has(input[name=amount]) .why")).ToContainTextAsync("an amount above 0");

        await page.Locator("input[name=amount]").FillAsync("1");
        await tabs.Nth(1).ClickAsync();
        await page.GetByText("Protection, beginning, recipient").ClickAsync();
        await page.Locator("input[name=recipient]").FillAsync("ST000000000000000000002AMW42");
        // before anything is signed
        await Expect(page.Locator(".field:has(input[name=recipient]) .why")).ToContainTextAsync("recipient");
        await tabs.Nth(0).ClickAsync();
        await Expect(tabs.Nth(1)).ToHaveClassAsync("wrong");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign and place the group" }).ClickAsync();
        await Expect(tabs.Nth(1)).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(page.Locator(".field:has(input[name=recipient]) .why")).ToContainTextAsync("recipient");
        visit.Errors(refused: 400).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_form_fits_a_telephone_whatever_its_kind()
    {
        await using var visit = await FundedAsync(390, 844, ColorScheme.Dark);
        var page = visit.Page;
        await page.GetByLabel("Linked orders").SelectOptionAsync("bracket");
        foreach (var kind in (string[])["At once", "At a price", "Trailing stop", "Limit", "At a time", "By call"])
        {
            await page.GetByLabel(kind, new() { Exact = true }).CheckAsync();
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(390, kind);
        }
        (await visit.SeriousAsync()).ShouldBeEmpty();
        visit.Errors().ShouldBeEmpty();
    }

    private static async Task<JsonObject> PlacedAsync(IPage page)
    {
        var asked = await page.RunAndWaitForRequestFinishedAsync(
            () => page.GetByRole(AriaRole.Button, new() { Name = "Sign and place" }).ClickAsync(), new()
            {
                Predicate = request => request.Url.EndsWith("/orders/new", StringComparison.Ordinal),
            });
        ((await asked.ResponseAsync())!.Status).ShouldBe(200, asked.PostData);
        await Expect(page.Locator("form.card button.primary")).ToBeEnabledAsync();
        return JsonNode.Parse(asked.PostData!)!.AsObject();
    }

    private static ILocator Row(IPage page, JsonObject placed) => page.Locator($"tr[data-uuid='{placed["uuid"]}']");

    private static Task<string> UtcAsync(IPage page, string local) =>
        page.EvaluateAsync<string>("text => new Date(text).toISOString()", local);
}
