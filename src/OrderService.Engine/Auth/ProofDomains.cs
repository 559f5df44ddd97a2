using OrderService.Domain.Ports;

namespace OrderService.Engine.Auth;

/// <summary>What a repeatable proof of a wallet names: this service and its network, so that one made for another of either is none here.</summary>
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

    private string Of(string name) => $"{name}/{router.Terms.Network.Name}";
}
