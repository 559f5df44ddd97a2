using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace OrderService.Engine.Auth;

/// <summary>
/// The JSON object that a wallet signed. Which members are wanted depends on the action; members that are not listed are ignored. What else
/// a call asks for is read from the same text by that call.
/// </summary>
internal sealed record WalletMessage
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNameCaseInsensitive = false,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict,
        // Two members of one name would let two readers of the same signed text see different things.
        AllowDuplicateProperties = false,
        MaxDepth = 16,
        Converters = { new WholeNumber<uint>(), new WholeNumber<long>() },
    };

    /// <summary>The name of the service that the message is for.</summary>
    public string? Service { get; init; }

    public uint? ChainId { get; init; }

    /// <summary>The address that signs.</summary>
    public string? Address { get; init; }

    public string? Action { get; init; }

    public string? Uuid { get; init; }

    public string? OrderUuid { get; init; }

    /// <summary>Of the order that takes another's place.</summary>
    public string? NewUuid { get; init; }

    public string? Owner { get; init; }

    /// <summary>Milliseconds since 1970.</summary>
    public long? Timestamp { get; init; }

    public string? KeyId { get; init; }

    public string? AccountId { get; init; }

    public string? WebhookId { get; init; }

    /// <summary>
    /// Reads the signed text; anything but a JSON object with members of the right types answers false and what is wrong.
    /// </summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out WalletMessage? message, [NotNullWhen(false)] out string? problem)
    {
        (message, problem) = (null, null);
        try
        {
            message = JsonSerializer.Deserialize<WalletMessage>(text, Options);
            problem = message is null ? "must be a JSON object" : null;
        }
        catch (JsonException e)
        {
            problem = e.Path is { Length: > 2 } path
                ? $"has a member of the wrong type or given twice: {path[2..]}" : "must be a JSON object";
        }
        catch (ArgumentException) // half of a surrogate pair, which UTF-8 cannot carry
        {
            problem = "is not valid Unicode";
        }
        return message is not null;
    }

    /// <summary>The timestamp as a moment; false where there is none or it is beyond the calendar.</summary>
    public bool TryGetMoment(out DateTimeOffset moment)
    {
        var isMoment = Timestamp is >= 0 and <= 253_402_300_799_999;
        moment = isMoment ? DateTimeOffset.FromUnixTimeMilliseconds(Timestamp!.Value) : default;
        return isMoment;
    }
}
