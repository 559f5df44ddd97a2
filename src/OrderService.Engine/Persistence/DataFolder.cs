namespace OrderService.Engine.Persistence;

/// <summary>Where the service keeps what is its own: <c>DATA_DIR</c>, else <c>data</c> in the current folder.</summary>
internal static class DataFolder
{
    public static string Of(IConfiguration configuration) =>
        Path.GetFullPath(configuration["DATA_DIR"] ?? configuration["DataDirectory"] ?? "data");
}
