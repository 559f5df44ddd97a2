using System.Globalization;
using System.Text.RegularExpressions;

namespace OrderService.EmbeddedPostgres;

/// <summary>An installed PostgreSQL server: the folder of its programs and its major version.</summary>
internal sealed partial record PostgresBinaries(string Folder, int Major)
{
    // Debian and Ubuntu, Fedora and the packages of postgresql.org, Homebrew on Apple and Intel processors.
    private static readonly (string Root, string Pattern)[] wellKnown =
    [
        ("/usr/lib/postgresql", "*"), ("/usr", "pgsql-*"),
        ("/opt/homebrew/opt", "postgresql*"), ("/usr/local/opt", "postgresql*"),
    ];

    public string Postgres => Path.Combine(Folder, "postgres");

    public string InitDb => Path.Combine(Folder, "initdb");

    /// <summary>The version that wrote the data if there are data, otherwise the newest one found.</summary>
    public static async Task<PostgresBinaries> FindAsync(string? asked, int? written, string cluster, CancellationToken token)
    {
        var found = new List<PostgresBinaries>();
        foreach (var folder in asked is null ? await CandidatesAsync(token) : [asked])
        {
            if (await InspectAsync(folder, token) is { } binaries) found.Add(binaries);
        }
        if (found.Count == 0)
        {
            throw new EmbeddedPostgresException(asked is null
                ? "No PostgreSQL server is installed: install the package postgresql, or set ConnectionStrings__OrderService to a server of your own."
                : $"There is no PostgreSQL server in {asked}: the folder must hold the programs postgres and initdb.");
        }
        if (written is null) return found.MaxBy(binaries => binaries.Major)!;
        return found.Find(binaries => binaries.Major == written) ?? throw new EmbeddedPostgresException(
            $"The data in {cluster} were written by PostgreSQL {written}, but only PostgreSQL {string.Join(", ", found.Select(binaries => binaries.Major).Distinct())} is installed: "
            + $"install PostgreSQL {written} beside it, or move the data with pg_upgrade.");
    }

    /// <summary>The path of one of its other programs, of the newest version that has it.</summary>
    public static async Task<string> FindProgramAsync(string program, CancellationToken token)
    {
        var found = new List<(int Major, string Path)>();
        foreach (var path in (await CandidatesAsync(token)).Select(folder => Path.Combine(folder, program)).Where(File.Exists))
        {
            var version = MajorVersion().Match((await Tool.RunAsync([path, "--version"], token)).Output);
            if (version.Success) found.Add((int.Parse(version.Groups[1].Value, CultureInfo.InvariantCulture), path));
        }
        return found.Count > 0
            ? found.MaxBy(one => one.Major).Path
            : throw new EmbeddedPostgresException($"{program} is not installed: install the package postgresql-client.");
    }

    private static async Task<List<string>> CandidatesAsync(CancellationToken token)
    {
        var folders = new List<string>();
        var configured = await Tool.RunAsync(["pg_config", "--bindir"], token);
        if (configured.Succeeded) folders.Add(configured.Output);
        foreach (var (root, pattern) in wellKnown.Where(place => Directory.Exists(place.Root)))
            folders.AddRange(Directory.EnumerateDirectories(root, pattern).Select(folder => Path.Combine(folder, "bin")));
        folders.AddRange((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries));
        return [.. folders.Distinct(StringComparer.Ordinal)];
    }

    private static async Task<PostgresBinaries?> InspectAsync(string folder, CancellationToken token)
    {
        var postgres = Path.Combine(folder, "postgres");
        if (!File.Exists(postgres) || !File.Exists(Path.Combine(folder, "initdb"))) return null;
        var version = await Tool.RunAsync([postgres, "--version"], token);
        var major = MajorVersion().Match(version.Output);
        return version.Succeeded && major.Success
            ? new PostgresBinaries(folder, int.Parse(major.Groups[1].Value, CultureInfo.InvariantCulture))
            : null;
    }

    [GeneratedRegex(@"\(PostgreSQL\) (\d+)")]
    private static partial Regex MajorVersion();
}
