using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Telemetry;

/// <summary>The Grafana board and the alert rules of deploy/: over metrics that there are, and as Prometheus itself reads them.</summary>
public sealed partial class BoardTests
{
    private static readonly string Deploy = Path.Combine(Repository.Root, "deploy");

    // What ASP.NET Core counts, and what a scrape itself says.
    private static readonly string[] Others = ["http_server_request_duration_seconds", "up"];

    [Fact]
    public async Task O8_The_board_and_the_rules_ask_for_documented_metrics_by_labels_that_these_have()
    {
        var documented = Documented(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "operations.md")));
        documented.Count.ShouldBeGreaterThan(25);
        var asked = (await BoardAsync()).Concat(await RulesAsync()).ToList();
        asked.Count.ShouldBeGreaterThan(30);
        var (faults, known) = (new List<string>(), documented.Values.SelectMany(labels => labels).ToHashSet(StringComparer.Ordinal));
        foreach (var expression in asked)
        {
            foreach (Match use in Use().Matches(expression))
            {
                var name = Suffix().Replace(use.Groups["name"].Value, "");
                // Npgsql's labels are called like its metrics
                if (Others.Contains(name) || known.Contains(use.Groups["name"].Value)) continue;
                if (!documented.TryGetValue(name, out var labels))
                {
                    faults.Add($"{name} is not in docs/operations.md");
                }
                else
                {
                    faults.AddRange(Label().Matches(use.Groups["labels"].Value).Select(label => label.Groups[1].Value)
                        .Where(label => label is not "instance" and not "job" && !labels.Contains(label))
                        .Select(label => $"{name} has no {label}"));
                }
            }
        }
        faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task O8_Each_panel_has_a_place_a_title_and_a_question()
    {
        var board = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Deploy, "grafana", "orderservice.json")))!;
        var panels = board["panels"]!.AsArray();
        panels.Select(panel => (int)panel!["id"]!).Distinct().Count().ShouldBe(panels.Count);
        panels.ShouldAllBe(panel => ((string?)panel!["title"] ?? "").Length > 0 && panel["targets"]!.AsArray().Count > 0);
        var places = panels.SelectMany(panel => Cells(panel!["gridPos"]!)).ToList();
        places.Distinct().Count().ShouldBe(places.Count, "two panels lie over each other");
    }

    [ToolFact("promtool")]
    public async Task O8_Promtool_accepts_the_rules_and_they_fire_when_they_should()
    {
        foreach (var arguments in (string[][])[["check", "rules", "orderservice.rules.yml"], ["check", "config", "prometheus.yml"],
            ["check", "config", "scrape-kubernetes.yml"], ["test", "rules", "orderservice.test.yml"]])
        {
            using var promtool = Process.Start(new ProcessStartInfo("promtool",
                arguments) { WorkingDirectory = Path.Combine(Deploy, "prometheus"), RedirectStandardOutput = true,
                    RedirectStandardError = true })!;
            var said = await Task.WhenAll(promtool.StandardOutput.ReadToEndAsync(), promtool.StandardError.ReadToEndAsync());
            await promtool.WaitForExitAsync();
            promtool.ExitCode.ShouldBe(0, string.Join('\n', said));
        }
    }

    private static Dictionary<string, HashSet<string>> Documented(string text) =>
        Row().Matches(text).ToDictionary(
            row => Suffix().Replace(row.Groups["name"].Value, ""),
            row => row.Groups["labels"].Value.Split('`').Where(part => Word().IsMatch(part)).ToHashSet(StringComparer.Ordinal),
            StringComparer.Ordinal);

    private static async Task<IEnumerable<string>> BoardAsync()
    {
        var board = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Deploy, "grafana", "orderservice.json")))!;
        return board["panels"]!.AsArray().SelectMany(panel => panel!["targets"]!.AsArray().Select(target => (string)target!["expr"]!));
    }

    // The lines of the rules that are expressions: the only ones with metrics in them but for the descriptions, which name none by their
    // brackets.
    private static async Task<IEnumerable<string>> RulesAsync() =>
        Expression().Matches(await File.ReadAllTextAsync(Path.Combine(Deploy, "prometheus", "orderservice.rules.yml")))
            .Select(rule => rule.Groups[1].Value);

    private static IEnumerable<(int, int)> Cells(JsonNode place)
    {
        var (x, y, w, h) = ((int)place["x"]!, (int)place["y"]!, (int)place["w"]!, (int)place["h"]!);
        (x + w).ShouldBeLessThanOrEqualTo(24);
        return Enumerable.Range(x, w).SelectMany(column => Enumerable.Range(y, h).Select(row => (column, row)));
    }

    [GeneratedRegex(@"(?<![\w.])(?<name>(?:orderservice|http_server|db_client)_\w+|up(?=\{))(?:\{(?<labels>[^}]*)\})?")]
    private static partial Regex Use();

    [GeneratedRegex(@"(\w+)(?:=~|=|!=|!~)""")]
    private static partial Regex Label();

    [GeneratedRegex(@"_(?:bucket|count|sum|total)$")]
    private static partial Regex Suffix();

    [GeneratedRegex(@"^\| `(?<name>(?:orderservice|db_client)_\w+)` \| (?<labels>[^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^\w+$")]
    private static partial Regex Word();

    [GeneratedRegex(@"^ {8}expr: (.*?)(?=^ {8}for:)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Expression();
}
