using System.Globalization;
using OrderService.Domain.Ports;

namespace OrderService.Engine.Auth;

/// <summary>
/// What a repeatable proof of a wallet names: this service and its network, so that one made for another of either is none here.
/// </summary>
internal sealed class ProofDomains(ServiceIdentity service, ISwapRouter router, string? own)
{
    /// <summary>The one that clients are told.</summary>
    public string Told => Of(own ?? service.Name);

    /// <summary>True for any of them.</summary>
    public bool Accept(string domain)
    {
        IEnumerable<string> names = own is null ? service.Names : [own];
        return names.Any(name => Of(name).Equals(domain, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>
    /// The plain text that a wallet signs to prove itself to a service: its domain, the unix time in seconds, and anything but nothing.
    /// </summary>
    public static string MessageOf(string domain, long timestamp, string payload) =>
        string.Create(CultureInfo.InvariantCulture, $"order-service-proof/{domain}/{timestamp}/{payload}");

    private string Of(string name) => $"{name}/{router.Terms.Network.Name}";
}
