namespace OrderService.Engine.Pricing;

/// <summary>A source answered something that cannot be read, or not in time. The message holds nothing secret.</summary>
internal sealed class PriceSourceException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>
    /// What may be told of any fault: our own message, or only its kind, since another's may hold an address with a key in it.
    /// </summary>
    public static string Told(Exception fault) => fault switch
    {
        PriceSourceException known => known.Message,
        HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } http => $"cannot be reached ({http.HttpRequestError})",
        _ => fault.GetType().Name,
    };
}
