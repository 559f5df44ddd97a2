using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration.CommandLine;
using Npgsql;
using OrderService.Engine.Auth;
using OrderService.Engine.Persistence;
using Serilog.Events;

namespace OrderService.Hosting;

/// <summary>
/// What is looked at before anything is started, so that a slip costs one sentence: where secrets come from, the addresses to listen on,
/// the levels of the log, the connection string.
/// </summary>
internal static class SettingsCheck
{
    private static readonly string[] Secrets = ["Accounts:MasterKey", "Auth:AdminKeys", "Stacks:SolverKeys", "Stacks:NodeApiKey"];

    /// <summary>Throws <see cref="StartException"/> for the first fault.</summary>
    public static void Check(IConfigurationRoot configuration)
    {
        foreach (var secret in Secrets) CheckSource(configuration, secret);
        CheckLevels(configuration.GetSection("Serilog:MinimumLevel"));
        CheckConnectionString(configuration.GetConnectionString("OrderService"));
        foreach (var address in ListenAddresses.Of(configuration)) CheckAddress(address, "ASPNETCORE_URLS (or Urls)");
        foreach (var address in OperatorListener.Of(configuration)) CheckAddress(address, "Operator:Urls");
    }

    private static void CheckSource(IConfigurationRoot configuration, string secret)
    {
        if (SecretSource.OtherThanEnvironment(configuration, secret) is not { } source) return;
        var where = source is CommandLineConfigurationProvider
            ? "the command line, which every user of this machine can read" : source.ToString();
        throw new StartException($"{secret} may only come from the environment ({secret.Replace(":", "__", StringComparison.Ordinal)}), and here comes from {where}.");
    }

    private static void CheckLevels(IConfigurationSection levels)
    {
        foreach (var level in new[] { levels, levels.GetSection("Default") }.Concat(levels.GetSection("Override").GetChildren()))
        {
            if (level.Value is { Length: > 0 } value && !Enum.TryParse<LogEventLevel>(value, ignoreCase: true, out _))
            {
                throw new StartException(
                    $"{level.Path} is {value}, and must be one of {string.Join(", ", Enum.GetNames<LogEventLevel>())}.");
            }
        }
    }

    private static void CheckConnectionString(string? text)
    {
        if (string.IsNullOrEmpty(text)) return;
        try
        {
            if (new NpgsqlConnectionStringBuilder(text).Host is null or "")
                throw new StartException("ConnectionStrings:OrderService names no host.");
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or KeyNotFoundException or InvalidCastException)
        {
            // it may hold a password, so nothing of it is told
            throw new StartException("ConnectionStrings:OrderService is no connection string of Npgsql's: it must look like Host=db;Database=orderservice;Username=orderservice;Password=….", wrong);
        }
    }

    private static void CheckAddress(string address, string setting)
    {
        BindingAddress binding;
        try
        {
            binding = BindingAddress.Parse(address);
        }
        catch (FormatException)
        {
            throw new StartException($"{setting} holds {address}, and must hold addresses such as http://127.0.0.1:5080.");
        }
        if (binding.IsUnixPipe || binding.IsNamedPipe || binding.Port == 0) return;
        if (binding.Port is < 0 or > IPEndPoint.MaxPort)
        {
            throw new StartException(
                string.Create(CultureInfo.InvariantCulture, $"{setting} holds {address}: a port is between 0 and {IPEndPoint.MaxPort}."));
        }
        var ip = binding.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            ? IPAddress.Loopback : IPAddress.TryParse(binding.Host, out var given) ? given : IPAddress.Any;
        try
        {
            using var listener = new TcpListener(ip, binding.Port);
            listener.Start();
        }
        catch (SocketException taken)
        {
            throw new StartException($"The service cannot listen on {address} ({taken.Message}): end whoever uses that port, or set {(setting == "Operator:Urls" ? "Operator__Urls" : "PORT or ASPNETCORE_URLS")} to another.", taken);
        }
    }
}
