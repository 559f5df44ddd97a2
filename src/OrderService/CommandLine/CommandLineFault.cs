namespace OrderService.CommandLine;

/// <summary>Why a command cannot be done, in one sentence for the person who gave it.</summary>
internal sealed class CommandLineFault(string sentence, int exitCode = CommandLineFault.Usage) : Exception(sentence)
{
    /// <summary>The service refused, or does not answer.</summary>
    public const int Refused = 1;

    /// <summary>The command was not given right.</summary>
    public const int Usage = 2;

    public int ExitCode => exitCode;
}
