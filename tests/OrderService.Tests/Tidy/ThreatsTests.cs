using System.Text.RegularExpressions;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Tidy;

/// <summary>docs/threats.md names tests; each of them is there.</summary>
public sealed partial class ThreatsTests
{
    [Fact]
    public void Every_test_that_the_page_names_is_there()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "threats.md"));
        var named = InTicks().Matches(page).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        named.Count.ShouldBeGreaterThan(30);
        var sources = string.Join('\n',
            Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
                .Select(File.ReadAllText));
        named.Where(test => !sources.Contains($" {test}(", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [GeneratedRegex("`((?:[A-Z][0-9]*_|[A-Z][a-z]+_)[A-Za-z0-9_]+)`")]
    private static partial Regex InTicks();
}
