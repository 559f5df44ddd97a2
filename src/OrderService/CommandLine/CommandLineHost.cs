using System.CommandLine;

namespace OrderService.CommandLine;

/// <summary>
/// The verbs of the service's own binary. Without one it serves. Exit codes: 0 done, 1 refused or no answer, 2 not given right, 130
/// stopped.
/// </summary>
internal static class CommandLineHost
{
    private const int Stopped = 130;
    private const int WordMax = 40;

    /// <summary>
    /// True where the first argument is a verb or asks for help; options and <c>key=value</c> are the server's configuration.
    /// </summary>
    public static bool IsVerb(string[] args)
    {
        if (args.Length == 0) return false;
        var isConfiguration = args[0].Length == 0 || args[0][0] is '-' or '/' || args[0].Contains('=', StringComparison.Ordinal);
        return args[0] is "--help" or "-h" or "-?" or "--version" || !isConfiguration;
    }

    public static Task<int> RunAsync(string[] args) => RunAsync(args, CommandLineWorld.Real);

    internal static async Task<int> RunAsync(string[] args, CommandLineWorld world)
    {
        var root =
            new RootCommand("OrderService: signed orders for swaps on Stacks. Without a verb it serves (--urls http://127.0.0.1:5080).")
            {
                SignCommand.Create(world), OrdersCommand.Create(world), PricesCommand.Create(world), AccountsCommand.Create(world),
                PreviewCommand.Create(world), WatchCommand.Create(world),
                SendsCommand.Pause(world), SendsCommand.Resume(world), RotateMasterKeyCommand.Create(world), BackupCommand.Create(world),
                RestoreCommand.Create(world), NewLogCommand.Create(world), NoncesCommand.Create(world), SendBackCommand.Create(world),
                ExportEndedCommand.Create(world), DropEndedCommand.Create(world),
            };
        // A text that begins with @ is a text here, not the name of a file with more arguments.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
            return await FailAsync(world, $"{Explain(parsed)} Add --help to see what there is.", CommandLineFault.Usage);
        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration { Output = world.Out, Error = world.Error, EnableDefaultExceptionHandler = false });
        }
        catch (CommandLineFault fault)
        {
            return await FailAsync(world, fault.Message, fault.ExitCode);
        }
        catch (OperationCanceledException)
        {
            return Stopped;
        }
    }

    // A long word that is not understood may be a key that lost its option, and this line may be kept in a log.
    private static string Explain(ParseResult parsed) => parsed.UnmatchedTokens switch
    {
        [{ Length: <= WordMax } word, ..] => $"'{word}' is not understood.",
        [_, ..] => "There is one argument too many.",
        [] => parsed.Errors[0].Message,
    };

    private static async Task<int> FailAsync(CommandLineWorld world, string sentence, int exitCode)
    {
        await world.Error.WriteLineAsync(sentence);
        return exitCode;
    }
}
