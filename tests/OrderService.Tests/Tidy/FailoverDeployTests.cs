using System.Globalization;
using System.Text.RegularExpressions;
using OrderService.EmbeddedPostgres;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Tidy;

/// <summary>
/// The files of <c>deploy/ha</c> against each other; <c>./test --full=ha</c> runs a cluster by them (<c>PatroniTests</c>).
/// </summary>
public sealed partial class FailoverDeployTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "deploy", "ha");
    private static readonly string Configuration = File.ReadAllText(Path.Combine(Folder, "patroni.yml"));

    [Fact]
    public void The_members_that_are_tried_get_what_a_machine_s_own_file_gives()
    {
        var (given, tried) = (Variables("environment"), Variables("try"));
        // where the folder of one machine's member would be that of all three
        tried.Except(given).ShouldBe(["PATRONI_POSTGRESQL_DATA_DIR", "PATRONI_POSTGRESQL_PGPASS"], ignoreOrder: true);
        given.Except(tried).ShouldBeEmpty();
    }

    [Fact]
    public void Success_needs_a_standby_and_a_leader_that_is_silent_is_followed_in_time()
    {
        (Value("synchronous_mode"), Value("synchronous_mode_strict")).ShouldBe(("true", "true"));
        // Patroni's own rule: a leader tries for as long before it gives up its place by itself
        (Number("loop_wait") + 2 * Number("retry_timeout")).ShouldBeLessThanOrEqualTo(Number("ttl"));
        // a standby that was cut off is left out before the leader would be
        foreach (var side in (string[])["wal_sender_timeout", "wal_receiver_timeout"])
            int.Parse(Value(side).TrimEnd('s'), CultureInfo.InvariantCulture).ShouldBeLessThan(Number("ttl"));
    }

    [Fact]
    public void Every_setting_that_the_text_explains_is_in_the_configuration()
    {
        var explained = Explained().Matches(File.ReadAllText(Path.Combine(Folder, "README.md")))
            .SelectMany(row => Name().Matches(row.Groups[1].Value)).Select(name => name.Groups[1].Value).ToList();
        explained.Count.ShouldBeGreaterThan(8);
        explained.Where(name => Lines(name).Count == 0).ShouldBeEmpty();
    }

    [ToolFact("systemd-analyze")]
    public async Task The_drop_in_is_what_systemd_takes()
    {
        var folder = PostgresCluster.NewFolder("dropin");
        try
        {
            var unit = Path.Combine(folder, "patroni.service");
            await File.WriteAllTextAsync(unit, "[Service]\nExecStart=/bin/true\n");
            var own = Directory.CreateDirectory($"{unit}.d").FullName;
            File.Copy(Path.Combine(Folder, "patroni.service.d", "orderservice.conf"), Path.Combine(own, "orderservice.conf"));
            var verified = await Tool.RunAsync(["systemd-analyze", "verify", unit], CancellationToken.None);
            (verified.Succeeded, verified.Output + verified.Error).ShouldBe((true, ""));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static List<string> Variables(string file) =>
        [.. Variable().Matches(File.ReadAllText(Path.Combine(Folder, file))).Select(match => match.Value).Distinct()];

    private static int Number(string setting) => int.Parse(Value(setting), CultureInfo.InvariantCulture);

    private static string Value(string setting) => Lines(setting).Single();

    private static List<string> Lines(string setting) =>
        [.. Regex.Matches(Configuration, $@"^[ #]*{setting}: *([^\s#]*)", RegexOptions.Multiline).Select(line => line.Groups[1].Value)];

    [GeneratedRegex(@"\bPATRONI_[A-Z0-9_]+(?==)")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^\| (`[a-z_`, ]+`) \|", RegexOptions.Multiline)]
    private static partial Regex Explained();

    [GeneratedRegex("`([a-z_]+)`")]
    private static partial Regex Name();
}
