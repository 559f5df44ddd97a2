using System.CommandLine;
using OrderService.Engine.Persistence;
using OrderService.Engine.Sealing;
using OrderService.Hosting;

namespace OrderService.CommandLine;

/// <summary>
/// <c>restore</c>: checks a backup, fills an empty database with it, begins a new log of events there, and puts the master key in its
/// place.
/// </summary>
internal static class RestoreCommand
{
    public const string Verb = "restore";

    public static Command Create(CommandLineWorld world)
    {
        var folder = new Option<string>("--from") { Description = "The folder that backup made.", Required = true };
        var keyFile = new Option<string?>("--key-file")
        {
            Description = "Where the master key is written, instead of master.key in DATA_DIR. One that is there and is the same stays.",
        };
        var connection = new Option<string?>("--connection")
        {
            Description = "An Npgsql connection string of an empty database, instead of the database in the settings.",
        };
        var command = new Command(Verb, "Checks a backup and fills an empty database with it. Stop the service first.")
        {
            folder, keyFile, connection,
        };
        command.SetAction((parsed, token) => BackupTool.TellAsync(async () =>
        {
            var (from, target) = (parsed.GetValue(folder)!, parsed.GetValue(keyFile));
            var configuration = ServiceHost.CreateBuilder([]).Configuration;
            var path = target ?? Path.Combine(DataFolder.Of(configuration), MasterKeyFile.OwnName);
            var (manifest, key) = await Backups.CheckAsync(from, token);
            if (File.Exists(path) && MasterKeyFile.Read(path).Id != key.Id)
            {
                throw new CommandLineFault($"{path} holds another master key, which is not written over: move it away first.",
                    CommandLineFault.Refused);
            }
            var log = await FillAsync(from, manifest, key, parsed.GetValue(connection), configuration, token);
            if (!File.Exists(path)) Backups.WritePrivate(path, key.Reveal() + "\n");
            await world.Error.WriteLineAsync($"{manifest.Orders} orders and {manifest.Accounts} accounts of {manifest.MadeAt} are back, under the master key in {path}. Their events are the log {log} from here on.");
            await world.Out.WriteLineAsync(log);
        }));
        return command;
    }

    private static async Task<string> FillAsync(
        string folder, BackupManifest manifest, MasterKey key, string? connection, IConfiguration configuration, CancellationToken token)
    {
        if (connection is not null) return await Backups.FillAsync(folder, manifest, key, connection, token);
        using var loggers = ConsoleLog.Bootstrap(configuration);
        await using var database = await ServiceDatabase.OpenAsync(configuration, loggers, token);
        return await Backups.FillAsync(folder, manifest, key, database.ConnectionString, token);
    }
}
