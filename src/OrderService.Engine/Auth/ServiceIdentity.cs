using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using OrderService.Domain.Ports;

namespace OrderService.Engine.Auth;

/// <summary>
/// Who this service is to those who sign for it: <c>Service:Domain</c>, and without one the addresses that this process listens on. What a
/// request says of itself, its Host header above all, is no part of it: whoever relays a message made for another service would say what it
/// needs to.
/// </summary>
internal sealed class ServiceIdentity(IOptions<ServiceOptions> options, IOptions<AuthOptions> auth, IServer server, ISwapRouter router)
{
    private string[] _names = [];
    private HashSet<string> _hosts = [];

    /// <summary>What clients are told to sign.</summary>
    public string Name => Names is [var first, ..] ? first : "localhost";

    /// <summary>What a message may name; the first is told.</summary>
    public IReadOnlyList<string> Names => options.Value.Domain is { Length: > 0 } domain ? [domain] : Listening();

    /// <summary>
    /// True for a host, without its port, by which clients may reach this service: what it listens on, <c>Service:Domain</c>, and the other
    /// names of <c>Service:Hosts</c>.
    /// </summary>
    public bool Answers(string host) => _hosts.TryGetValue(host, out _) || Learn().Contains(host);

    /// <summary>
    /// True where a message that names no service is taken: it is worth as much at every other service, so by default only play money moves
    /// on it.
    /// </summary>
    public bool TakesLegacy => auth.Value.LegacyMessages ?? router.Terms.IsPlay;

    /// <summary>The rules that a message to this service must meet.</summary>
    public MessageScope Scope => new(Names, router.Terms.Network, TakesLegacy);

    private HashSet<string> Learn()
    {
        if (_hosts.Count > 0) return _hosts;
        var hosts = Listening().Concat(options.Value.Domain is { Length: > 0 } domain ? [domain] : []).Concat(options.Value.Hosts)
            .Select(WithoutPort).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return _names.Length > 0 ? _hosts = hosts : hosts; // before the server listens, not all are known
    }

    private static string WithoutPort(string name) => new HostString(name).Host;

    // Known from the moment that the server listens, and the same ever after.
    private string[] Listening()
    {
        if (_names.Length > 0) return _names;
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        return _names = [.. addresses.SelectMany(ListenAddresses.NamesOf).Distinct(StringComparer.OrdinalIgnoreCase)];
    }
}
