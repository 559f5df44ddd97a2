namespace OrderService.Tests.Ground;

/// <summary>The folder of a Postgres that ends with a service.</summary>
internal static class ServerFolder
{
    /// <summary>Removes it: a server whose service was killed writes for a moment more.</summary>
    public static Task RemoveAsync(string folder) => Until.Async(() => Task.FromResult(IsRemoved(folder)), isRemoved => isRemoved);

    private static bool IsRemoved(string folder)
    {
        try
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
