using OrderService.Domain.Ports;
using OrderService.Engine.Auth;

namespace OrderService.Api.Wire;

internal static class ProofServices
{
    /// <summary>
    /// Who asks over HTTP: reads keys and proofs from requests and has them judged. A dialect with a domain of its own in its settings says
    /// so after.
    /// </summary>
    public static IServiceCollection AddProofs(this IServiceCollection services) => services
        .AddHttpContextAccessor()
        .AddSingleton<AddressBudgets>()
        .AddSingleton<AdminKeys>()
        .AddSingleton<WrongKeys>()
        .AddSingleton<Authenticator>()
        .AddSingleton(provider =>
            new ProofDomains(provider.GetRequiredService<ServiceIdentity>(), provider.GetRequiredService<ISwapRouter>(), own: null));
}
