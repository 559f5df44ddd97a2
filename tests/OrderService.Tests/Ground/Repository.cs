namespace OrderService.Tests.Ground;

/// <summary>The folder that the tests were built in: where the sources, the documents and the other projects are.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "OrderService.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("the solution was not found above the tests");
    }
}
