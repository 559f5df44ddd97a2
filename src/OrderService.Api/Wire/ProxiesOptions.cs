using System.Net;

namespace OrderService.Api.Wire;

/// <summary>Section <c>Proxies</c>: who stands between the clients and this service.</summary>
internal sealed class ProxiesOptions
{
    public const string Section = "Proxies";

    /// <summary>
    /// Addresses, or networks such as 10.0.0.0/8, whose word on the client's address (X-Forwarded-For) counts. Nobody's by default: anyone
    /// can write that header.
    /// </summary>
    public string[] Trusted { get; set; } = [];

    /// <summary>Reads an address or a network.</summary>
    public static bool TryParse(string text, out IPNetwork network)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
            return true;
        }
        return IPNetwork.TryParse(text, out network);
    }
}
