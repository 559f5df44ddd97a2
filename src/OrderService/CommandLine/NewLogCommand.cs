using System.CommandLine;
using Npgsql;
using OrderService.Engine.Events;
using OrderService.Engine.Persistence;
using OrderService.Hosting;

namespace OrderService.CommandLine;

/// <summary>
/// <c>new-log</c>: begins a new log of events. Called once after a restore, which took back what readers may have read; after a failover,
/// which took nothing back, never.
/// </summary>
internal static class NewLogCommand
{
    public const string Verb = "new-log";

    public static Command Create(CommandLineWorld world)
    {
        var connection = new Option<string?>("--connection")
        {
            Description = "An Npgsql connection string, instead of the database in the settings.",
        };
        var command = new Command(Verb,
            "Begins a new log of events: call it once after a restore. Readers of the log before are told so, and begin anew.")
            {
                connection,
            };
        command.SetAction(async (parsed, token) =>
        {
            try
            {
                await world.Out.WriteLineAsync(await RunAsync(parsed.GetValue(connection), token));
                return 0;
            }
            catch (Exception known) when (known is MigrationException or OrderService.EmbeddedPostgres.EmbeddedPostgresException
                or NpgsqlException)
            {
                throw new CommandLineFault(known.Message, CommandLineFault.Refused);
            }
        });
        return command;
    }

    private static async Task<string> RunAsync(string? connection, CancellationToken token)
    {
        var configuration = ServiceHost.CreateBuilder([]).Configuration;
        using var loggers = ConsoleLog.Bootstrap(configuration);
        await using var database = connection is null ? await ServiceDatabase.OpenAsync(configuration, loggers, token) : null;
        await using var source = NpgsqlDataSource.Create(connection ?? database!.ConnectionString);
        await Migrator.ApplyAsync(source, token);
        return await EventLog.BeginAsync(source, token);
    }
}
