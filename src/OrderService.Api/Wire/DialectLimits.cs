namespace OrderService.Api.Wire;

/// <summary>Limits that the server itself keeps, before any route is asked.</summary>
internal static class DialectLimits
{
    /// <summary>The largest body of any request, in bytes.</summary>
    public const int BodyMax = 64 * 1024;
}
