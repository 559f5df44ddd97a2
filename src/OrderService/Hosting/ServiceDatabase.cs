using OrderService.EmbeddedPostgres;
using OrderService.Engine.Persistence;

namespace OrderService.Hosting;

/// <summary>The server that the user named, or one of the service's own.</summary>
internal sealed class ServiceDatabase : IAsyncDisposable
{
    private readonly EmbeddedServer? _embedded;

    private ServiceDatabase(string connectionString, EmbeddedServer? embedded) =>
        (ConnectionString, _embedded) = (connectionString, embedded);

    public string ConnectionString { get; }

    /// <summary>Ends when the service's own server does; null for the user's.</summary>
    public Task? Ended => _embedded?.Ended;

    public static async Task<ServiceDatabase> OpenAsync(IConfiguration configuration, ILoggerFactory loggers, CancellationToken token)
    {
        if (configuration.GetConnectionString("OrderService") is { Length: > 0 } given) return new ServiceDatabase(given, null);
        var options = new EmbeddedPostgresOptions { DataDirectory = DataFolder.Of(configuration) };
        var embedded = await EmbeddedServer.StartAsync(options, loggers.CreateLogger<EmbeddedServer>(), token);
        return new ServiceDatabase(embedded.ConnectionString, embedded);
    }

    public ValueTask DisposeAsync() => _embedded?.DisposeAsync() ?? ValueTask.CompletedTask;
}
