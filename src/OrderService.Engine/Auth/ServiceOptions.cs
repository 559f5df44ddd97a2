using System.ComponentModel.DataAnnotations;

namespace OrderService.Engine.Auth;

/// <summary>Section <c>Service</c>: who this service is to the wallets that sign for it.</summary>
internal sealed class ServiceOptions
{
    public const string Section = "Service";

    /// <summary>
    /// The name that a signed message must carry, as clients reach the service: a host, with its port where that is not the scheme's own.
    /// </summary>
    [RegularExpression(@"^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?(:[0-9]{1,5})?$",
        ErrorMessage = "Service:Domain must be a host name, with :port where it needs one.")]
    public string? Domain { get; set; }

    /// <summary>Other host names by which clients reach it, without ports; a request for any other name is refused with 421.</summary>
    public string[] Hosts { get; set; } = [];
}
