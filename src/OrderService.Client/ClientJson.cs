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
}
