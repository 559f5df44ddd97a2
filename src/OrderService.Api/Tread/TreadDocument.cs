using System.Text;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using OrderService.Api.Tread.Records;
using OrderService.Api.Wire;

namespace OrderService.Api.Tread;

/// <summary>Says in this wire's document what the routes cannot say themselves, since they read raw bodies.</summary>
internal sealed class TreadDocument() : DialectDocumentFilter(TreadDocument.Name)
{
    public const string Name = "tread";

    /// <summary>What the document says of itself.</summary>
    public const string Description =
        "Orders along a curve, conditions, limits that move, pause, resume, amend. Every call carries an API key of the wallet: Authorization: Token ck_live_…, with the permissions create and trade to place "
        + "and change orders, cancel to cancel them. Orders are paid by a managed account of the wallet, named in accounts. To try the examples on the simulated venue: in the native document create an API key of the "
        + "demo wallet, open a managed account called main, and fund its address with POST /simulator/faucet. The code of a refusal is in the header X-Error-Code.";

    private static readonly ParameterText Once = new(IdempotencyFilter.Header, ParameterLocation.Header,
        "Optional: the same request again under the same key gets the same answer, and no second order.");
    private static readonly ParameterText Id =
        new("id", ParameterLocation.Path, "The order's id, hyphenated or 32 hex digits.", TreadExamples.OrderId, IsRequired: true);

    private static readonly TreadFault[] Token401 =
    [
        new(401, FaultShape.Detail, "not_authenticated", "Authentication credentials were not provided."),
        new(401, FaultShape.Detail, "invalid_token", "Invalid token."),
        new(401, FaultShape.Detail, "token_expired", "Token has expired."), TreadFaults.NoPermission,
        new(429, FaultShape.Detail, "rate_limit_exceeded", "Request was throttled."),
    ];

    private static readonly TreadFault[] Short401 = [new(401, FaultShape.Error, "not_authenticated", "Unauthorized"),
        TreadFaults.NoPermission, new(429, FaultShape.Detail, "rate_limit_exceeded", "Request was throttled.")];
    private static readonly TreadFault[] Repeats =
    [
        TreadFaults.Error(400, "invalid_idempotency_key", "Idempotency-Key must be one text of 1 to 200 visible ASCII characters"),
        TreadFaults.Error(409, "idempotency_in_flight", "The first request with this Idempotency-Key is still running"),
        TreadFaults.Error(422, "idempotency_key_reused", "Idempotency-Key was used for another request"),
    ];

    private static readonly TreadFault[] OfOrder =
        [TreadFaults.NoOrderId, TreadFaults.BadOrderId, TreadFaults.NoSuchOrder, TreadFaults.BareGone(ExampleRefusals.Gone),
            TreadFaults.ForeignOrder];

    /// <summary>What every route that takes an order says of one that is no longer kept.</summary>
    public static TreadFault Gone { get; } = TreadFaults.Gone(ExampleRefusals.Gone);

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, OpenApiSecurityScheme> Schemes { get; } = new Dictionary<string, OpenApiSecurityScheme>
    {
        [ApiKey] = Header("Authorization", "Token and an API key of the wallet, or an admin key: Token ck_live_…"),
    };

    /// <inheritdoc/>
    protected override IReadOnlyList<string> HeadersOfRefusals => [TreadFault.CodeHeader];

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, OperationText> Texts() => TreadOperations.All();

    /// <inheritdoc/>
    protected override IReadOnlyList<string[]> WaysIn(Access access) => [[ApiKey]];

    /// <inheritdoc/>
    protected override RefusalTexts RefusalsOf(string path) => new(
        why => throw new InvalidOperationException($"{path}: {why}"),
        facts => BodyOf(new TreadFault(facts.Status, FaultShape.Detail, facts.Code, facts.Sentence)), _ => typeof(DetailRecord));

    /// <summary>An operation whose token faults are told one by one, or alike.</summary>
    public static OperationText Of(
        string id, string summary, string description, Type gives, JsonNode answer, OutageTexts outage,
        IEnumerable<TreadFault>? faults = null, bool tellsWhy = true) => new(id, summary, description)
        {
            Gives = gives,
            Answer = answer,
            Faults = [.. (tellsWhy ? Token401 : Short401).Concat(faults ?? []).Append(outage.Fault(isOutage: false))
                .Append(outage.Fault(isOutage: true)).Select(f => (f.Status, f.Code, BodyOf(f), RecordOf(f.Shape)))],
        };

    /// <summary>An operation about the order of the path.</summary>
    public static OperationText OfId(
        string id, string summary, string description, Type gives, JsonNode answer, OutageTexts outage, params TreadFault[] faults) =>
            Of(id, summary, description, gives, answer, outage, OfOrder.Concat(faults)) with { Parameters = [Id] };

    /// <summary>An operation with a body, which may be none that can be read.</summary>
    public static OperationText Taking(Type takes, OperationText text, params (string Name, JsonNode Example)[] bodies) =>
        text with
        {
            Takes = takes, Bodies = bodies,
            Faults = [.. text.Faults,
                (TreadFaults.BadBody.Status, TreadFaults.BadBody.Code, BodyOf(TreadFaults.BadBody), RecordOf(TreadFaults.BadBody.Shape))],
        };

    /// <summary>An operation that creates.</summary>
    public static OperationText WithOnce(OperationText text) => text with
    {
        Parameters = [.. text.Parameters, Once],
        Headers = [IdempotencyFilter.ReplayedHeader],
        Faults = [.. text.Faults, .. Repeats.Select(f => (f.Status, f.Code, BodyOf(f), RecordOf(f.Shape)))],
    };

    private static Type RecordOf(FaultShape shape) => shape switch
    {
        FaultShape.Error => typeof(ErrorRecord),
        FaultShape.Errors => typeof(ErrorsRecord),
        FaultShape.Detail => typeof(DetailRecord),
        FaultShape.Message => typeof(MessageRecord),
        _ => typeof(string),
    };

    private static JsonNode BodyOf(TreadFault fault) => JsonNode.Parse(Encoding.UTF8.GetString(JsonAnswer.Bytes(fault.Write).Span))!;
}
