using System.Diagnostics;
using System.Globalization;
using OrderService.Tests.Ground;
using OrderService.Tests.Reliability;

namespace OrderService.Tests.Http;

/// <summary>
/// Every curl, every <c>./run sign</c> and every verb that reads of the documents, run as it is printed, in its order, against a fresh
/// service: what a reader pastes must work.
/// </summary>
public sealed class DocumentedCallsTests : IDisposable
{
    private static readonly string[] Verbs = ["sign", "orders", "prices", "accounts", "preview", "watch"];

    private const string Fence = "```";
    private const string DocumentedAddress = "http://127.0.0.1:5080";

    // Each call tells its status. What a reader fills in is what the service told last.
    private const string Shell =
        """
        set -o pipefail
        B=http://127.0.0.1:5080
        curl() { command curl --fail-with-body --max-time 60 -w '%{stderr}%{http_code} %{method} %{url_effective}\n' "$@" 2> >(tee -a calls >&2) | tee -a answers; }
        filled() { grep -v '"data":\[' answers | grep -o "\"$1\":\"[^\"]*\"" | tail -n 1 | cut -d '"' -f 4; }

        """;

    private readonly string _folder = PostgresCluster.NewFolder("documents");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("README.md", 2)]
    [InlineData("docs/accounts.md", 2)]
    [InlineData("docs/charisma-api.md", 6)]
    [InlineData("docs/guides/bot.md", 0)]
    [InlineData("docs/guides/operator.md", 0)]
    [InlineData("docs/panora-api.md", 4)]
    [InlineData("docs/swapcoffee-api.md", 6)]
    [InlineData("docs/tread-api.md", 5)]
    public async Task O6_Every_call_of_a_document_is_answered(string document, int curls)
    {
        var service = new ServiceFixture();
        await service.InitializeAsync();
        try
        {
            var address = service.Client.BaseAddress!;
            var blocks = BlocksOf(document).ToList();
            blocks.SelectMany(lines => lines).Sum(line => line.Split("curl ").Length - 1)
                .ShouldBe(curls, "a call that is no longer there, or a new one");
            await File.WriteAllTextAsync(Path.Combine(_folder, "run"), $"""
                #!/usr/bin/env bash
                set -o pipefail
                dotnet exec "{ServiceProcess.Program}" "$@" | tee -a answers
                """);
            var calling = string.Join('\n', blocks.SelectMany(lines => lines.Append("")).Select(Filled));
            var script = (Shell + calling).Replace(DocumentedAddress, address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);
            var (code, said) = await RunAsync(script, address.Port);
            code.ShouldBe(0, said);
            var told = Path.Combine(_folder, "calls");
            string[] calls = File.Exists(told) ? await File.ReadAllLinesAsync(told) : [];
            calls.Count(line => line.StartsWith('2')).ShouldBe(curls, $"{string.Join('\n', calls)}\n{said}");
                    }
        finally
        {
            await service.DisposeAsync();
        }
    }

    [Fact]
    public void O6_No_document_has_calls_that_are_not_run()
    {
        var run = typeof(DocumentedCallsTests).GetMethod(nameof(O6_Every_call_of_a_document_is_answered))!.GetCustomAttributes(
            typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>()
            .Select(row => (string)row.GetData(null!).Single()[0]).Order(StringComparer.Ordinal);
        var root = Repository.Root;
        var documents = Directory.EnumerateFiles(root, "*.md")
            .Concat(Directory.EnumerateFiles(Path.Combine(root, "docs"), "*.md", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'));
        documents.Where(document => BlocksOf(document).Any()).Order(StringComparer.Ordinal).ShouldBe(run);
    }

    // Blocks without a language that call the service; one that shows what a call looks like is text.
    private static IEnumerable<List<string>> BlocksOf(string document)
    {
        List<string>? block = null;
        var isShell = false;
        foreach (var line in File.ReadLines(Path.Combine(Repository.Root, document)))
        {
            if (!line.StartsWith(Fence, StringComparison.Ordinal))
            {
                block?.Add(line);
            }
            else if (block is null)
            {
                (block, isShell) = ([], line.Trim() == Fence);
            }
            else
            {
                if (isShell
                    && block.Exists(code => code.Contains("curl ", StringComparison.Ordinal)
                        || Verbs.Any(verb => $"{code} ".Contains($"./run {verb} ", StringComparison.Ordinal))))
                {
                    yield return block;
                }
                block = null;
            }
        }
    }

    private static string Filled(string line) => line
        .Replace("<uuid>", "$(filled uuid)", StringComparison.Ordinal).Replace("<id>", "$(filled id)", StringComparison.Ordinal)
        .Replace("'X-API-Key: ck_live_…'", "\"X-API-Key: $(filled apiKey)\"", StringComparison.Ordinal)
        .Replace("./run ", "bash ./run ", StringComparison.Ordinal);

    private async Task<(int Code, string Said)> RunAsync(string script, int port)
    {
        var start = new ProcessStartInfo("bash", ["-e"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder,
        };
        start.Environment["PORT"] = port.ToString(CultureInfo.InvariantCulture);
        start.Environment.Remove("ASPNETCORE_URLS");
        using var shell = Process.Start(start)!;
        await shell.StandardInput.WriteAsync(script);
        shell.StandardInput.Close();
        var (output, error) = (shell.StandardOutput.ReadToEndAsync(), shell.StandardError.ReadToEndAsync());
        await shell.WaitForExitAsync();
        return (shell.ExitCode, $"{await output}\n{await error}");
    }
}
