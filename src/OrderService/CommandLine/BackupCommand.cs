using System.CommandLine;
using Npgsql;
using OrderService.EmbeddedPostgres;
using OrderService.Engine.Persistence;
using OrderService.Engine.Sealing;
using OrderService.Hosting;

namespace OrderService.CommandLine;

/// <summary>
/// <c>backup</c>: takes the database and the master key together, while the service runs or not, and checks what it took.
/// </summary>
internal static class BackupCommand
{
    public const string Verb = "backup";

    public static Command Create(CommandLineWorld world)
    {
        var folder = new Option<string>("--to")
        {
            Description = "The folder to make; it holds the dump, the master key and a manifest.", Required = true,
        };
        var keyFile = new Option<string?>("--key-file") { Description = "The file of the master key, instead of the one in the settings." };
        var connection = new Option<string?>("--connection")
        {
            Description = "An Npgsql connection string, instead of the database in the settings.",
        };
        var command = new Command(Verb,
            "Takes the database and the master key into one folder, and checks both. The service may run meanwhile.")
            {
                folder, keyFile, connection,
            };
        command.SetAction((parsed, token) => BackupTool.TellAsync(async () =>
        {
            var manifest = await RunAsync(parsed.GetValue(folder)!, parsed.GetValue(keyFile), parsed.GetValue(connection),
                world.Time.GetUtcNow(), token);
            await world.Error.WriteLineAsync($"{manifest.Orders} orders and {manifest.Accounts} accounts, with the master key {manifest.MasterKeyId}. Whoever has this folder has the funds: keep it as you would keep money.");
            await world.Out.WriteLineAsync(Path.GetFullPath(parsed.GetValue(folder)!));
        }));
        return command;
    }

    private static async Task<BackupManifest> RunAsync(
        string folder, string? keyFile, string? connection, DateTimeOffset now, CancellationToken token)
    {
        var configuration = ServiceHost.CreateBuilder([]).Configuration;
        var source = keyFile is null ? MasterKeySource.Of(configuration) : new MasterKeySource(null, keyFile, null);
        var key = source.Text is { } text
            ? MasterKey.Parse(text) ?? throw new MasterKeyException("Accounts:MasterKey must be 64 hex digits.")
            : MasterKeyFile.Read(source.File ?? source.OwnFile!);
        if (connection is not null) return await Backups.TakeAsync(connection, key, folder, now, token);
        if (EmbeddedServer.RunningIn(DataFolder.Of(configuration)) is { } running
            && string.IsNullOrEmpty(configuration.GetConnectionString("OrderService")))
        {
            return await Backups.TakeAsync(running, key, folder, now, token);
        }
        using var loggers = ConsoleLog.Bootstrap(configuration);
        await using var database = await ServiceDatabase.OpenAsync(configuration, loggers, token);
        return await Backups.TakeAsync(database.ConnectionString, key, folder, now, token);
    }
}
