using System.Runtime.InteropServices;

namespace OrderService.EmbeddedPostgres;

/// <summary>The signals of POSIX that a Postgres server understands.</summary>
internal static class Signals
{
    /// <summary>Fast shutdown: sessions end, a checkpoint is written.</summary>
    public const int Interrupt = 2;

    /// <summary>Immediate shutdown: the next start recovers from the log.</summary>
    public const int Quit = 3;

    public static bool Send(int process, int signal) => Kill(process, signal) == 0;

    /// <summary>False also for a process of another user, which cannot be a server of ours.</summary>
    public static bool IsAlive(int process) => Kill(process, 0) == 0;

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
