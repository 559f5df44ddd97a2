using OrderService.Api.Wire;
using OrderService.Engine.Auth;

namespace OrderService.Api.Charisma.ApiKeys;

/// <summary>A wallet's API keys. All four routes are proven by the wallet itself: no key makes, shows or ends a key.</summary>
internal static class ApiKeyEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapApiKeys(this IEndpointRouteBuilder routes)
    {
        var keys = routes.MapGroup($"{CharismaEndpoints.BasePath}/api-keys").WithTags("API keys");
        keys.MapPost("", PostApiKey.HandleAsync).Needs(new WalletAskProof<KeyAskedRecord>(WalletActions.CreateApiKey));
        keys.MapGet("", GetApiKeys.HandleAsync).Needs(new WalletCallProof(WalletActions.ListApiKeys));
        keys.MapGet("/{keyId}", GetApiKey.HandleAsync).Needs(new WalletCallProof(WalletActions.GetApiKeyStats));
        keys.MapDelete("/{keyId}", DeleteApiKey.HandleAsync).Needs(new WalletCallProof(WalletActions.DeleteApiKey));
    }
}
