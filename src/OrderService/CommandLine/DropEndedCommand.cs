using System.CommandLine;
using Npgsql;
using OrderService.Engine.Execution;
using OrderService.Engine.Persistence;

namespace OrderService.CommandLine;

/// <summary>
/// <c>drop-ended</c>: removes the orders that ended in a month. Their uuids stay, each with its end, and are never stored again.
/// </summary>
internal static class DropEndedCommand
{
    public const string Verb = "drop-ended";

    public static Command Create(CommandLineWorld world)
    {
        var (month, connection) = (EndedTool.Month(), EndedTool.Connection());
        var withoutExport = new Option<bool>("--without-export") { Description = "Drop what was not exported." };
        var early = new Option<bool>("--early") { Description = "Drop what is younger than Ended:KeepMonths." };
        var command = new Command(Verb,
            "Removes the orders that ended in a month, after export-ended. What is asked about one of them is answered with its end.")
            {
                month, withoutExport, early, connection,
            };
        command.SetAction((parsed, token) => BackupTool.TellAsync(() => EndedTool.RunAsync(
            parsed.GetValue(connection),
            (source, settings) => RunAsync(world, source, settings, EndedTool.MonthOf(parsed.GetValue(month)!),
                parsed.GetValue(withoutExport), parsed.GetValue(early), token), token)));
        return command;
    }

    private static async Task RunAsync(
        CommandLineWorld world, NpgsqlDataSource source, IConfiguration settings, DateOnly month, bool withoutExport, bool isEarly,
        CancellationToken token)
    {
        var now = world.Time.GetUtcNow();
        var keep = (settings.GetSection(EndedOptions.Section).Get<EndedOptions>() ?? new EndedOptions()).KeepMonths;
        if (!isEarly && month.AddMonths(keep + 1) > DateOnly.FromDateTime(now.UtcDateTime))
        {
            throw new CommandLineFault(
                $"That month ended less than {keep} months ago (Ended:KeepMonths): say --early to drop it all the same.",
                CommandLineFault.Refused);
        }
        if (await EndedArchive.DropAsync(source, month, withoutExport, now, token) is { } refusal)
            throw new CommandLineFault(refusal, CommandLineFault.Refused);
        await world.Error.WriteLineAsync("Dropped. The uuids of its orders stay, each with its end.");
    }
}
