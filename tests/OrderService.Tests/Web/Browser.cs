using Microsoft.Playwright;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Web;

/// <summary>The machine's Chromium, without a window. A missing one is a failure, never skipped: ./test installs it.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = Find(), Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
                Timeout = (float)Until.Limit.TotalMilliseconds,
            });
        Assertions.SetDefaultExpectTimeout(60_000);
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>A browser that nobody has used before, looking at an address.</summary>
    internal async Task<Visit> OpenAsync(
        Uri address, int width = 1280, int height = 900, ColorScheme scheme = ColorScheme.Light, string? before = null)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width,
            Height = height }, ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        context.SetDefaultTimeout(60_000);
        await context.AddInitScriptAsync(Notices.Kept);
        if (before is not null) await context.AddInitScriptAsync(before);
        var visit = new Visit(await context.NewPageAsync());
        await visit.Page.GotoAsync(address.ToString());
        return visit;
    }

    private static string Find()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("Chromium is missing: install it (on Debian: apt-get install chromium), or run ./test.");
    }
}

/// <summary>One visit to the page, and all that its console said of errors.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private static readonly Lazy<string> Axe =
        new(() => File.ReadAllText(Path.Combine(Repository.Root, "web", "node_modules", "axe-core", "axe.min.js")));

    private readonly List<string> _errors = [];

    public Visit(IPage page)
    {
        Page = page;
        page.Console += (_, said) => Keep(said.Type is "error" or "warning", $"{said.Type}: {said.Text} ({said.Location})");
        page.PageError += (_, fault) => Keep(true, fault);
        // a question that a newer one took the place of
        page.RequestFailed += (_, request) =>
            Keep(request.Failure?.Contains("ERR_ABORTED", StringComparison.Ordinal) is false, $"{request.Url}: {request.Failure}");
    }

    public IPage Page { get; }

    /// <summary>
    /// What went wrong on the page. What a refused call leaves in the console is the browser's own, so calls that are refused on purpose
    /// name their status.
    /// </summary>
    public IReadOnlyList<string> Errors(params int[] refused)
    {
        lock (_errors)
        {
            return [.. _errors.Where(
                error => !refused.Any(status => error.Contains($"responded with a status of {status}", StringComparison.Ordinal)))];
        }
    }

    /// <summary>What axe-core finds that is serious or worse.</summary>
    public async Task<string[]> SeriousAsync()
    {
        await Page.EvaluateAsync(Axe.Value);
        return await Page.EvaluateAsync<string[]>(
            """
            async () => (await axe.run()).violations.filter(found => found.impact === 'serious' || found.impact === 'critical')
              .map(found => `${found.id}: ${found.help} at ${found.nodes.map(node => node.target.join(' ') + ' (' + (node.any[0]?.message ?? '') + ')').join(', ')}`)
            """);
    }

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();

    private void Keep(bool isError, string text)
    {
        if (!isError) return;
        lock (_errors) _errors.Add(text);
    }
}
