using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using OrderService.Api.SwapCoffee;
using OrderService.Domain.Ports;
using OrderService.Engine.Auth;
using OrderService.Stacks.Addresses;

namespace OrderService.Tests.Ground;

/// <summary>A service that is called something, without a server.</summary>
internal static class ServiceNames
{
    /// <summary>One of a name, or one that listens on addresses.</summary>
    public static ServiceIdentity Identity(ISwapRouter router, string? domain, params string[] addresses) =>
        new(Options.Create(new ServiceOptions { Domain = domain }), Options.Create(new AuthOptions()), new Listener(addresses), router);

    /// <summary>What judges the proofs of the strategies API on the testnet.</summary>
    public static OwnerProof Proof(string domain, TimeProvider time)
    {
        var router = new TermsOnlyRouter(OrderService.Tests.Charisma.Samples.Venue with { Network = StacksNetwork.Testnet });
        return new OwnerProof(router, new ProofDomains(Identity(router, domain), router, null), Options.Create(new SwapCoffeeOptions()),
            time);
    }

    private sealed class Listener : IServer
    {
        public Listener(string[] addresses)
        {
            var feature = new ServerAddressesFeature();
            foreach (var address in addresses) feature.Addresses.Add(address);
            Features.Set<IServerAddressesFeature>(feature);
        }

        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
