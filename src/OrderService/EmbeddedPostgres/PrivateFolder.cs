namespace OrderService.EmbeddedPostgres;

/// <summary>Folders that only their owner may enter.</summary>
internal static class PrivateFolder
{
    /// <summary>Creates it with mode 0700; one that exists stays as it is.</summary>
    public static string Create(string path) => OperatingSystem.IsWindows()
        ? throw new EmbeddedPostgresException(
            "The embedded PostgreSQL needs Linux or macOS: set ConnectionStrings__OrderService to a server of your own.")
        : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
}
