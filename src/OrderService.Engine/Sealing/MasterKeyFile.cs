namespace OrderService.Engine.Sealing;

/// <summary>A master key cannot be had, or is the wrong one; the message says why, in one sentence.</summary>
internal sealed class MasterKeyException(string message) : Exception(message);

/// <summary>A file that holds a master key and that only its owner can read.</summary>
internal static class MasterKeyFile
{
    /// <summary>The name of the service's own, in its data folder.</summary>
    public const string OwnName = "master.key";

    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Reads the key; throws <see cref="MasterKeyException"/> where there is none that may be used.</summary>
    public static MasterKey Read(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists) throw new MasterKeyException($"The master key file {path} is not there.");
        if (!OperatingSystem.IsWindows() && (file.UnixFileMode & Others) != 0)
            throw new MasterKeyException($"Others can read the master key file {path}: run chmod 600 on it.");
        try
        {
            return MasterKey.Parse(File.ReadAllText(path))
                ?? throw new MasterKeyException($"The master key file {path} must hold 64 hex digits and nothing else.");
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            throw new MasterKeyException($"The master key file {path} cannot be read: {closed.Message}");
        }
    }

    /// <summary>Makes a file with a fresh key, readable by its owner only; one that is there is never written over.</summary>
    public static MasterKey Create(string path)
    {
        var key = MasterKey.Generate();
        try
        {
            if (Path.GetDirectoryName(path) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var file = new FileStream(path, options);
            file.Write(System.Text.Encoding.ASCII.GetBytes(key.Reveal() + "\n"));
            file.Flush(flushToDisk: true); // what it encrypts is lost without it
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            throw new MasterKeyException($"The master key file {path} cannot be made: {closed.Message}");
        }
        return key;
    }

    /// <summary>Puts one file in the place of another.</summary>
    public static void Replace(string from, string to) => File.Move(from, to, overwrite: true);
}
