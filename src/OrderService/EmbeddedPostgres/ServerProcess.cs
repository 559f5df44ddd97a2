using System.Diagnostics;

namespace OrderService.EmbeddedPostgres;

/// <summary>The running server. It shuts itself down when the process that started it dies, however it dies.</summary>
internal sealed class ServerProcess
{
    private readonly TaskCompletionSource<int> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the server has gone, with what the commands in front of it had to say.</summary>
    public Task<string> Ended => ended.Task;

    public static async Task<ServerProcess> StartAsync(ClusterFolder folder, IReadOnlyList<string> postgres, CancellationToken token)
    {
        // In a session of its own, Ctrl-C reaches the service alone, which still needs its database to stop in order.
        IReadOnlyList<string> session = (await Tool.RunAsync(["setsid", "true"], token)).Succeeded ? ["setsid"] : [];
        IReadOnlyList<string> tied = (await Tool.RunAsync(["setpriv", "--pdeathsig", "INT", "true"], token)).Succeeded
            ? ["setpriv", "--pdeathsig", "INT"] : [];
        IReadOnlyList<string> command =
            [.. session, .. folder.Account.Prefix, .. tied, "sh", "-c", "log=$1; shift; exec \"$@\" >>\"$log\" 2>&1", "sh", folder.Log,
                .. postgres];

        var server = new ServerProcess();
        // Linux ties the death signal to the thread that forked, so that thread has to live as long as the server.
        new Thread(() => server.Run(command)) { IsBackground = true, Name = "embedded postgres" }.Start();
        await server.started.Task;
        return server;
    }

    /// <summary>The server's process number: every command in front of it replaces itself.</summary>
    public int Id => started.Task.Result;

    /// <summary>Fast shutdown; the next signal is sent only when a limit has passed.</summary>
    public async Task StopAsync(TimeSpan limit, ILogger logger)
    {
        if (await StopsAsync(Signals.Interrupt, limit)) return;
        logger.LogWarning("PostgreSQL did not stop within {Limit}; it is stopped at once and will recover at the next start.", limit);
        await StopsAsync(Signals.Quit, limit);
    }

    private async Task<bool> StopsAsync(int signal, TimeSpan limit)
    {
        if (!Ended.IsCompleted) Signals.Send(Id, signal);
        return await Task.WhenAny(Ended, Task.Delay(limit)) == Ended;
    }

    private void Run(IReadOnlyList<string> command)
    {
        try
        {
            using var process = Process.Start(Tool.StartInfo(command))!;
            started.SetResult(process.Id);
            process.StandardInput.Close();
            var said = process.StandardError.ReadToEnd();
            process.WaitForExit();
            ended.SetResult(said.Trim());
        }
        catch (Exception failure)
        {
            // On a thread of its own an exception would end the service; StartAsync or the waiting caller reports it.
            if (!started.TrySetException(failure)) ended.TrySetResult(failure.Message);
        }
    }
}
