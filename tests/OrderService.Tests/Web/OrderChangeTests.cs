using System.Text.Json.Nodes;
using Microsoft.Playwright;
using OrderService.Tests.Ground;
using OrderService.Tests.Http;
using static Microsoft.Playwright.Assertions;

namespace OrderService.Tests.Web;

/// <summary>
/// An order that waits, changed and replaced on the page: what is signed is what was seen, and what is sent is what was changed.
/// </summary>
public sealed class OrderChangeTests(ServiceFixture service, Browser browser) : TraderPage(service, browser)
{
    [Fact]
    public async Task A_target_that_is_dragged_is_signed_where_its_line_was_dropped()
    {
        await using var visit = await FundedAsync();
        var page = visit.Page;
        var uuid = await WaitingAsync(page);
        await page.GetByLabel("Limit").CheckAsync(); // so that the line of the new order is not in the way
        await Expect(page.Locator(".chart"))
            .ToHaveAttributeAsync("data-targets", new System.Text.RegularExpressions.Regex("^at or (above|below) "));
        await Service.Wallet.GetAsync($"/api/v1/orders/{uuid}");
        var box = (await page.Locator(".chart").BoundingBoxAsync())!;
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Change the order" });
        // The line is somewhere in the chart: it is looked for from its middle outwards, as a person would.
        var step = 0;
        await Until.Async(async () =>
        {
            step = (step + 1) % 60;
            var y = box.Y + (box.Height / 2) + ((step % 2 == 0 ? 1 : -1) * (step / 2) * 6);
            if (y < box.Y + 8 || y > box.Y + box.Height - 40) return false;
            await page.Mouse.MoveAsync(box.X + (box.Width / 3), y);
            return await TakeHoldAsync(page);
        }, hasHold => hasHold);
        await page.Mouse.MoveAsync(box.X + (box.Width / 3), box.Y + 20, new() { Steps = 4 });
        await page.Mouse.UpAsync();
        await Expect(dialog).ToBeVisibleAsync();
        var target = await dialog.GetByLabel("Target price").InputValueAsync();
        target.ShouldNotBe("0.7");
        var signed = await ChangedAsync(page, dialog);
        ((string?)signed["action"], (string?)signed["uuid"],
            signed["changes"]!.ToJsonString()).ShouldBe(("amend_order", uuid, new JsonObject { ["targetPrice"] = target }.ToJsonString()));
        var (_, stored) = await Service.Wallet.GetAsync($"/api/v1/orders/{uuid}");
        ((string?)stored["data"]!["targetPrice"]).ShouldBe(target);
        visit.Errors().ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_what_was_changed_is_sent_and_a_change_by_somebody_else_is_not_written_over()
    {
        await using var visit = await FundedAsync();
        var page = visit.Page;
        var uuid = await WaitingAsync(page);
        var dialog = await OpenEditorAsync(page, uuid);
        await dialog.GetByLabel("Least rate").FillAsync("2.5");
        await dialog.GetByLabel("Slippage below the quote, %").FillAsync("0.5");
        (await visit.SeriousAsync()).ShouldBeEmpty();
        var signed = await ChangedAsync(page, dialog);
        signed["changes"]!.ToJsonString().ShouldBe("""{"limitPrice":"2.5","slippageBps":50}""");
        await Expect(page.Locator($"tr[data-uuid='{uuid}']")).ToContainTextAsync("at 2.5 STX or more for each");

        dialog = await OpenEditorAsync(page, uuid);
        await dialog.GetByLabel("Not after").FillAsync("2001-01-01T00:00:05");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Sign and change" }).ClickAsync();
        await Expect(dialog.Locator(".field:has(input[name=validTo]) .why")).ToContainTextAsync("validTo");

        // Meanwhile a second view of the same wallet changes it.
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync(Service.Client.BaseAddress!.ToString());
        await Expect(other.Locator(".live.on")).ToBeVisibleAsync();
        var second = await OpenEditorAsync(other, uuid);
        await second.GetByLabel("Target price").FillAsync("0.6");
        await ChangedAsync(other, second);
        await other.CloseAsync();
        await dialog.GetByLabel("Not after").FillAsync("2090-01-01T00:00:05");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Sign and change" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("revision");
        visit.Errors(400, 412).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_button_that_is_held_while_the_page_draws_anew_is_clicked()
    {
        await using var visit = await FundedAsync();
        var page = visit.Page;
        var uuid = await WaitingAsync(page);
        var button = page.Locator($"tr[data-uuid='{uuid}']").GetByRole(AriaRole.Button, new() { Name = "Change" });
        await button.HoverAsync();
        await page.Mouse.DownAsync();
        // Each look at the prices draws the orders: what the first brought is drawn long before the second comes.
        for (var look = 0; look < 2; look++)
            await page.WaitForResponseAsync(answer => answer.Url.Contains("/prices", StringComparison.Ordinal));
        await page.Mouse.UpAsync();

        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Change the order" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Leave it as it is" }).ClickAsync();
        await ChooseAsync(page, "Ended");
        await Expect(page.Locator($"tr[data-uuid='{uuid}']")).ToBeHiddenAsync();
        visit.Errors().ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_order_takes_the_place_of_one_in_one_call()
    {
        await using var visit = await FundedAsync();
        var page = visit.Page;
        var old = await WaitingAsync(page);
        await page.Locator($"tr[data-uuid='{old}']").GetByRole(AriaRole.Button, new() { Name = "Replace" }).ClickAsync();
        await Expect(page.GetByLabel("Target price")).ToHaveValueAsync("0.7");
        await Expect(page.GetByLabel("Amount", new() { Exact = true }).First).ToHaveValueAsync("10");
        await page.Locator("input[name=amount]").FillAsync("12");
        var asked = await page.RunAndWaitForRequestFinishedAsync(
            () => page.GetByRole(AriaRole.Button, new() { Name = "Sign and replace" }).ClickAsync(), new()
            {
                Predicate = request => request.Url.EndsWith($"/orders/{old}/replace", StringComparison.Ordinal),
            });
        (await asked.ResponseAsync())!.Status.ShouldBe(200);
        var order = JsonNode.Parse(asked.PostData!)!["order"]!;
        var message = JsonNode.Parse(asked.Headers["x-message"])!;
        ((string?)message["action"], (string?)message["uuid"],
            (string?)message["newUuid"]).ShouldBe(("replace_order", old, (string?)order["uuid"]));
        await Expect(page.Locator($"tr[data-uuid='{order["uuid"]}']")).ToContainTextAsync("12");
        await ChooseAsync(page, "Ended");
        await Expect(page.Locator($"tr[data-uuid='{old}']")).ToContainTextAsync("another order took its place");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sign and place" })).ToBeVisibleAsync();
        visit.Errors().ShouldBeEmpty();
    }

    // One that fires far below, where the chart can still show it.
    private static async Task<string> WaitingAsync(IPage page)
    {
        await page.GetByLabel("At a price").CheckAsync();
        await page.GetByLabel("When it is").SelectOptionAsync("lt");
        await page.GetByLabel("Target price").FillAsync("0.7");
        var asked = await page.RunAndWaitForRequestAsync(() => PlaceAsync(page),
            request => request.Url.EndsWith("/orders/new", StringComparison.Ordinal));
        return (string)JsonNode.Parse(asked.PostData!)!["uuid"]!;
    }

    private static async Task<ILocator> OpenEditorAsync(IPage page, string uuid)
    {
        await page.Locator($"tr[data-uuid='{uuid}']").GetByRole(AriaRole.Button, new() { Name = "Change" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Change the order" });
        await Expect(dialog).ToBeVisibleAsync();
        return dialog;
    }

    // What the wallet signed for a change that was taken.
    private static async Task<JsonNode> ChangedAsync(IPage page, ILocator dialog)
    {
        var asked = await page.RunAndWaitForRequestFinishedAsync(
            () => dialog.GetByRole(AriaRole.Button, new() { Name = "Sign and change" }).ClickAsync(), new()
            {
                Predicate = request => request.Method == "PATCH",
            });
        (await asked.ResponseAsync())!.Status.ShouldBe(200, asked.Headers["x-message"]);
        asked.Headers["if-match"].ShouldMatch("^\"\\d+\"$");
        await Expect(dialog).ToBeHiddenAsync();
        return JsonNode.Parse(asked.Headers["x-message"])!;
    }
}
