using System.Text;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using OrderService.Api.Wire;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace OrderService.Api.Tread;

/// <summary>Says in this wire's document what the routes cannot say themselves, since they read raw bodies.</summary>
internal sealed class TreadDocument : IDocumentFilter
{
    public const string Name = "tread";

    /// <summary>What the document says of itself.</summary>
    public const string Description =
        "Orders along a curve, conditions, limits that move, pause, resume, amend. Every call carries an API key of the wallet: Authorization: Token ck_live_…, with the permissions create and trade to place "
        + "and change orders, cancel to cancel them. Orders are paid by a managed account of the wallet, named in accounts. To try the examples on the simulated venue: in the native document create an API key of the "
        + "demo wallet, open a managed account called main, and fund its address with POST /simulator/faucet. The code of a refusal is in the header X-Error-Code.";

    private static readonly ParameterText Token = new("Authorization", ParameterLocation.Header, "Token and an API key, or an admin key.", IsRequired: true);
    private static readonly ParameterText Once = new(IdempotencyFilter.Header, ParameterLocation.Header, "Optional: the same request again under the same key gets the same answer, and no second order.");
    private static readonly ParameterText Id = new("id", ParameterLocation.Path, "The order's id, hyphenated or 32 hex digits.", TreadExamples.OrderId, IsRequired: true);

    private static readonly TreadFault[] Token401 =
    [
        new(401, FaultShape.Detail, "not_authenticated", "Authentication credentials were not provided."), new(401, FaultShape.Detail, "invalid_token", "Invalid token."),
        new(401, FaultShape.Detail, "token_expired", "Token has expired."), new(429, FaultShape.Detail, "rate_limit_exceeded", "Request was throttled."),
    ];

    private static readonly TreadFault[] Short401 = [new(401, FaultShape.Error, "not_authenticated", "Unauthorized"), new(429, FaultShape.Detail, "rate_limit_exceeded", "Request was throttled.")];
    private static readonly TreadFault[] OfOrder = [TreadFaults.NoOrderId, TreadFaults.BadOrderId, TreadFaults.NoSuchOrder, TreadFaults.ForeignOrder];

    /// <inheritdoc/>
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        if (context.DocumentName != Name) return;
        var texts = TreadOperations.All();
        foreach (var (path, item) in swaggerDoc.Paths)
        {
            foreach (var (method, operation) in item.Operations ?? [])
            {
                if (texts.TryGetValue($"{method} {path}", out var text)) text.ApplyTo(operation, _ => throw new InvalidOperationException(path), _ => throw new InvalidOperationException(path));
            }
        }
    }

    /// <summary>An operation whose token faults are told one by one, or alike.</summary>
    public static OperationText Of(string summary, string description, JsonNode answer, OutageTexts outage, IEnumerable<TreadFault>? faults = null, bool tellsWhy = true) => new(summary, description)
    {
        Parameters = [Token],
        Answer = answer,
        Statuses = [],
        Faults = [.. (tellsWhy ? Token401 : Short401).Concat(faults ?? []).Append(outage.Fault(isOutage: false)).Select(f => (f.Status, f.Code, BodyOf(f)))],
    };

    /// <summary>An operation about the order of the path.</summary>
    public static OperationText OfId(string summary, string description, JsonNode answer, OutageTexts outage, params TreadFault[] faults) =>
        Of(summary, description, answer, outage, OfOrder.Concat(faults)) with { Parameters = [Token, Id] };

    /// <summary>An operation that creates.</summary>
    public static OperationText WithOnce(OperationText text) => text with { Parameters = [.. text.Parameters, Once] };

    private static JsonNode BodyOf(TreadFault fault) => JsonNode.Parse(Encoding.UTF8.GetString(JsonAnswer.Bytes(fault.Write).Span))!;
}
