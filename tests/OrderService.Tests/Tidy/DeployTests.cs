using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using OrderService.EmbeddedPostgres;
using OrderService.Hosting;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Tidy;

/// <summary>The files that the service is deployed by: what they set is read, and the tools that they are made for take them.</summary>
public sealed partial class DeployTests : IDisposable
{
    // Of others: Serilog and the web server read their sections themselves, and Npgsql what is in the connection string.
    private static readonly string[] OthersSections = ["ConnectionStrings", "Serilog", "Kestrel", "Cors"];

    // Those of the images that the service's are made from.
    private static readonly string[] OthersVariables =
        ["POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD", "ASPNETCORE_HTTP_PORTS", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"];

    private static readonly string Image = Path.Combine(Repository.Root, "Dockerfile");
    private static readonly string Composed = Path.Combine(Repository.Root, "docker-compose.yml");
    private static readonly string Deploy = Path.Combine(Repository.Root, "deploy");

    private readonly string _folder = PostgresCluster.NewFolder("deploy");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void O4_Every_setting_that_a_deployment_names_is_read()
    {
        var named = Found(Setting(), [Image, Composed, .. Files()]).Select(name => name.Replace("__", ":", StringComparison.Ordinal))
            .ToList();
        string[] expected = ["ConnectionStrings:OrderService", "Service:Domain", "Operator:Urls", "Accounts:MasterKeyFile", "Log:Format"];
        expected.Except(named).ShouldBeEmpty();
        var set = new ConfigurationBuilder().AddInMemoryCollection(named.ToDictionary(name => name, string? (_) => "x")).Build();
        SettingsMap.Unknown(set).ShouldBeEmpty();
        var roots = SettingsMap.Sections.Select(section => section.Section.Split(':')[0]).Concat(OthersSections);
        named.Select(name => name.Split(':')[0]).Except(roots).ShouldBeEmpty();
    }

    [Fact]
    public void O4_Every_variable_that_a_deployment_sets_is_in_the_settings_document()
    {
        var document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "settings.md"));
        var known = Documented().Matches(document).Select(match => match.Groups[1].Value).Concat(OthersVariables);
        var set = Found(Variable(), [Image, Composed, .. Files()]);
        foreach (var expected in (string[])["ASPNETCORE_URLS", "DATA_DIR"]) set.ShouldContain(expected);
        set.Except(known).ShouldBeEmpty();
    }

    [Fact]
    public void The_image_restores_by_every_file_that_a_restore_reads()
    {
        var read = ((string[])["*.csproj", "packages.lock.json", "*.props"])
            .SelectMany(kind => Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), kind, SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Repository.Root, file)).Where(file => !Made().IsMatch(file)).ToList();
        read.Count.ShouldBeGreaterThan(12);
        var before = File.ReadLines(Image).TakeWhile(line => !line.StartsWith("RUN dotnet restore", StringComparison.Ordinal));
        read.Except(before.SelectMany(line => line.Split(' '))).ShouldBeEmpty();
    }

    [Fact]
    public void A_dump_is_taken_by_the_programs_of_the_server_s_own_version()
    {
        var server = Server().Match(File.ReadAllText(Composed)).Groups[1].Value;
        server.ShouldStartWith("postgres:");
        File.ReadLines(Image).ShouldContain($"FROM {server} AS tools");
    }

    [ToolFact("systemd-analyze")]
    public async Task The_unit_is_what_systemd_takes_and_exposes_little()
    {
        // Its program is not on this machine; all else is as it is shipped.
        var unit = Path.Combine(_folder, "orderservice.service");
        var shipped = await File.ReadAllTextAsync(Path.Combine(Deploy, "systemd", "orderservice.service"));
        await File.WriteAllTextAsync(unit, shipped.Replace("=/opt/orderservice/OrderService", "=/bin/true", StringComparison.Ordinal));
        var verified = await Tool.RunAsync(["systemd-analyze", "verify", unit], CancellationToken.None);
        (verified.Succeeded, verified.Output + verified.Error).ShouldBe((true, ""));
        string[] judge = ["systemd-analyze", "security", "--no-pager", "--offline=true", "--threshold=30"]; // 3.0 of 10
        var secure = await Tool.RunAsync([.. judge, unit], CancellationToken.None);
        secure.Succeeded.ShouldBeTrue(secure.Output + secure.Error);
        secure.Output.ShouldContain("Overall exposure level");
    }

    [ToolFact("kubectl")]
    public async Task The_manifests_render_to_confined_nodes_with_probes_at_the_operator_s_listener()
    {
        var rendered = await Tool.RunAsync(["kubectl", "kustomize", Path.Combine(Deploy, "kubernetes")], CancellationToken.None);
        rendered.Succeeded.ShouldBeTrue(rendered.Error);
        var kinds = rendered.Output.Split("\n---\n").ToLookup(part => Kind().Match(part).Groups[1].Value);
        string[] wanted = ["ConfigMap", "Service", "Deployment", "PodDisruptionBudget", "NetworkPolicy"];
        kinds.Select(kind => kind.Key).ShouldBe(wanted, ignoreOrder: true);
        var nodes = kinds["Deployment"].Single();
        Count(nodes, "path: /health/live\n            port: operator").ShouldBe(2);
        Count(nodes, "path: /health/ready\n            port: operator").ShouldBe(1);
        Count(nodes, "readOnlyRootFilesystem: true").ShouldBe(Count(nodes, "image: "));
        Count(nodes, "allowPrivilegeEscalation: false").ShouldBe(Count(nodes, "image: "));
        Count(nodes, "runAsNonRoot: true").ShouldBe(1);
        Count(nodes, "secretName: orderservice").ShouldBe(1);
        nodes.ShouldContain($"name: {Name().Match(kinds["ConfigMap"].Single()).Groups[1].Value}\n");
        // A label that was written over would let nobody scrape, or everybody in.
        kinds["NetworkPolicy"].Single().ShouldContain("app.kubernetes.io/name: prometheus");
        kinds["PodDisruptionBudget"].Single().ShouldContain("app.kubernetes.io/name: orderservice");
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static IEnumerable<string> Files() =>
        ((string[])["systemd", "kubernetes"]).SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Deploy, folder)));

    private static HashSet<string> Found(Regex pattern, IEnumerable<string> files) =>
        files.SelectMany(file => pattern.Matches(File.ReadAllText(file))).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex(@"\b[A-Z][A-Za-z]+(?:__[A-Za-z0-9]+)+\b")]
    private static partial Regex Setting();

    // Set, not asked for as ${…}.
    [GeneratedRegex(@"(?<![\w{$])[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?=[=:])")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^\| `([A-Z_]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Documented();

    [GeneratedRegex(@"^    image: (postgres:\S+)$", RegexOptions.Multiline)]
    private static partial Regex Server();

    [GeneratedRegex(@"/(?:bin|obj)/")]
    private static partial Regex Made();

    [GeneratedRegex(@"^kind: (\w+)$", RegexOptions.Multiline)]
    private static partial Regex Kind();

    [GeneratedRegex(@"^  name: (\S+)$", RegexOptions.Multiline)]
    private static partial Regex Name();
}
