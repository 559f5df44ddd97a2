using System.Text;
using System.Text.RegularExpressions;

namespace OrderService.EmbeddedPostgres;

/// <summary>The 0700 folder of the server's socket: the only way in, so no port is needed.</summary>
internal static partial class SocketFolder
{
    // sun_path holds 108 bytes on Linux and 104 elsewhere, with its final zero; "/.s.PGSQL.5432.lock" comes behind the folder.
    private const int bytesMax = 84;

    private const string shortPrefix = "orderservice-";

    /// <summary>Beside the cluster where the path is short and plain enough, otherwise a fresh folder with a short name.</summary>
    public static async Task<string> CreateAsync(ClusterFolder cluster, CancellationToken token)
    {
        RemoveShort(cluster);
        var near = Path.Combine(cluster.Root, "socket");
        if (Encoding.UTF8.GetByteCount(near) <= bytesMax && PlainPath().IsMatch(near))
        {
            // The server of an earlier run has gone. What it left here after a kill names a process number that may be somebody's again,
            // and Postgres would refuse to start beside it.
            if (Directory.Exists(near)) Directory.Delete(near, recursive: true);
            PrivateFolder.Create(near);
            await cluster.Account.GiveAsync(near, token);
            return near;
        }
        // Random, so that nobody can have made it before us; written down, so that the next start removes what a kill left.
        var folder = PrivateFolder.Create(Path.Combine(ShortRoot(), shortPrefix + Path.GetRandomFileName()[..8]));
        await cluster.Account.GiveAsync(folder, token);
        await File.WriteAllTextAsync(cluster.SocketRecord, folder, token);
        return folder;
    }

    public static void RemoveShort(ClusterFolder cluster)
    {
        if (!File.Exists(cluster.SocketRecord)) return;
        var folder = File.ReadAllText(cluster.SocketRecord);
        if (Path.GetFileName(folder).StartsWith(shortPrefix, StringComparison.Ordinal) && Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        File.Delete(cluster.SocketRecord);
    }

    private static string ShortRoot()
    {
        var runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
        // Root's own runtime folder is closed to the account that runs the server.
        var usable = !Environment.IsPrivilegedProcess && Directory.Exists(runtime) && runtime.Length <= 40 && PlainPath().IsMatch(runtime);
        return usable ? runtime! : "/tmp";
    }

    // A comma separates hosts for Npgsql and folders for Postgres.
    [GeneratedRegex("^[A-Za-z0-9/._ +-]+$")]
    private static partial Regex PlainPath();
}
