using Microsoft.Extensions.Configuration.EnvironmentVariables;

namespace OrderService.Engine.Auth;

/// <summary>
/// Where a secret comes from. What stands in a settings file or on a command line is read by everyone who can list either.
/// </summary>
internal static class SecretSource
{
    /// <summary>
    /// The first source beside the environment that holds something under a key; null where there is none. The host's own copy of the other
    /// sources is not one.
    /// </summary>
    public static IConfigurationProvider? OtherThanEnvironment(IConfigurationRoot configuration, string key) =>
        configuration.Providers.FirstOrDefault(provider =>
            provider is not (EnvironmentVariablesConfigurationProvider or ChainedConfigurationProvider) && Holds(provider, key));

    private static bool Holds(IConfigurationProvider provider, string key) =>
        (provider.TryGet(key, out var value) && !string.IsNullOrEmpty(value)) || provider.GetChildKeys([], key).Any();
}
