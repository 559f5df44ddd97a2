using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OrderService.EmbeddedPostgres;

/// <summary>The files of one private cluster, below a folder that only the server's account may enter.</summary>
internal sealed class ClusterFolder(string root, ServerAccount account)
{
    // A log this long has been read by nobody; one older generation is kept.
    private const long logBytesMax = 16 << 20;

    private const string passwordsOnly = "# written by the service\nlocal all all scram-sha-256\n";

    // "all" leaves those out who copy the whole cluster.
    private const string copies = "local replication postgres scram-sha-256\n";

    public ServerAccount Account => account;

    public string Root => root;

    public string Cluster => Path.Combine(root, "cluster");

    public string Log => Path.Combine(root, "postgres.log");

    public string SocketRecord => Path.Combine(root, "socket.path");

    private string AccessFile => Path.Combine(Cluster, "pg_hba.conf");

    private string Unfinished => Path.Combine(root, "cluster.new");

    private string PidFile => Path.Combine(Cluster, "postmaster.pid");

    /// <summary>The major version that wrote the data, or null for a folder without data.</summary>
    public int? Written => WrittenBelow(root);

    /// <summary>Finds the cluster of a data folder, or the place and the account for a new one.</summary>
    public static async Task<ClusterFolder> OpenAsync(string data, ILogger logger, CancellationToken token)
    {
        var (near, far) = PlacesOf(data);
        foreach (var root in new[] { near, far }.Where(root => WrittenBelow(root) is not null))
        {
            var owner = await ServerAccount.ForExistingAsync(Path.Combine(root, "cluster"), token)
                ?? throw new EmbeddedPostgresException($"The account that owns the database in {root} cannot be used or cannot reach that folder any more: run the service as the user who created it, or move DATA_DIR to where it was.");
            return new ClusterFolder(root, owner);
        }
        PrivateFolder.Create(near);
        if (await ServerAccount.ForNewAsync(near, token) is { } account) return new ClusterFolder(near, account);
        if (!Environment.IsPrivilegedProcess)
            throw new EmbeddedPostgresException($"PostgreSQL cannot run as this user, who either has no name in /etc/passwd or cannot write to {near}: run the service as the user who created that folder, or set ConnectionStrings__OrderService to a server of your own.");
        Directory.CreateDirectory(Path.GetDirectoryName(far)!);
        PrivateFolder.Create(far);
        logger.LogWarning("No account that PostgreSQL accepts can reach {Wanted}, so the database is kept in {Chosen}.", near, far);
        return await ServerAccount.ForNewAsync(far, token) is { } distant
            ? new ClusterFolder(far, distant)
            : throw new EmbeddedPostgresException($"PostgreSQL refuses to run as root, and no other account can write to {near} or {far}: run the service as an ordinary user, or set ConnectionStrings__OrderService.");
    }

    /// <summary>Where a server of this data folder is at work, and the folder of its socket; null where none is.</summary>
    public static (string Root, string Socket)? RunningSocket(string data)
    {
        var (near, far) = PlacesOf(data);
        foreach (var root in new[] { near, far })
        {
            var file = Path.Combine(root, "cluster", "postmaster.pid");
            if (File.Exists(file) && File.ReadAllLines(file) is [var process, _, _, _, { Length: > 0 } socket, ..]
                && int.TryParse(process, CultureInfo.InvariantCulture, out var id) && Signals.IsAlive(id))
            {
                return (root, socket);
            }
        }
        return null;
    }

    private static (string Near, string Far) PlacesOf(string data) =>
        (Path.Combine(data, "postgres"),
            Path.Combine("/var/lib/orderservice", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(data)))[..16]));

    /// <summary>Creates an empty cluster. A cluster that was cut off while it was created is never taken for a whole one.</summary>
    public async Task InitializeAsync(PostgresBinaries binaries, bool durable, CancellationToken token)
    {
        Tool.Outcome made = new(false, "", "");
        // Where C.UTF-8 is not known, only the case of letters outside ASCII is lost.
        foreach (var characters in (string[])["C.UTF-8", "C"])
        {
            if (Directory.Exists(Unfinished)) Directory.Delete(Unfinished, recursive: true);
            made = await Tool.RunAsync(
                [.. account.Prefix, binaries.InitDb, "-D", Unfinished, "--username=postgres", "--auth=trust", "--encoding=UTF8",
                    "--locale=C", $"--lc-ctype={characters}", .. durable ? Array.Empty<string>() : ["--no-sync"]], token);
            if (made.Succeeded) break;
        }
        if (!made.Succeeded) throw new EmbeddedPostgresException($"initdb could not create a database in {Root}: {OneLine(made.Error)}");
        Directory.Move(Unfinished, Cluster);
    }

    /// <summary>
    /// Waits until the server of an earlier run has gone. The caller holds the lock of the data folder, so the service
    /// of that server is dead and the server is on its way out or was left behind.
    /// </summary>
    public async Task AwaitPreviousServerAsync(TimeSpan limit, ILogger logger, CancellationToken token)
    {
        if (PreviousServer() is not { } process) return;
        logger.LogInformation("Waiting for the PostgreSQL server of an earlier run (process {Process}) to stop.", process);
        Signals.Send(process, Signals.Interrupt);
        for (var waited = TimeSpan.Zero; PreviousServer() == process; waited += pause)
        {
            if (waited >= limit)
                throw new EmbeddedPostgresException($"A PostgreSQL server of an earlier run (process {process}) still uses {Cluster} and does not stop: end it, then start again.");
            await Task.Delay(pause, token);
        }
    }

    /// <summary>
    /// True where the server asks for passwords already. A cluster of a version before, or one whose password is lost, does not.
    /// </summary>
    public bool AsksForPasswords => Password.Of(root) is not null
        && File.ReadAllText(AccessFile) is passwordsOnly or passwordsOnly + copies;

    /// <summary>Lets everybody in who reaches the socket, for as long as the roles have no password; or only those who have it.</summary>
    public void Allow(bool withoutPassword) =>
        File.WriteAllText(AccessFile, withoutPassword ? "local all all trust\n" : passwordsOnly + copies);

    public void RotateLog()
    {
        if (File.Exists(Log) && new FileInfo(Log).Length > logBytesMax) File.Move(Log, Log + ".1", overwrite: true);
    }

    public string LastLogLine(long from)
    {
        if (!File.Exists(Log)) return "";
        using var log = new FileStream(Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        log.Position = Math.Min(from, log.Length);
        var lines = new StreamReader(log).ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return OneLine(Array.FindLast(lines, line => line.Contains("FATAL:", StringComparison.Ordinal)) ?? lines.LastOrDefault() ?? "");
    }

    public long LogLength => File.Exists(Log) ? new FileInfo(Log).Length : 0;

    private static readonly TimeSpan pause = TimeSpan.FromMilliseconds(50);

    // A process number is used again after a reboot or in a new container. Postgres would then refuse its own stale
    // file, so a live process that is not a server working in this folder makes the file void.
    private int? PreviousServer()
    {
        if (!File.Exists(PidFile)) return null;
        var first = File.ReadLines(PidFile).FirstOrDefault();
        if (!int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var process) || !Signals.IsAlive(process))
            return null;
        if (!Directory.Exists("/proc/self") || WorksHere(process)) return process;
        File.Delete(PidFile);
        return null;
    }

    private bool WorksHere(int process)
    {
        try
        {
            return new FileInfo($"/proc/{process}/cwd").LinkTarget == Cluster;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static int? WrittenBelow(string root)
    {
        var file = Path.Combine(root, "cluster", "PG_VERSION");
        return File.Exists(file)
            && int.TryParse(File.ReadAllText(file).Split('.')[0], NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture,
                out var major) ? major : null;
    }

    private static string OneLine(string text) =>
        string.Join(' ', text.Split(['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
