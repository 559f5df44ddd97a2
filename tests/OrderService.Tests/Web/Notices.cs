using Microsoft.Playwright;

namespace OrderService.Tests.Web;

/// <summary>
/// What the page told a person that passes, as <c>notice: …</c> or <c>notice bad: …</c>: it is kept, since a test that looks late would
/// miss it.
/// </summary>
internal static class Notices
{
    /// <summary>Run before the page's own scripts, keeps the text of every notice.</summary>
    public const string Kept =
        """
        window.told = [];
        new MutationObserver(changes => {
          for (const change of changes)
            for (const node of change.addedNodes) if (node.classList?.contains('notice')) told.push(`${node.className}: ${node.textContent}`);
        }).observe(document, { childList: true, subtree: true });
        """;

    private const string Told = "([text, after]) => told.slice(after).some(one => one.includes(text))";

    /// <summary>How many there were by now.</summary>
    public static Task<int> CountAsync(IPage page) => page.EvaluateAsync<int>("told.length");

    /// <summary>Waits for one with this text, behind so many others.</summary>
    public static Task ToldAsync(IPage page, string text, int after = 0) =>
        page.WaitForFunctionAsync(Told, new object[] { text, after });

    /// <summary>True where one with this text comes, or came, behind so many others within a while.</summary>
    public static async Task<bool> IsToldAsync(IPage page, string text, int after, TimeSpan within)
    {
        try
        {
            await page.WaitForFunctionAsync(Told, new object[] { text, after }, new() { Timeout = (float)within.TotalMilliseconds });
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
