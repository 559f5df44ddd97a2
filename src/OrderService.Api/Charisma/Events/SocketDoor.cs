using System.Text;
using Microsoft.AspNetCore.Cors.Infrastructure;
using OrderService.Api.Wire;
using OrderService.Domain;

namespace OrderService.Api.Charisma.Events;

/// <summary>
/// What comes before the proof where a stream is asked for over a WebSocket. Browsers let a page of any site open one, and no page set a
/// header: so the page's origin is judged here as CORS would, and the headers of a proof may come as subprotocols, which stand in no
/// address and in no log.
/// </summary>
internal sealed class SocketDoor : IEndpointFilter
{
    /// <summary>The subprotocol of the stream itself, which whoever sends others has to ask for beside them.</summary>
    public const string Protocol = "orderservice.events";

    // A header, as a subprotocol: its name, a point, and its value in base64url without padding.
    private static readonly string[] Headers = ["x-api-key", "x-message", "x-signature", "x-public-key", "x-wallet-address"];

    /// <summary>The refusal of a page of another site.</summary>
    public static OrderError CrossOrigin { get; } = new OrderError.Forbidden("cross_origin",
        "A page of this origin may not open a WebSocket here: the operator names those that may in Cors:Origins");

    /// <summary>The subprotocol to answer with: none where none was asked for.</summary>
    public static string? ProtocolOf(HttpContext context) =>
        context.WebSockets.WebSocketRequestedProtocols.Contains(Protocol) ? Protocol : null;

    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!http.WebSockets.IsWebSocketRequest) return await next(context);
        foreach (var origin in http.Request.Headers.Origin) if (!await MayAsync(http, origin)) return CharismaErrors.From(CrossOrigin);
        foreach (var protocol in http.WebSockets.WebSocketRequestedProtocols)
        {
            if (Array.Find(Headers, header => protocol.StartsWith($"{header}.", StringComparison.Ordinal)) is not { } name) continue;
            if (!TryRead(protocol[(name.Length + 1)..], out var value))
                return CharismaErrors.Field("Sec-WebSocket-Protocol", $"has {name} not in base64url");
            if (http.Request.Headers[name].Count == 0) http.Request.Headers[name] = value;
        }
        return await next(context);
    }

    private static async Task<bool> MayAsync(HttpContext http, string? origin)
    {
        if (Uri.TryCreate(origin, UriKind.Absolute, out var page)
            && string.Equals(page.Authority, http.Request.Host.Value, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }
        var policy = await http.RequestServices.GetRequiredService<ICorsPolicyProvider>().GetPolicyAsync(http, policyName: null);
        return policy is not null && (policy.AllowAnyOrigin || policy.IsOriginAllowed(origin ?? ""));
    }

    private static bool TryRead(string text, out string value)
    {
        value = "";
        try
        {
            value = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(System.Buffers.Text.Base64Url.DecodeFromChars(text));
            return !value.Any(char.IsControl);
        }
        catch (Exception malformed) when (malformed is FormatException or DecoderFallbackException)
        {
            return false;
        }
    }
}
