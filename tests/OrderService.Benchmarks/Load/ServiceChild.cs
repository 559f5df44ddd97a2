using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using OrderService.Hosting;

namespace OrderService.Benchmarks.Load;

/// <summary>
/// The service in a process of its own, as <c>./run</c> starts it, with the peers that it is compared with beside its own routes.
/// </summary>
internal sealed class ServiceChild : IAsyncDisposable
{
    public const string Verb = "host";
    private readonly Process _process;

    private ServiceChild(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public int ProcessId => _process.Id;

    public static async Task<ServiceChild> StartAsync(string connectionString, params (string Key, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(ServiceChild).Assembly.Location, Verb])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        start.Environment["ConnectionStrings__OrderService"] = connectionString;
        // one wallet stands for many
        foreach (var limit in (string[])["Creates", "Calls", "Reads"]) start.Environment[$"Limits__{limit}PerMinutePerOwner"] = "0";
        foreach (var (key, value) in settings) start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith("ready ", StringComparison.Ordinal)) continue;
            _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null); // its log must not fill the pipe
            return new ServiceChild(process, int.Parse(line[6..], CultureInfo.InvariantCulture));
        }
        throw new InvalidOperationException("the service did not start");
    }

    /// <summary>The child's own side: serves until its input ends.</summary>
    public static async Task<int> RunAsync()
    {
        var builder = ServiceHost.CreateBuilder(["--urls", "http://127.0.0.1:0"]);
        await using var app = ServiceHost.Build(builder, builder.Configuration["ConnectionStrings:OrderService"]!);
        Peers.Map(app);
        await ServiceHost.PrepareAsync(app, CancellationToken.None);
        await app.StartAsync();
        // the operator's own comes behind
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Console.WriteLine($"ready {new Uri(address).Port}");
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
        return 0;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }
        _process.Dispose();
    }
}
