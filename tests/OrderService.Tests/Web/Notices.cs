using Microsoft.Playwright;

namespace OrderService.Tests.Web;

/// <summary>
/// What the page told a person that passes, as <c>notice: …</c> or <c>notice bad: …</c>: it is kept, since a test that looks late would miss
/// it.
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

    /// <summary>How many there were by now.</summary>
    public static Task<int> CountAsync(IPage page) => page.EvaluateAsync<int>("told.length");

    /// <summary>Waits for one with this text, behind so many others.</summary>
    public static Task ToldAsync(IPage page, string text, int after = 0) =>
        page.WaitForFunctionAsync("([text, after]) => told.slice(after).some(one => one.includes(text))", new object[] { text, after });
}
