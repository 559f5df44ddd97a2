namespace OrderService.CommandLine;

/// <summary>
/// What a command touches besides its arguments. Only the result goes to <paramref name="Out"/>, so that it can be piped; remarks go to
/// <paramref name="Error"/>.
/// </summary>
internal sealed record CommandLineWorld(TextWriter Out, TextWriter Error, TimeProvider Time, Func<string, string?> Environment)
{
    public static CommandLineWorld Real { get; } =
        new(Console.Out, Console.Error, TimeProvider.System, System.Environment.GetEnvironmentVariable);
}
