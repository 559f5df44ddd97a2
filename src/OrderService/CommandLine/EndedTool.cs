using System.CommandLine;
using System.Globalization;
using Npgsql;
using OrderService.EmbeddedPostgres;
using OrderService.Engine.Persistence;
using OrderService.Hosting;

namespace OrderService.CommandLine;

/// <summary>What <c>export-ended</c> and <c>drop-ended</c> have in common: the month, and the database, whose service may run.</summary>
internal static class EndedTool
{
    public static Option<string?> Connection() => new("--connection")
    {
        Description = "An Npgsql connection string, instead of the database in the settings.",
    };

    public static Option<string> Month() => new("--month") { Description = "The month in which they ended, as 2026-11.", Required = true };

    public static DateOnly MonthOf(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
            ? month : throw new CommandLineFault("--month must be a year and a month, as 2026-11.");

    public static async Task RunAsync(string? connection, Func<NpgsqlDataSource, IConfiguration, Task> work, CancellationToken token)
    {
        var configuration = ServiceHost.CreateBuilder([]).Configuration;
        using var loggers = ConsoleLog.Bootstrap(configuration);
        var given = connection ?? (string.IsNullOrEmpty(configuration.GetConnectionString("OrderService"))
            ? EmbeddedServer.RunningIn(DataFolder.Of(configuration)) : null);
        await using var database = given is null ? await ServiceDatabase.OpenAsync(configuration, loggers, token) : null;
        await using var source = NpgsqlDataSource.Create(given ?? database!.ConnectionString);
        await Migrator.ApplyAsync(source, token);
        await work(source, configuration);
    }
}
