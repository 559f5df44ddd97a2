using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using OrderService.Engine.Accounts;
using OrderService.Engine.Persistence;
using OrderService.Engine.Sealing;
using OrderService.Hosting;

namespace OrderService.CommandLine;

/// <summary>
/// <c>rotate-master-key</c>: encrypts every account key and every order's signatures under a new master key, in one transaction. Run again
/// after a crash it finishes what is left: a key that is in use already is only put in its place.
/// </summary>
internal static class RotateMasterKeyCommand
{
    public const string Verb = "rotate-master-key";

    public static Command Create(CommandLineWorld world)
    {
        var newFile = new Option<string?>("--new-key-file")
        {
            Description = "The file of the new master key; made with a fresh one where it is not there. Needed where the current one is in Accounts__MasterKey.",
        };
        var keyFile = new Option<string?>("--key-file")
        {
            Description = "The file of the current master key, instead of the one in the settings.",
        };
        var connection = new Option<string?>("--connection")
        {
            Description = "An Npgsql connection string, instead of the database in the settings.",
        };
        var command = new Command(Verb,
            "Encrypts the accounts' keys and the orders' signatures under a new master key. Stop the service first, and start it with the new one.") { newFile, keyFile, connection };
        command.SetAction(async (parsed, token) =>
        {
            try
            {
                return await RunAsync(world, parsed.GetValue(newFile), parsed.GetValue(keyFile), parsed.GetValue(connection), token);
            }
            catch (Exception known) when (known is MasterKeyException or MigrationException
                or OrderService.EmbeddedPostgres.EmbeddedPostgresException or Npgsql.NpgsqlException)
            {
                throw new CommandLineFault(known.Message, CommandLineFault.Refused);
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(
        CommandLineWorld world, string? newFile, string? keyFile, string? connection, CancellationToken token)
    {
        var configuration = ServiceHost.CreateBuilder([]).Configuration;
        var source = keyFile is null ? MasterKeySource.Of(configuration) : new MasterKeySource(null, keyFile, null);
        var current = source.File ?? source.OwnFile;
        if (source.Text is not null || current is null) current = null;
        var target = newFile
            ?? (current is null
                ? throw new CommandLineFault("Give --new-key-file: the current master key is in no file that could be replaced.")
                : current + ".next");
        var from = source.Text is not null
            ? MasterKey.Parse(source.Text) ?? throw new MasterKeyException("Accounts:MasterKey must be 64 hex digits.")
            : MasterKeyFile.Read(current
                ?? throw new MasterKeyException("No master key was given: set Accounts__MasterKeyFile, or give --key-file."));
        var to = File.Exists(target) ? MasterKeyFile.Read(target) : MasterKeyFile.Create(target);

        using var loggers = ConsoleLog.Bootstrap(configuration);
        await using var database = connection is null ? await ServiceDatabase.OpenAsync(configuration, loggers, token) : null;
        var count = await RotateAsync(connection ?? database!.ConnectionString, from, to, world.Time, token);
        await world.Error.WriteLineAsync(count == 0
            ? "The new master key is in use already; nothing had to be encrypted anew."
            : $"{count} account keys and orders are encrypted under the new master key.");
        // a crash before this leaves both files, and running again finishes it
        if (newFile is null) MasterKeyFile.Replace(target, current!);
        await world.Out.WriteLineAsync(newFile is null ? current! : target);
        if (newFile is not null)
            await world.Error.WriteLineAsync($"Start the service with Accounts__MasterKeyFile={Path.GetFullPath(target)}, and keep the old key with the old backups only.");
        return 0;
    }

    private static async Task<long> RotateAsync(
        string connectionString, MasterKey from, MasterKey to, TimeProvider time, CancellationToken token)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(connectionString);
        await Migrator.ApplyAsync(source, token);
        var options = new DbContextOptionsBuilder<OrdersDb>().UseNpgsql(source).Options;
        return await new RotateMasterKey(new PooledDbContextFactory<OrdersDb>(options), time).HandleAsync(from, to, token);
    }
}
