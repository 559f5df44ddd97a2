namespace OrderService.Api.Wire;

internal static class ProofServices
{
    /// <summary>Who asks over HTTP: reads keys and proofs from requests and has them judged.</summary>
    public static IServiceCollection AddProofs(this IServiceCollection services) => services.AddSingleton<AdminKeys>().AddSingleton<Authenticator>();
}
