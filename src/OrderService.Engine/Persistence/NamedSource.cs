using Npgsql;

namespace OrderService.Engine.Persistence;

/// <summary>Makes pools that telemetry calls by their application's name; Npgsql would call them by their connection string.</summary>
internal static class NamedSource
{
    public static NpgsqlDataSource Create(NpgsqlConnectionStringBuilder settings) =>
        new NpgsqlDataSourceBuilder(settings.ConnectionString) { Name = settings.ApplicationName }.Build();
}
