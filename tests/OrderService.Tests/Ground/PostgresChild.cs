using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using OrderService.EmbeddedPostgres;

namespace OrderService.Tests.Ground;

/// <summary>A second process that owns an embedded Postgres, so that a test can kill it.</summary>
internal sealed class PostgresChild : IDisposable
{
    private const string variable = "ORDERSERVICE_TEST_POSTGRES_CHILD";

    private readonly Process process;

    private PostgresChild(Process process) => this.process = process;

    /// <summary>
    /// The child and its first line: <c>ready</c>, the server's process number and the connection string, or <c>refused</c> and why.
    /// </summary>
    public static async Task<(PostgresChild Child, string[] Answer)> StartAsync(string folder)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(PostgresChild).Assembly.Location])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { [variable] = folder },
        };
        var child = new PostgresChild(Process.Start(start)!);
        var answer = await child.process.StandardOutput.ReadLineAsync().WaitAsync(Until.Limit);
        return (child, (answer ?? "nothing").Split('|'));
    }

    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }

#pragma warning disable CA2255 // The assembly has no Main of its own; without the variable this does nothing.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void RunAsChild()
    {
        if (Environment.GetEnvironmentVariable(variable) is not { } folder) return;
        Environment.SetEnvironmentVariable(variable, null);
        // Static constructors of this assembly wait for the module, so the work is done here, on threads that need none of them.
        try
        {
            var options = new EmbeddedPostgresOptions { DataDirectory = folder };
            var postgres = EmbeddedServer.StartAsync(options, NullLogger.Instance, CancellationToken.None).GetAwaiter().GetResult();
            Console.WriteLine($"ready|{postgres.ProcessId}|{postgres.ConnectionString}");
            while (Console.Read() >= 0) { }
            postgres.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
        catch (EmbeddedPostgresException refused)
        {
            Console.WriteLine($"refused|{refused.Message}");
        }
        Environment.Exit(0);
    }
}
