using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrderService.Client;

/// <summary>The service said no, or its answer could not be read. The message is its own sentence.</summary>
public sealed class ServiceRefusedException(int status, string code, string sentence, string? wrong = null, TimeSpan? retryAfter = null)
    : Exception(sentence)
{
    /// <summary>The status of the answer.</summary>
    public int Status => status;

    /// <summary>Why, in a word that stays.</summary>
    public string Code => code;

    /// <summary>The field that is wrong, where it is one.</summary>
    public string? Field => wrong;

    /// <summary>When the same call may succeed, where the service says so.</summary>
    public TimeSpan? RetryAfter => retryAfter;

    /// <summary>True where the same call may succeed later.</summary>
    public bool IsPassing => status is 429 or 503;

    internal static async Task<ServiceRefusedException> OfAsync(HttpResponseMessage answer, CancellationToken token)
    {
        var (status, text) = ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(token));
        var wait = answer.Headers.RetryAfter?.Delta;
        try
        {
            if (JsonNode.Parse(text) is JsonObject said && said["error"] is JsonValue sentence
                && sentence.GetValueKind() == JsonValueKind.String)
            {
                return new ServiceRefusedException(status, (string?)said["code"] ?? "unknown", (string)sentence!,
                    (string?)said["details"]?["field"], wait);
            }
        }
        catch (Exception unread) when (unread is JsonException or InvalidOperationException)
        {
            // Something else than this service answered.
        }
        return new ServiceRefusedException(status, "unknown", $"The service answered {status} without a reason.", retryAfter: wait);
    }
}
