using OrderService.Api.Tread.Records;
using OrderService.Api.Wire;
using OrderService.Engine.Auth;

namespace OrderService.Api.Tread;

/// <summary>The core order API of Tread.fi under <c>/api</c>. Every path is served with and without its last slash.</summary>
internal static class TreadEndpoints
{
    public const string BasePath = "/api";

    private static readonly ApiKeyPermission[] Trading = [ApiKeyPermission.Create, ApiKeyPermission.Trade];

    /// <summary>Maps its routes.</summary>
    public static void MapTread(this IEndpointRouteBuilder routes)
    {
        var once = new IdempotencyFilter(context => TokenProof.CallerOf(context).Name, TreadErrors.From, StatusCodes.Status201Created);

        var (reader, cancels) = (new TokenProof(tellsWhy: true), new TokenProof(tellsWhy: true, WalletActions.CancelOrder));
        var creates = new TokenProof(tellsWhy: true, WalletActions.CreateOrder, ApiKeyPermission.Trade)
        {
            IsOwners = true, BeforePermission = PostOrder.BodyFaultAsync,
        };
        var (trades, amends) = (new TokenProof(tellsWhy: true, action: null, Trading),
            new TokenProof(tellsWhy: true, action: null, Trading) { IsOwners = true });
        var (brief, briefTrades) = (new TokenProof(tellsWhy: false), new TokenProof(tellsWhy: false, action: null, Trading));

        var lists = Group(routes, "Orders",
            context => context.Request.Query.ContainsKey("custom_order_ids") ? OutageTexts.Usual : OutageTexts.List);
        lists.MapGet("/orders", GetOrders.HandleAsync).Needs(reader);
        lists.MapGet("/active_orders", GetActiveOrders.HandleAsync).Needs(reader);

        var orders = Group(routes, "Orders", _ => OutageTexts.Usual);
        orders.MapPost("/orders", PostOrder.HandleAsync).Needs(creates).AddEndpointFilter(once)
            .Takes<NewOrderRecord>(TreadBodies.OrderStyle);
        orders.MapGet("/order_summary/{id?}", GetOrderSummary.HandleAsync).Needs(reader);
        orders.MapDelete("/order/{id?}", DeleteOrder.HandleAsync).Needs(cancels);
        orders.MapPost("/pause_order", PostPauseOrder.HandleAsync).Needs(trades).Takes<PauseRecord>(TreadBodies.Style);
        Group(routes, "Orders", _ => OutageTexts.Detail).MapGet("/order/{id?}", GetOrder.HandleAsync).Needs(reader);
        Group(routes, "Orders", _ => OutageTexts.Resume).MapPost("/resume_order", PostResumeOrder.HandleAsync).Needs(trades)
            .Takes<OrderIdRecord>(TreadBodies.Style);
        Group(routes, "Orders", _ => OutageTexts.List).MapPost("/amend_order", PostAmendOrder.HandleAsync).Needs(amends)
            .Takes<AmendRecord>(TreadBodies.Style);

        var plain = Group(routes, "Orders", _ => OutageTexts.Plain);
        plain.MapGet("/order_errors", GetOrderErrors.HandleAsync).Needs(reader);
        plain.MapPost("/order_messages", GetOrderErrors.PostAsync).Needs(reader).Takes<OrderIdsRecord>(TreadBodies.Style);
        plain.MapGet("/placements", GetPlacements.HandleAsync).Needs(reader);
        plain.MapPost("/cancel_all_orders", PostCancelAll.HandleAsync).Needs(cancels).Takes<CancelAllRecord>(TreadBodies.OptionalStyle);
        plain.MapGet("/orders_with_stats", GetOrdersWithStats.HandleAsync).Needs(brief);
        plain.MapPost("/pause_all_orders", PostPauseAll.HandleAsync).Needs(briefTrades);
        plain.MapPost("/resume_all_orders", PostResumeAll.HandleAsync).Needs(briefTrades);

        var reference = Group(routes, "Reference", _ => OutageTexts.Plain);
        reference.MapGet("/strategies", GetStrategies.Handle).Needs(reader);
        reference.MapGet("/get_token_pairs", GetTokenPairs.Handle).Needs(reader);
        reference.MapPost("/validate_order_condition", PostValidateCondition.Handle).Needs(reader)
            .Takes<ConditionRecord>(TreadBodies.Style);

        routes.Map(UserOrdersSocket.Path, (HttpContext context, UserOrdersSocket socket) => socket.HandleAsync(context)).AsksItself()
            .ExcludeFromDescription();
    }

    private static RouteGroupBuilder Group(IEndpointRouteBuilder routes, string tag, Func<HttpContext, OutageTexts> textsOf) =>
        routes.MapGroup(BasePath).WithTags(tag).AddEndpointFilter(new OutageFilter(textsOf));
}
