using Microsoft.Extensions.Options;

namespace OrderService.Engine.Auth;

/// <summary>Where a service must have a name of its own: where real funds move, or where others than this machine reach it.</summary>
internal sealed class ServiceRules(IConfiguration configuration) : IValidateOptions<ServiceOptions>
{
    private const string Ask =
        "set Service__Domain to the host (and port) by which clients reach this service, which is what their wallets sign for";

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ServiceOptions options)
    {
        if (!string.IsNullOrEmpty(options.Domain)) return ValidateOptionsResult.Success;
        if (configuration["Venue"] == "stacks") return ValidateOptionsResult.Fail($"A service on a Stacks venue needs a name: {Ask}.");
        return ListenAddresses.Of(configuration).FirstOrDefault(address => !ListenAddresses.IsLoopback(address)) is { } open
            ? ValidateOptionsResult.Fail($"A service that listens on {open} can be reached by others, and needs a name: {Ask}.")
            : ValidateOptionsResult.Success;
    }
}
