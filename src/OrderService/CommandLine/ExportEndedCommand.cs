using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using OrderService.Engine.Persistence;

namespace OrderService.CommandLine;

/// <summary>
/// <c>export-ended</c>: writes the orders that ended in a month to a file, a JSON object a line, with all that is kept of them.
/// </summary>
internal static class ExportEndedCommand
{
    public const string Verb = "export-ended";

    public static Command Create(CommandLineWorld world)
    {
        var (month, connection) = (EndedTool.Month(), EndedTool.Connection());
        var file = new Option<string>("--to") { Description = "The file to make; one that is there is not written over.", Required = true };
        var command = new Command(Verb, "Writes the orders that ended in a month to a file, one a line. The service may run meanwhile.")
        {
            month, file, connection,
        };
        command.SetAction((parsed, token) => BackupTool.TellAsync(() => EndedTool.RunAsync(parsed.GetValue(connection),
            (source, _) => RunAsync(world, source, EndedTool.MonthOf(parsed.GetValue(month)!), parsed.GetValue(file)!, token), token)));
        return command;
    }

    // Under its name the file is whole.
    private static async Task RunAsync(
        CommandLineWorld world, NpgsqlDataSource source, DateOnly month, string file, CancellationToken token)
    {
        if (File.Exists(file)) throw new CommandLineFault($"{file} is there already: name a new file.");
        var part = file + ".part";
        long orders;
        string hash;
        await using (var to = new FileStream(part, Writing()))
        {
            await using (var text = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true))
                orders = await EndedArchive.ExportAsync(source, month, text, token);
            to.Flush(flushToDisk: true);
            to.Position = 0;
            hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(to, token));
        }
        File.Move(part, file);
        await EndedArchive.NoteAsync(source, month, orders, world.Time.GetUtcNow(), token);
        await world.Error.WriteLineAsync($"{orders} orders, SHA-256 {hash}.");
        await world.Out.WriteLineAsync(Path.GetFullPath(file));
    }

    private static FileStreamOptions Writing()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
