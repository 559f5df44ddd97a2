using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using OrderService.Tests.CommandLine;
using OrderService.Tests.Ground;
using OrderService.Tests.Http;
using static Microsoft.Playwright.Assertions;

namespace OrderService.Tests.Web;

/// <summary>The service beside a folder for its data, whose disk it looks at.</summary>
public sealed class OperatorFixture : ServiceFixture
{
    protected override IReadOnlyList<string> More => [$"--DATA_DIR={Path.GetTempPath()}"];
}

/// <summary>The operator's page, in a browser and by its calls, at the operator's listener and nowhere else.</summary>
public sealed class OperatorTests(OperatorFixture service, Browser browser) : IClassFixture<OperatorFixture>, IClassFixture<Browser>
{
    [Theory]
    [InlineData(1280, 900, ColorScheme.Light, "operator")]
    [InlineData(390, 844, ColorScheme.Dark, null)]
    public async Task It_shows_how_things_stand_and_pauses_everything(int width, int height, ColorScheme scheme, string? image)
    {
        await using var visit = await browser.OpenAsync(new Uri(service.Operator.BaseAddress!, "/operator"), width, height, scheme);
        var page = visit.Page;
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Health" }).Locator(".badge.confirmed"))
            .ToHaveTextAsync("ready");
        foreach (var (name, text) in new[] { ("Orders by status", "newest"), ("Due and in flight", "Oldest due waits"),
            ("Accounts that pay", "ST"), ("Prices", "simulated"), ("Workers", "settlement"), ("Last failures", "Faults") })
        {
            await Expect(page.GetByRole(AriaRole.Region, new() { Name = name, Exact = true })).ToContainTextAsync(text);
        }
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeHiddenAsync();

        await page.GetByLabel("Why (told to operators only)").FillAsync("the pools look wrong");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause everything" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("the pools look wrong");
        var body = service.Wallet.Order(Wallet.AtOnce);
        (await service.Wallet.PostOrderAsync(body)).Status.ShouldBe(200);
        var uuid = (string)body["uuid"]!;
        await Until.Async(() => service.Wallet.GetAsync($"/api/v1/orders/{uuid}"),
            found => (string?)found.Body["data"]?["waitingFor"] == "operator");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Due and in flight" }))
            .ToContainTextAsync("the operator has paused all sends");
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
        (await visit.SeriousAsync()).ShouldBeEmpty();
        (await page.TitleAsync()).ShouldStartWith("PAUSED");
        if (image is not null) await Screenshots.TakeAsync(page, image);

        await page.GetByRole(AriaRole.Button, new() { Name = "Let sends go on" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Pause everything" })).ToBeVisibleAsync();
        await service.Wallet.WaitAsync(uuid, "confirmed");
        visit.Errors().ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_pauses_from_the_public_listener_or_from_a_page_of_another_site()
    {
        foreach (var (method, path) in new[] { (HttpMethod.Get, "/operator"), (HttpMethod.Get, "/operator/state"),
            (HttpMethod.Post, "/operator/pause"), (HttpMethod.Post, "/operator/resume") })
        {
            using var asked = new HttpRequestMessage(method, path);
            using var refused = await service.Client.SendAsync(asked);
            refused.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
        using var foreign = new HttpRequestMessage(HttpMethod.Post, "/operator/pause")
        {
            Headers = { { "Origin", "http://page.example" } }, Content = new StringContent("{}"),
        };
        using var forbidden = await service.Operator.SendAsync(foreign);
        forbidden.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var malformed = await service.Operator.PostAsJsonAsync("/operator/pause", new { why = new string('x', 201) });
        malformed.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        foreach (var (body, said) in new[] { ("""{"reason":"x"}""", "reason is not a field of this call"),
            ("""{"why":"x","Why":"y"}""", "Why is not a field of this call"), ("[]", "must be a JSON object"), ("{", "not JSON") })
        {
            using var other = await service.Operator.PostAsync("/operator/pause", new StringContent(body));
            (other.StatusCode,
                await other.Content.ReadAsStringAsync()).ShouldSatisfyAllConditions(
                    answer => answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest), answer => answer.Item2.ShouldContain(said));
        }
        JsonNode.Parse(await service.Operator.GetStringAsync("/operator/state"))!["standing"]!["paused"].ShouldBeNull();
    }

    [Fact]
    public async Task The_command_line_pauses_and_lets_go_on()
    {
        var at = service.Operator.BaseAddress!.ToString();
        var paused = await CommandRun.OfAsync("pause", "--why", "maintenance", "--operator", at);
        paused.ShouldBe(paused with { ExitCode = 0, Error = "" });
        paused.Out.ShouldStartWith("All sends are paused since 20");
        ((string?)JsonNode.Parse(await service.Operator.GetStringAsync("/operator/state"))!["standing"]!["paused"]!["why"]).ShouldBe(
            "maintenance");
        (await CommandRun.OfAsync("resume", "--operator", at)).ShouldBe(new CommandRun(0, $"Sends go on.{Environment.NewLine}", ""));
        JsonNode.Parse(await service.Operator.GetStringAsync("/operator/state"))!["standing"]!["paused"].ShouldBeNull();

        var wrong = await CommandRun.OfAsync("pause", "--operator", service.Client.BaseAddress!.ToString());
        (wrong.ExitCode, wrong.Out).ShouldBe((1, ""));
        wrong.Error.ShouldContain("Is it the operator's listener?");
    }

    [Theory]
    [InlineData(null, null, "http://127.0.0.1:6080/")]
    [InlineData("5117", null, "http://127.0.0.1:6117/")]
    [InlineData("5117", "http://0.0.0.0:9000;http://[::1]:9001", "http://127.0.0.1:9000/")]
    public async Task O5_The_switch_is_looked_for_where_a_service_of_this_environment_has_it(string? port, string? own, string expected)
    {
        var environment = new Dictionary<string, string>();
        if (port is not null) environment["PORT"] = port;
        if (own is not null) environment["Operator__Urls"] = own;
        (await CommandRun.WithAsync(environment, "resume", "--help")).Out.ShouldContain($"[default: {expected}]");
    }
}
