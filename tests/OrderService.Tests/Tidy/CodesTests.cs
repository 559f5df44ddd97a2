using System.Text.RegularExpressions;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Tidy;

/// <summary>docs/errors.md has every code that a refusal is made with, and no other.</summary>
public sealed partial class CodesTests
{
    private const string Code = """
        "(?<code>[a-z]+(?:_[a-z0-9]+)+)"
        """;

    private const string Arguments = """(?:[^;"{}]|\$?"(?:[^"\\]|\\.)*")*?""";

    // The ways in which sources make a refusal. A new way is added here.
    private static readonly string[] Ways =
    [
        @"(?:Unauthenticated|Forbidden|TooMany|Unavailable|Unprocessable|Conflict|NotExecutable)(?:\s+\w+(?:\([^()]*\))?\s*(?:=>|=)\s*new)?\(\s*" + Code,
        @": OrderError\(" + Code, @"(?:\bField|Sentence|Shape|No|Bad|Refuse)\(" + Arguments + @",\s*" + Code + @"\)",
        @"\b(?:No|Bad|Invalid)\(" + Code + ",", @"FaultShape\.\w+,\s*" + Code,
        @"\bErrors?\(\s*\d+,\s*" + Code, @"(?:ErrorFacts|new)\((?:\d+|status|StatusCodes\.\w+),\s*" + Code,
        @"Of\(time, StatusCodes\.\w+, " + Code, "[Cc]ode = " + Code, @"isOutage \? " + Code, @"WithErrorCode\(" + Code,
        "const string (?:DuplicateName|None|Several|FeeBudget) = " + Code, @"HumanAmountFault\.\w+ => [^\n]*, " + Code + @"\),",
    ];

    private static readonly string Root = Repository.Root;

    // Examples in documents are of codes that are made elsewhere.
    private static readonly Lazy<string> Sources =
        new(() => string.Join('\n', Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
        .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            && !Examples().IsMatch(path)).Select(File.ReadAllText)));

    [Fact]
    public void Every_code_of_a_refusal_is_in_the_page() => Made().Except(Told()).Order(StringComparer.Ordinal).ShouldBeEmpty();

    [Fact]
    public void The_page_has_no_code_or_reason_that_no_source_has() =>
    Told().Where(code => !Sources.Value.Contains($"\"{code}\"", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void The_page_has_no_code_twice()
    {
        var rows = Rows().ToList();
        rows.GroupBy(code => code).Where(group => group.Count() > 1).Select(group => group.Key).ShouldBeEmpty();
    }

    [Fact]
    public void Most_refusals_are_seen() // the first test holds of nothing, too
    {
        Made().Count.ShouldBeGreaterThan(140);
        foreach (var code in (string[])["invalid_field", "order_exists", "wrong_wallet", "price_out_of_range", "no_managed_account",
            "invalid_page", "too_many_decimals", "missing_fields", "cross_origin"])
        {
            Made().ShouldContain(code);
        }
    }

    private static HashSet<string> Made() =>
        [.. Ways.SelectMany(way => Regex.Matches(Sources.Value, way)).Select(match => match.Groups["code"].Value)];

    private static HashSet<string> Told() => [.. Rows()];

    // The codes stand in the first column.
    private static IEnumerable<string> Rows() =>
        File.ReadAllLines(Path.Combine(Root, "docs", "errors.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .SelectMany(line => InTicks().Matches(line.Split('|')[1])).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"(Document|Examples|TreadOperations)\.cs$")]
    private static partial Regex Examples();

    [GeneratedRegex("`([a-z0-9_]+)`")]
    private static partial Regex InTicks();
}
