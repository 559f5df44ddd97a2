using System.Net;
using System.Net.Sockets;

namespace OrderService.Engine.Outbound;

/// <summary>An address that a stranger named leads to where nothing of ours may be sent.</summary>
internal sealed class AddressRefusedException(string message) : Exception(message);

/// <summary>
/// Connects to addresses that strangers named, and to public ones only. A name is resolved once, here, and what it was resolved to is what
/// is connected to, so that it cannot mean another address by then. A name of which any address is not public is refused altogether.
/// </summary>
internal sealed class PublicConnect(Func<string, CancellationToken, Task<IPAddress[]>> resolve, bool allowsPrivate)
{
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
            "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", // tunnels of other addresses, and documentation
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    /// <summary>True for an address that anyone on the internet may reach.</summary>
    public static bool IsPublic(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && !Global.Contains(address)) return false;
        return !Array.Exists(NotPublic, network => network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(address));
    }

    /// <summary>
    /// The handler of a client that connects so: it follows no redirect, uses no proxy and keeps no cookie, and takes answers as they come.
    /// </summary>
    public SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        MaxResponseHeadersLength = 16,
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20),
        ConnectCallback = (context, token) => ConnectAsync(context.DnsEndPoint, token),
    };

    /// <summary>A connection; throws <see cref="AddressRefusedException"/> where the name may not be connected to.</summary>
    public async ValueTask<Stream> ConnectAsync(DnsEndPoint to, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(to);
        var addresses = IPAddress.TryParse(to.Host, out var literal) ? [literal] : await resolve(to.Host, token);
        if (addresses.Length == 0) throw new AddressRefusedException($"{to.Host} has no address");
        if (!allowsPrivate && Array.Find(addresses, address => !IsPublic(address)) is { } inner)
            throw new AddressRefusedException($"{to.Host} is {inner}, which is no public address");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, to.Port, token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
