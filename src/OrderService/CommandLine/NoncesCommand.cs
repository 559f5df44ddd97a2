using System.CommandLine;
using System.Globalization;
using Npgsql;
using OrderService.Engine.Execution;
using OrderService.Engine.Persistence;
using OrderService.Hosting;
using OrderService.Stacks.Addresses;

namespace OrderService.CommandLine;

/// <summary>
/// <c>nonces</c>: shows the accounts that pay, and those that call, as the ledger has them; sets the nonce that one that pays signs next,
/// or forgets what was sent back from one that calls.
/// </summary>
internal static class NoncesCommand
{
    public const string Verb = "nonces";

    public static Command Create(CommandLineWorld world)
    {
        var connection = new Option<string?>("--connection")
        {
            Description = "An Npgsql connection string, instead of the database in the settings.",
        };
        var repair = new Option<string?>("--repair")
        {
            Description = "The account that pays whose nonce is set, and whose doubt ends; or a managed account whose transfers back no block holds, which are forgotten. Look at a node of your own first.",
        };
        var next = new Option<long?>("--next")
        {
            Description = "The nonce that it signs next; without it the one above all that it has signed here.",
        };
        var command = new Command(Verb,
            "Shows the nonces of the accounts that pay and of those that have calls under way, and repairs one.")
            {
                connection, repair, next,
            };
        command.SetAction(async (parsed, token) =>
        {
            var address = parsed.GetValue(repair);
            if (address is null && parsed.GetValue(next) is not null)
                throw new CommandLineFault("Give --repair with the account that --next is for.", CommandLineFault.Usage);
            if (address is not null && !StacksAddress.TryParse(address, null, out _))
                throw new CommandLineFault("--repair must be the address of an account.", CommandLineFault.Usage);
            try
            {
                return await RunAsync(world, parsed.GetValue(connection), address, parsed.GetValue(next), token);
            }
            catch (Exception known) when (known is MigrationException or OrderService.EmbeddedPostgres.EmbeddedPostgresException
                or NpgsqlException)
            {
                throw new CommandLineFault(known.Message, CommandLineFault.Refused);
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(CommandLineWorld world, string? connection, string? repair, long? next, CancellationToken token)
    {
        var configuration = ServiceHost.CreateBuilder([]).Configuration;
        using var loggers = ConsoleLog.Bootstrap(configuration);
        await using var database = connection is null ? await ServiceDatabase.OpenAsync(configuration, loggers, token) : null;
        await using var source = NpgsqlDataSource.Create(connection ?? database!.ConnectionString);
        await Migrator.ApplyAsync(source, token);
        var isForgotten = repair is not null && next is null && await NonceRepair.ForgetSentBackAsync(source, repair, token);
        if (repair is not null && !isForgotten && await NonceRepair.SetAsync(source, repair, next, token) is { } refusal)
            throw new CommandLineFault(refusal, CommandLineFault.Refused);
        foreach (var row in await NonceRepair.ReadAsync(source, token))
        {
            var doubt = row.Doubted is { } said ? string.Create(CultureInfo.InvariantCulture, $"  DOUBTED: a node says {said}") : "";
            await world.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{row.Address}  next {row.Next}  signed to {row.Signed?.ToString(CultureInfo.InvariantCulture) ?? "none"}  in flight {row.InFlight}  free {row.Free}{doubt}"));
        }
        foreach (var row in await NonceRepair.ReadCallsAsync(source, token))
        {
            var waits = row.WaitsForNext ? "  WAITS for the next" : "";
            await world.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{row.Address}  calls  next {row.Next}  on chain {row.Seen}  in flight {row.InFlight}  sent back {row.SentBack}{waits}"));
        }
        return 0;
    }
}
