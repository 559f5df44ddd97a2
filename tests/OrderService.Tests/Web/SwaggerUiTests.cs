using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OrderService.Tests.Http;
using OrderService.Tests.SwapCoffee;

namespace OrderService.Tests.Web;

/// <summary>Swagger UI as a person presses it: Execute, from top to bottom, with what the examples say.</summary>
public sealed partial class SwaggerUiTests(StrategiesFixture service, Browser browser)
    : IClassFixture<StrategiesFixture>, IClassFixture<Browser>
{
    // There is something to confirm only where the operator has set SwapCoffee:Activation so.
    private const string NothingToConfirm = "POST /v1/strategies/{address}/order/confirm 400";

    private const int AtOnce = 10; // on one page

    [Theory]
    [InlineData("charisma", 25)]
    [InlineData("panora", 8)]
    [InlineData("swapcoffee", 16)]
    [InlineData("tread", 19)]
    public async Task O7_Every_Execute_from_top_to_bottom_succeeds_though_the_page_was_open_for_long(string document, int least)
    {
        await using var visit = await browser.OpenAsync(new Uri("about:blank"));
        var (page, pressed, refused) = (visit.Page, 0, new List<string>());
        await page.RouteAsync("**/swagger.json", route => ServeAsync(route, pressed));
        var served = await ServedDocuments.GetAsync();
        var title = served.Documents[document]["info"]!["title"]!.ToString();
        var operations = served.Operations.Count(operation => operation.Document == document);
        operations.ShouldBeGreaterThanOrEqualTo(least);
        while (pressed < operations)
        {
            await page.GotoAsync(new Uri(service.Address,
                $"/swagger/index.html?urls.primaryName={Uri.EscapeDataString(title)}").ToString());
            await page.Locator(".opblock").First.WaitForAsync();
            await page.WaitForFunctionAsync("window.orderServiceDemo !== undefined");
            var blocks = await page.Locator(".opblock").CountAsync();
            blocks.ShouldBe(Math.Min(AtOnce, operations - pressed));
            for (var nth = 0; nth < blocks; nth++)
            {
                var (name, status, said) = await ExecuteAsync(page.Locator(".opblock").Nth(nth));
                if (!status.StartsWith('2') && $"{name} {status}" != NothingToConfirm) refused.Add($"{name} {status}: {said}");
            }
            pressed += blocks;
        }
        refused.ShouldBeEmpty();
    }

    [Fact]
    public async Task O7_It_has_our_name_orders_first_and_a_way_to_say_who_one_is()
    {
        await using var visit = await browser.OpenAsync(new Uri(service.Address, "/swagger/index.html"));
        await visit.Page.Locator(".opblock").First.WaitForAsync();
        (await visit.Page.TitleAsync()).ShouldBe("OrderService API");
        (await visit.Page.Locator(".opblock-tag").First.InnerTextAsync()).Trim().ShouldStartWith("Orders");
        (await visit.Page.Locator(".opblock-summary-path").First.GetAttributeAsync("data-path")).ShouldBe("/api/v1/orders/new");
        (await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Authorize" }).First.IsVisibleAsync()).ShouldBeTrue();
        (await visit.Page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.topbar .link'), '::before').content")).ShouldBe(
            "\"OrderService\"");
    }

    // An hour has passed since the examples were signed.
    private static async Task ServeAsync(IRoute route, int from)
    {
        var fetched = await route.FetchAsync();
        var old = DateTimeOffset.UtcNow.AddHours(-1).ToUnixTimeMilliseconds();
        var aged = JsonNode.Parse(SignedAt().Replace(await fetched.TextAsync(), $"${{1}}{old}"))!.AsObject();
        await route.FulfillAsync(new() { Response = fetched, Body = ToExecute(aged, from).ToJsonString() });
    }

    // Swagger UI reads the whole document anew for each operation that is opened, and draws all of them for each press, which is seconds
    // of a processor. What is pressed here rests on the request alone, so the page has some operations at once, what is said of answers is
    // left out, but for the content that is asked for, and the shape of a body where an example of it is what is sent.
    private static JsonObject ToExecute(JsonObject document, int from)
    {
        var paths = document["paths"]!.AsObject();
        var all = paths.SelectMany(path => path.Value!.AsObject(), (path, called) => (Path: path.Value!.AsObject(), called.Key)).ToArray();
        foreach (var (path, method) in all.Take(from).Concat(all.Skip(from + AtOnce))) path.Remove(method);
        foreach (var operation in all.Skip(from).Take(AtOnce).Select(one => one.Path[one.Key]!.AsObject()))
        {
            foreach (var body in operation["requestBody"]?["content"]?.AsObject().Select(content => content.Value!.AsObject()) ?? [])
                if (body["example"] is not null || body["examples"] is not null) body["schema"] = new JsonObject();
            if (operation["responses"] is not JsonObject answers) continue;
            operation["responses"] = new JsonObject(answers.Where(answer => answer.Key.StartsWith('2')).Select(answer =>
                KeyValuePair.Create(answer.Key, (JsonNode?)new JsonObject
                {
                    ["description"] = answer.Value!["description"]!.DeepClone(),
                    ["content"] = new JsonObject((answer.Value["content"]?.AsObject() ?? []).Select(
                        content => KeyValuePair.Create(content.Key, (JsonNode?)new JsonObject()))),
                })));
        }
        var components = document["components"]!.AsObject();
        var (schemas, asked) = (components["schemas"]!.AsObject(), new HashSet<string>());
        Ask(paths);
        foreach (var name in schemas.Select(schema => schema.Key).Where(name => !asked.Contains(name)).ToArray()) schemas.Remove(name);
        components.Remove("headers");
        components.Remove("responses");
        return document;

        void Ask(JsonNode from)
        {
            foreach (Match reference in SchemaReference().Matches(from.ToJsonString()))
                if (asked.Add(reference.Groups[1].Value)) Ask(schemas[reference.Groups[1].Value]!);
        }
    }

    private static async Task<(string Name, string Status, string Said)> ExecuteAsync(ILocator block)
    {
        var name = $"{await block.Locator(".opblock-summary-method").InnerTextAsync()} {await block.Locator(".opblock-summary-path").GetAttributeAsync("data-path")}";
        await block.Locator(".opblock-summary-control").ClickAsync();
        await block.GetByRole(AriaRole.Button, new() { Name = "Try it out" }).ClickAsync();
        var key = block.Locator("tr[data-param-name='X-API-Key' i] input");
        if (IsOperators().IsMatch(name)) await key.FillAsync(StrategiesFixture.AdminKey);
        await block.GetByRole(AriaRole.Button, new() { Name = "Execute", Exact = true }).ClickAsync();
        var answer = block.Locator(".live-responses-table .response").First;
        await answer.WaitForAsync();
        var status = (await answer.Locator(".response-col_status").InnerTextAsync()).Trim().Split('\n')[0];
        var said = await answer.Locator(".response-col_description").InnerTextAsync();
        await block.Locator(".opblock-summary-control").ClickAsync();
        return (name, status, said[..Math.Min(said.Length, 400)]);
    }

    [GeneratedRegex("#/components/schemas/([^\"]+)\"")]
    private static partial Regex SchemaReference();

    [GeneratedRegex("strategies/(cancel|wallet/payout)")]
    private static partial Regex IsOperators();

    [GeneratedRegex("""(timestamp\\{1,3}":)\d{13}""")]
    private static partial Regex SignedAt();
}
