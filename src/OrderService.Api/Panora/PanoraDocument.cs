using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using OrderService.Api.Panora.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Engine.Accounts;

namespace OrderService.Api.Panora;

/// <summary>Says in this wire's document what the routes cannot say themselves, since they read raw bodies.</summary>
internal sealed class PanoraDocument(PanoraExamples examples, TimeProvider time) : DialectDocumentFilter(PanoraDialect.Dca.Document.Name)
{
    /// <summary>What the document says of itself.</summary>
    public const string Description =
        "An amount in parts at an interval inside rate bounds (/dca/v1), and one swap at a rate or better (/limit/v1). Amounts are decimal text in whole tokens. "
        + "Every call carries an API key, which stands for its wallet; orders are paid by the wallet's managed account. To try the examples on the simulated venue: in the native document create "
        + "an API key of the demo wallet and open a managed account, fund the account's address with POST /simulator/faucet, and send the key as x-api-key.";

    private static readonly ParameterText Key = new("x-api-key", ParameterLocation.Header,
        "An API key of the wallet. In Swagger UI, on a venue of play money, the one that is shown becomes one of the demo wallet.",
        "ck_live_demo", IsRequired: true);

    private static readonly OrderError[] Common =
    [
        new OrderError.Unauthenticated("missing_api_key", "Send an API key in the header x-api-key"),
        new OrderError.Unauthenticated("invalid_api_key", "Invalid API key"),
        new OrderError.Unauthenticated("api_key_inactive", "API key inactive: it has expired"),
        new OrderError.TooMany("rate_limit_exceeded", "Rate limit exceeded", TimeSpan.FromSeconds(30)),
        new OrderError.Unavailable("unavailable", "The service is not available right now; try again", TimeSpan.FromSeconds(2)),
    ];

    private static readonly OrderError.Forbidden NotPermitted = new("permission_denied", "API key does not have the create permission");
    private static readonly OrderError.Forbidden Foreign =
        new("wrong_wallet", "toWalletAddress must be the wallet of this API key, or a managed account of it");
    private static readonly OrderError.Malformed Malformed = new("Invalid request: the body must be a JSON object");

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, OpenApiSecurityScheme> Schemes { get; } = new Dictionary<string, OpenApiSecurityScheme>
    {
        [ApiKey] = Header("x-api-key", "An API key of the wallet with the permissions create and trade."),
    };

    /// <inheritdoc/>
    protected override IReadOnlyList<string[]> WaysIn(Access access) => [[ApiKey]];

    /// <inheritdoc/>
    protected override RefusalTexts RefusalsOf(string path) =>
        new(PanoraErrors.FactsOf, facts => Written(json => PanoraErrors.Write(json, facts, time.GetUtcNow())), _ => typeof(RefusalRecord));

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, OperationText> Texts() => ((PanoraProduct[])[PanoraProduct.Dca, PanoraProduct.Limit])
        .SelectMany(product =>
            Texts(product).Select(text => (Key: text.Key.Replace(" ", $" {product.BasePath}/", StringComparison.Ordinal), text.Value)))
            .ToDictionary(t => t.Key, t => t.Value);

    private Dictionary<string, OperationText> Texts(PanoraProduct product) => new()
    {
        ["POST createOrder"] = Create(product),
        ["POST cancelOrder"] = Cancel(product),
        ["POST getOrders"] = List(product, $"find{product.Noun}Orders") with
        {
            Parameters = [Key], Takes = typeof(OrdersQueryRecord), IsBodyOptional = true, Bodies = [("by body", examples.List())],
            Refusals = [Malformed, .. ListRefusals()],
        },
        ["GET getOrders"] = List(product, $"list{product.Noun}Orders") with { Parameters = [Key, .. ListParameters(product)] },
    };

    private OperationText Create(PanoraProduct product) => new(
        $"create{product.Noun}Order",
        product == PanoraProduct.Dca ? "Create a DCA order" : "Create a limit order",
        "Sets the whole amount aside on the managed account that pays, and answers the order. " + (product == PanoraProduct.Dca
            ? "A part runs when its moment has come and its quote is inside the bounds; one out of bounds waits and consumes nothing."
            : "It is swapped as soon as a quote pays its rate; one that expires is refunded."))
    {
        Parameters = [Key,
            new(IdempotencyFilter.Header, ParameterLocation.Header,
                "Optional: the same request again under the same key gets the same answer, and no second order.")],
        Bodies = product == PanoraProduct.Dca
            ? [("12 parts, one a minute", examples.Dca()), ("6 parts, one a month, inside bounds", examples.DcaInBounds())]
            : [("at a rate or better", examples.Limit())],
        Takes = product == PanoraProduct.Dca ? typeof(NewDcaOrderRecord) : typeof(NewLimitOrderRecord),
        Gives = OrderOf(product),
        Headers = [IdempotencyFilter.OrderHeader, IdempotencyFilter.ReplayedHeader],
        Answer = examples.Order(product),
        Refusals = [.. FieldRefusals(product), Malformed, .. Common, NotPermitted, Foreign, .. KeyRefusals(), .. FundsRefusals(),
            .. IdempotencyRefusals()],
    };

    private OperationText Cancel(PanoraProduct product) =>
        new($"cancel{product.Noun}Order", "Cancel an order",
            "Definitive, and may be repeated. While a transaction is out, the other parts are cancelled at once (cancelRequested) and the order ends with that one; of an order of one part it decides alone: 409.")
            {
                Parameters = [Key],
                Takes = typeof(CancelRecord),
                Gives = OrderOf(product),
                Headers = [IdempotencyFilter.OrderHeader],
                Bodies = [("by id", examples.Cancel())],
                Answer = examples.Order(product, PanoraStatus.Cancelled),
                Refusals = [new OrderError.Field("panoraTxId", "must be 0x and 64 hex digits"), Malformed, .. Common, NotPermitted,
                    new OrderError.NotFound(), ExampleRefusals.Gone, new OrderError.NotOpen(PanoraStatus.Filled),
                    new OrderError.InFlight("3a7bd3e2")],
            };

    private OperationText List(PanoraProduct product, string id) =>
        new(id, "A wallet's orders",
            "Newest first. active is active; completed is filled, cancelled and refunded. pageNumber may be spelled page_number. GET and POST answer the same; what a body does not have is read from the query.")
            {
                Gives = product == PanoraProduct.Dca ? typeof(OrderPageRecord<DcaOrderRecord>) : typeof(OrderPageRecord<LimitOrderRecord>),
                Answer = examples.Page(product),
                Refusals = ListRefusals(),
            };

    private static Type OrderOf(PanoraProduct product) => product == PanoraProduct.Dca ? typeof(DcaOrderRecord) : typeof(LimitOrderRecord);

    private static OrderError[] ListRefusals() =>
        [new OrderError.Field("status", "is missing", "missing_field"), new OrderError.Field("limit", "must be a whole number of 1 to 100"),
            .. Common, Foreign];

    private ParameterText[] ListParameters(PanoraProduct product) =>
    [
        new("chainId", ParameterLocation.Query, "The venue's chain.", examples.ChainId.ToString(CultureInfo.InvariantCulture),
            IsRequired: product == PanoraProduct.Dca) { Bounds = (0, uint.MaxValue) },
        new("toWalletAddress", ParameterLocation.Query, "The wallet of the key, or an account of it.", examples.Wallet, IsRequired: true)
        {
            Is = Shape.Address,
        },
        new("status", ParameterLocation.Query, "completed is filled, cancelled and refunded.", "active",
            IsRequired: true) { Words = [PanoraStatus.Active, PanoraStatus.Completed] },
            new("limit", ParameterLocation.Query, "Orders on a page.", "10", IsRequired: true) { Bounds = (1, OrdersQuery.LimitMax) },
        new("pageNumber", ParameterLocation.Query, "From 1.", "1", IsRequired: true) { Bounds = (1, int.MaxValue) },
        new("panoraTxId", ParameterLocation.Query, "Only this order.") { Is = Shape.TxId },
        new("txDetails", ParameterLocation.Query, "true for what happened to each order.", "true") { IsTruth = true, Default = false },
    ];

    private static OrderError[] FieldRefusals(PanoraProduct product) =>
    [
        new OrderError.Field("toTokenAddress", "is missing", "missing_field"),
        new OrderError.Field("slippagePercentage",
            "must be \"auto\" or a percentage above 0 and below 100 with at most two decimals, such as 0.5"),
        new OrderError.Field("chainId", "must be 2147483648: this service is on testnet", "wrong_network"),
        new OrderError.Field("toWalletAddress", "is a 0x… address of another chain", "not_a_stacks_address"),
        new OrderError.Field("toWalletAddress", "must be a Stacks address", "invalid_principal"),
        new OrderError.UnknownToken("toTokenAddress", "ST000000000000000000002AMW42H.no-token"),
        new OrderError.Field("fromTokenAddress", "cannot be sold here: only a subnet token's ledger accepts signed transfers",
            "unsupported_token"), new OrderError.Field("toTokenAddress", "must differ from fromTokenAddress", "same_token"),
        new OrderError.Field("toTokenAddress", "is a ledger that no rule of the chain can watch: set acceptUnprotectedOutput to true",
            "unprotected_output"),
        new OrderError.Field(product.FieldNames["amountIn"], "has more decimals than the token, which has 6", "too_many_decimals"),
        new OrderError.Field(product.FieldNames["amountIn"], "is more than any token has", "amount_out_of_range"),
        .. product == PanoraProduct.Dca ? DcaRefusals() : [],
    ];

    private static OrderError[] DcaRefusals() =>
    [
        new OrderError.Field("fromTokenAmount.value", "is too small for so many parts: a part would be nothing", "part_too_small"),
        new OrderError.Field("fromTokenAmount.value", "is more than any token has", "amount_too_large"),
        new OrderError.Field("numberOfOrders", "must be at most 1000", "too_many_parts"),
        new OrderError.Field("interval.value", "makes the last part later than 100 years from now", "schedule_too_long"),
        new OrderError.Field("minRateToTokenPerFromToken", "must not be above maxRateToTokenPerFromToken", "empty_rate_bounds"),
    ];

    // What a key's own limits refuse of a sale.
    private static OrderError[] KeyRefusals() =>
    [
        new OrderError.Forbidden("token_not_allowed", "API key not authorized for the token .stx"),
        new OrderError.Forbidden("ip_not_allowed", "API key not authorized from this address"),
        new OrderError.Forbidden("slippage_limit", "API key limit: at most 1000 basis points of slippage, and this order has 2000"),
        new OrderError.Forbidden("daily_limit", "API key limit reached: it may sell for 100 dollars a day, and this is worth 120"),
    ];

    private static OrderError[] FundsRefusals() =>
    [
        new OrderError.InsufficientBalance(new TokenAmount(11_500_000), new TokenAmount(12_000_000)),
        new OrderError.Unprocessable(ChooseAccount.None, "This wallet has no managed account to pay from"),
        new OrderError.Unprocessable(ChooseAccount.Several,
            "This wallet has several managed accounts: name the address of the one that pays"),
        new OrderError.TooMany("open_orders_limit", "This wallet has 20000 open orders or more", TimeSpan.FromMinutes(1)),
    ];

    private static OrderError[] IdempotencyRefusals() =>
    [
        new OrderError.Field(IdempotencyFilter.Header, "must be one text of 1 to 200 visible ASCII characters", "invalid_idempotency_key"),
        new OrderError.Conflict("idempotency_in_flight", "The first request with this Idempotency-Key is still running"),
        new OrderError.Unprocessable("idempotency_key_reused", "Idempotency-Key was used for another request"),
    ];
}
