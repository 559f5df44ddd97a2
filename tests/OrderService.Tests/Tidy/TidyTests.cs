using System.Text.RegularExpressions;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Tidy;

/// <summary>What can be checked about the way code looks here.</summary>
public sealed partial class TidyTests
{
    private static readonly string Root = Repository.Root;

    internal static IEnumerable<(string Path, string[] Lines)> Sources(string under) =>
        !Directory.Exists(System.IO.Path.Combine(Root, under))
            ? [] : Directory.EnumerateFiles(System.IO.Path.Combine(Root, under), "*.cs", SearchOption.AllDirectories)
            .Where(p =>
                !p.Contains($"{System.IO.Path.DirectorySeparatorChar}obj{System.IO.Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(p => (System.IO.Path.GetRelativePath(Root, p).Replace('\\', '/'), File.ReadAllLines(p)));

    [Fact]
    public void No_file_is_longer_than_300_lines() =>
        Sources("src").Where(f => f.Lines.Length > 300).Select(f => $"{f.Path}: {f.Lines.Length}").ShouldBeEmpty();

    [Fact]
    public void No_line_is_wider_than_140_columns_but_for_a_text_that_stands_in_one_piece() =>
        Sources("src").Concat(Sources("tests")).SelectMany(f => Wide(f.Lines).Select(line => $"{f.Path}:{line}")).ShouldBeEmpty();

    [Theory]
    [InlineData('a', 140, "")]
    [InlineData('a', 141, "1")]
    [InlineData('"', 141, "")] // a text of its own
    public void A_line_that_is_too_wide_is_found(char with, int width, string found) =>
        string.Join(',', Wide([with + new string('a', width - 2) + with])).ShouldBe(found);

    [Fact]
    public void Money_and_prices_never_touch_floating_point() =>
        Sources("src").Where(f => IsMoney(f.Path)).SelectMany(f => Hits(f, FloatingPoint())).ShouldBeEmpty();

    [Fact]
    public void Nobody_reads_the_static_clock() =>
        Sources("src").Where(f => !f.Path.Contains("/CommandLine/", StringComparison.Ordinal)).SelectMany(f => Hits(f, StaticClock()))
            .ShouldBeEmpty();

    [Fact]
    public void Banned_words_name_nothing() =>
        Sources("src").SelectMany(f => Hits(f, BannedNames())).ShouldBeEmpty();

    [Fact]
    // by the service in one place, and by the client for other programs in its own
    public void S13_Every_client_is_made_where_no_redirect_is_followed()
    {
        Sources("src")
            .Where(f => !f.Path.EndsWith("/Outbound/OutboundHttp.cs", StringComparison.Ordinal)
                && !f.Path.EndsWith("/OrderService.Client/ServiceHttp.cs", StringComparison.Ordinal))
            .SelectMany(f => Hits(f, OwnClient())).ShouldBeEmpty();
        string.Join('\n',
            Sources("src").Single(f => f.Path.EndsWith("/OrderService.Client/ServiceHttp.cs", StringComparison.Ordinal)).Lines)
            .ShouldContain("AllowAutoRedirect = false");
    }

    [Fact]
    public void Every_test_with_full_counts_belongs_to_a_part_that_the_test_command_runs()
    {
        var known = File.ReadLines(System.IO.Path.Combine(Repository.Root, "test"))
            .Single(line => line.StartsWith("parts=", StringComparison.Ordinal))[7..^1].Split(' ');
        var full = Sources("tests")
            .Where(f => !f.Path.EndsWith("TestScale.cs", StringComparison.Ordinal) && f.Lines.Any(line => FullCounts().IsMatch(line)))
            .ToList();
        full.Where(f => !f.Lines.Any(line => PartTrait().Match(line) is { Success: true } part && known.Contains(part.Groups[1].Value)))
            .Select(f => f.Path).ShouldBeEmpty();
        known.Where(part => !full.Any(f => f.Lines.Contains($"[Trait(TestScale.Trait, \"{part}\")]"))).ShouldBeEmpty();
    }

    // The numbers of lines that could be broken: those of raw strings cannot, nor those with texts that stay in one piece.
    private static IEnumerable<int> Wide(string[] lines)
    {
        var isRaw = false;
        for (var at = 0; at < lines.Length; at++)
        {
            var wasRaw = isRaw;
            if (RawQuotes().Count(lines[at]) % 2 == 1) isRaw = !isRaw;
            if (lines[at].Length > 140 && !wasRaw && !isRaw && !lines[at].Contains("\"\"\"", StringComparison.Ordinal)
                && TextLiteral().Matches(lines[at]).Sum(text => text.Length) <= 40)
            {
                yield return at + 1;
            }
        }
    }

    private static bool IsMoney(string path) =>
        path.Contains("/Amounts/", StringComparison.Ordinal) || path.Contains("/Accounts/", StringComparison.Ordinal)
            || path.Contains("/Orders/", StringComparison.Ordinal) || path.Contains("/Pricing/", StringComparison.Ordinal)
        || path.Contains("/Expressions/", StringComparison.Ordinal)
        || path.Contains(".Venues/", StringComparison.Ordinal) || path.Contains("/Execution/", StringComparison.Ordinal)
        || path.Contains("/Stacks", StringComparison.Ordinal);

    private static IEnumerable<string> Hits((string Path, string[] Lines) file, Regex pattern) =>
        file.Lines.Select((line, index) => (line, index))
            .Where(l => !l.line.TrimStart().StartsWith("//", StringComparison.Ordinal) && pattern.IsMatch(l.line))
            .Select(l => $"{file.Path}:{l.index + 1}: {l.line.Trim()}");

    [GeneratedRegex(@"\bnew (HttpClient|SocketsHttpHandler|HttpClientHandler|WebRequest)\b|\bHttpClient \w+ = new\(|\bAddHttpClient\b|\bHttpWebRequest\b")]
    private static partial Regex OwnClient();

    [GeneratedRegex("\"\"\"+")]
    private static partial Regex RawQuotes();

    [GeneratedRegex("\"(\\\\.|[^\"\\\\])*\"?")]
    private static partial Regex TextLiteral();

    [GeneratedRegex(@"\bTestScale\.Full\b")]
    private static partial Regex FullCounts();

    [GeneratedRegex(@"^\[Trait\(TestScale\.Trait, ""(\w+)""\)\]$")]
    private static partial Regex PartTrait();

    [GeneratedRegex(@"\b(double|float|decimal)\b")]
    private static partial Regex FloatingPoint();

    [GeneratedRegex(@"\b(DateTime|DateTimeOffset)\.(UtcNow|Now)\b")]
    private static partial Regex StaticClock();

    [GeneratedRegex(@"\b(class|record|interface|struct|enum) \w*(Manager|Helper|Util|Utils|Processor|Info)\b")]
    private static partial Regex BannedNames();
}
