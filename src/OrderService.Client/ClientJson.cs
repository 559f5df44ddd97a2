using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrderService.Client;

/// <summary>How the service's JSON is read and written: camel case, what is absent left out.</summary>
internal static class ClientJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Encoder = WalletText.Json.Encoder,
    };

    /// <summary>A moment, as the service writes it.</summary>
    public static string? Moment(DateTimeOffset? at) =>
        at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
