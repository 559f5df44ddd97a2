using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

/// <summary>
/// Sends its own process a signal when a step of the engine starts or stops for the n-th time. The runtime calls <see cref="Initialize"/>
/// before Main, and asks for this name and place. A claim that took nothing is no step. Without its variables it does nothing.
/// </summary>
#pragma warning disable CA1050 // the runtime looks for this type outside of any namespace
internal static class StartupHook
#pragma warning restore CA1050
{
    private const string EngineSource = "OrderService.Engine";

    private static ActivityListener? s_listener;
    private static int s_count;

    /// <summary>
    /// Reads <c>KILL_AT</c> (<c>execute.commit:start:3</c>), <c>KILL_SIGNAL</c> (9 or 19) and <c>KILL_ARMED</c> (a file: what happened
    /// before it exists is not counted).
    /// </summary>
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable("KILL_ORPHANS") is not null) EndWithParent();
        if (Environment.GetEnvironmentVariable("KILL_AT")?.Split(':') is not [var step, var edge, var occurrence]) return;
        var (nth, signal) = (int.Parse(occurrence, CultureInfo.InvariantCulture),
            int.Parse(Environment.GetEnvironmentVariable("KILL_SIGNAL")!, CultureInfo.InvariantCulture));
        var armed = Environment.GetEnvironmentVariable("KILL_ARMED")!;
        void Count(Activity activity)
        {
            if (activity.OperationName == step && activity.GetTagItem("orderservice.claims") is not 0 && File.Exists(armed)
                && Interlocked.Increment(ref s_count) == nth)
            {
                _ = Kill(Environment.ProcessId, signal);
            }
        }
        s_listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == EngineSource,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = edge == "start" ? Count : null,
            ActivityStopped = edge == "stop" ? Count : null,
        };
        ActivitySource.AddActivityListener(s_listener);
    }

    // The test host holds the other end of the standard input: when it is gone, however it went, so is this process.
    private static void EndWithParent() => new Thread(() =>
    {
        using var input = Console.OpenStandardInput();
        while (input.ReadByte() >= 0) { }
        _ = Kill(Environment.ProcessId, 9);
    }) { IsBackground = true, Name = "parent watch" }.Start();

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
