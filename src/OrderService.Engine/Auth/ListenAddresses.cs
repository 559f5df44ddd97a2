using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;

namespace OrderService.Engine.Auth;

/// <summary>What an address that a server listens on is called by those who reach it there.</summary>
internal static class ListenAddresses
{
    private const string Default = "http://localhost:5000"; // what the web server takes where nothing is set

    /// <summary>
    /// The addresses that the settings tell the web server to listen on, as it reads them: its own section, else the urls, else the bare
    /// ports.
    /// </summary>
    public static IReadOnlyList<string> Of(IConfiguration configuration)
    {
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(e => e["Url"]).OfType<string>().ToList();
        if (endpoints.Count > 0) return endpoints;
        if (Split(configuration[WebHostDefaults.ServerUrlsKey]) is { Length: > 0 } urls) return urls;
        string[] ports = [.. Split(configuration[WebHostDefaults.HttpPortsKey]).Select(p => $"http://*:{p}"),
            .. Split(configuration[WebHostDefaults.HttpsPortsKey]).Select(p => $"https://*:{p}")];
        return ports.Length > 0 ? ports : [Default];
    }

    /// <summary>True where only this machine reaches it.</summary>
    public static bool IsLoopback(string address)
    {
        var host = BindingAddress.Parse(address) is { IsUnixPipe: false, IsNamedPipe: false } binding ? binding.Host : "";
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(ip));
    }

    /// <summary>
    /// The names of a listener, host and port: its own first. A listener on all has every address of this machine; a socket of the file
    /// system has none.
    /// </summary>
    public static IEnumerable<string> NamesOf(string address)
    {
        var binding = BindingAddress.Parse(address);
        if (binding.IsUnixPipe || binding.IsNamedPipe) return [];
        IEnumerable<string> hosts = IPAddress.TryParse(binding.Host, out var ip) && !ip.Equals(IPAddress.Any)
            && !ip.Equals(IPAddress.IPv6Any)
            ? IPAddress.IsLoopback(ip) ? [Text(ip), "localhost"] : [Text(ip)]
            : IsLoopback(address) ? ["localhost", Text(IPAddress.Loopback), Text(IPAddress.IPv6Loopback)] : [.. OfMachine(), "localhost"];
        var isUsual = binding.Port == (binding.Scheme.Equals("https", StringComparison.OrdinalIgnoreCase) ? 443 : 80);
        return hosts.Select(host => isUsual ? host : string.Create(CultureInfo.InvariantCulture, $"{host}:{binding.Port}"));
    }

    private static IEnumerable<string> OfMachine() =>
        NetworkInterface.GetAllNetworkInterfaces().Where(card => card.OperationalStatus == OperationalStatus.Up)
            .SelectMany(card => card.GetIPProperties().UnicastAddresses)
            .Select(unicast => Text(new IPAddress(unicast.Address.GetAddressBytes()))).Distinct();

    private static string Text(IPAddress ip) =>
        ip.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{ip}]" : ip.ToString();

    private static string[] Split(string? list) =>
        list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
